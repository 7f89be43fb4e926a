// A workbench beside the usual one, as the specs see it.

import { expect, type Locator } from "@playwright/test";

import { Drydock } from "./drydock.ts";

export class Bench extends Drydock {
  /** A line of the report about a part of the text. */
  line(part: string): Locator {
    const lines = this.page.getByRole("region", { name: "Report" }).getByRole("listitem");
    return lines.filter({ has: this.page.getByText(part, { exact: true }) });
  }

  /** Something that is chosen in the header. */
  choice(name: string): Locator {
    return this.page.getByRole("combobox", { name, exact: true }).and(this.page.locator(":visible"));
  }

  /** Follows a problem to the page of its rule. */
  async openRule(problem: Locator, rule: string): Promise<void> {
    await this.openProblem(problem);
    await problem.getByRole("link", { name: `About the rule ${rule}` }).click();
  }

  /** What is shown beside the result. */
  get panel(): Locator {
    return this.page.locator("#space-panel");
  }

  async choosePanel(name: "Report" | "Networks" | "Graph"): Promise<void> {
    await this.page.getByRole("tablist", { name: "Beside the result" }).getByRole("tab", { name }).click();
  }

  /** A line of the panel about something. */
  told(name: string): Locator {
    return this.panel.getByRole("listitem").filter({ has: this.page.locator(".told__what", { hasText: new RegExp(`^${name}$`) }) });
  }

  /** The frame of the picture of what leads to what. */
  get graph(): Locator {
    return this.panel.locator(".graph");
  }

  /** Something in that picture. */
  drawn(name = ""): Locator {
    return this.graph.locator(".graph__node", { hasText: name });
  }

  /** Types something beside the text. */
  async choose(field: string, value: string): Promise<void> {
    await this.openSurroundings();
    await this.field(field).fill(value);
    await this.page.keyboard.press("Escape");
    await expect(this.menu).toHaveCount(0);
  }

  async openSurroundings(): Promise<void> {
    await this.page.getByRole("button", { name: "Surroundings" }).click();
  }

  /** Something that is typed there. */
  override field(name: string): Locator {
    return this.menu.getByRole("textbox", { name });
  }
}

// A workbench beside the usual one, as the specs see it.

import type { Locator } from "@playwright/test";

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

  async openSurroundings(): Promise<void> {
    await this.page.getByRole("button", { name: "Surroundings" }).click();
  }

  /** Something that is typed there. */
  override field(name: string): Locator {
    return this.menu.getByRole("textbox", { name });
  }
}

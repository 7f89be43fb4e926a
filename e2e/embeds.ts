// An embedded editor as the specs see it: in somebody else's page, with what is asked of it there and in its frame.

import type { FrameLocator, Locator, Page } from "@playwright/test";

import { Docs } from "./docs.ts";
import { expect, test as base } from "./test.ts";

export class Embed {
  readonly element: Locator;
  /** The author's block. */
  readonly block: Locator;
  readonly iframe: Locator;
  readonly frame: FrameLocator;
  readonly verdict: Locator;
  readonly editor: Locator;
  readonly problems: Locator;
  readonly result: Locator;
  readonly map: Locator;

  /** `text` is what the text is called on the workbench that reads it. */
  constructor(readonly page: Page, index = 0, text = "Docker daemon configuration") {
    this.element = page.locator("drydock-editor").nth(index);
    this.block = this.element.locator("pre").first();
    this.iframe = this.element.locator("iframe");
    this.frame = this.iframe.contentFrame();
    this.verdict = this.frame.locator("#verdict");
    this.editor = this.frame.getByRole("textbox", { name: text });
    this.problems = this.frame.getByRole("list", { name: "Problems" }).getByRole("listitem");
    this.result = this.frame.getByRole("region", { name: "Result" }).getByRole("tabpanel");
    this.map = this.frame.getByRole("region", { name: "Map" });
  }

  way(name: "Edit" | "Result" | "Close" | "Reset"): Locator {
    return this.element.getByRole("button", { name });
  }

  get link(): Locator {
    return this.element.getByRole("link", { name: "Open in Drydock" });
  }

  tab(name: "Problems" | "Result" | "Map" | "Report"): Locator {
    return this.frame.getByRole("tab", { name, exact: true });
  }

  /** Opens the editor, and waits until it is the full one. */
  async edit(): Promise<void> {
    await this.element.hover();
    await this.way("Edit").click();
    await this.isOpen();
  }

  async isOpen(): Promise<void> {
    await expect(this.editor).toHaveAttribute("contenteditable", "true");
  }

  /** Pictures that are asked for and that the frame does not have. */
  lackingIcons(): Promise<(string | null)[]> {
    return this.frame.locator("html").evaluate((root) =>
      [...root.querySelectorAll("use")].map((it) => it.getAttribute("href")).filter((it) => !it || !root.querySelector(it)));
  }

  /** Replaces the text, as pasting does. */
  async write(text: string): Promise<void> {
    await this.editor.focus();
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.insertText(text);
  }

  text(): Promise<string> {
    return this.editor.evaluate((element) =>
      element instanceof HTMLTextAreaElement
        ? element.value
        : [...element.children].map((line) => line.textContent).join("\n"));
  }

  /** What a script of the page reads. */
  value(): Promise<string> {
    return this.element.evaluate((element) => Reflect.get(element, "value") as string);
  }

  shareUrl(): Promise<string> {
    return this.element.evaluate((element) => (element as HTMLElement & { shareUrl(): Promise<string> }).shareUrl());
  }
}

interface Fixtures {
  /** Where Drydock is. */
  site: string;
  docs: Docs;
  embed: Embed;
}

/** Documentation of somebody else's, from another origin than Drydock. */
export const test = base.extend<Fixtures>({
  site: ({}, use, testInfo) => use(`${new URL(testInfo.project.use.baseURL ?? "").origin}/`),
  docs: async ({ site }, use) => {
    const docs = new Docs(site);
    await docs.start();
    await use(docs);
    await docs.stop();
  },
  baseURL: ({ docs }, use) => use(docs.address),
  expected: ({ site }, use) => use(new RegExp(`^Request: ${site}|The Clipboard API has been blocked`)),
  embed: ({ page }, use) => use(new Embed(page)),
});

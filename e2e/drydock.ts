// The page as the specs see it: what a person finds there (by role and label), and what a person does.

import { expect, type Download, type Locator, type Page } from "@playwright/test";

export type ResultTab = "Nix" | "daemon.json" | "Flags" | "Diff" | "Apply";
export type Part = "Edit" | "Problems" | "Result" | "Map" | "Report";
export type SpaceTab = "Map" | "Plan" | "Keep clear of";

export class Drydock {
  readonly editor: Locator;
  readonly verdict: Locator;
  readonly problems: Locator;
  readonly result: Locator;
  /** What the address space panel shows. */
  readonly space: Locator;
  readonly travel: Locator;
  /** What the travel check answers. */
  readonly answer: Locator;
  /** Where networks to keep clear of are pasted. */
  readonly avoid: Locator;
  readonly places: Locator;
  readonly form: Locator;
  readonly help: Locator;
  /** The dialog that makes a link. */
  readonly sharing: Locator;
  /** What is asked or said about the link that the page came with. */
  readonly arrival: Locator;
  readonly reference: Locator;
  readonly engine: Locator;
  readonly release: Locator;
  readonly target: Locator;
  readonly comparedWith: Locator;
  readonly search: Locator;
  readonly onlySet: Locator;
  readonly fixAll: Locator;
  /** What the page says to those who listen to it. */
  readonly said: Locator;
  /** What an empty editor shows. */
  readonly invitation: Locator;

  /** `text` is what the text is called on the workbench that is looked at. */
  constructor(readonly page: Page, text = "Docker daemon configuration") {
    this.editor = page.getByRole("textbox", { name: text });
    this.verdict = page.getByTestId("verdict");
    this.problems = page.getByRole("list", { name: "Problems" }).getByRole("listitem");
    this.result = page.getByRole("region", { name: "Result" }).getByRole("tabpanel");
    this.space = page.getByRole("region", { name: "Address space" }).getByRole("tabpanel");
    this.travel = page.getByRole("main", { name: "Travel check" });
    this.answer = this.travel.getByRole("region", { name: "Answer" });
    this.avoid = page.getByLabel("Or paste what your computer says");
    this.places = page.getByRole("group", { name: "Places" }).getByRole("button");
    this.form = page.getByRole("tabpanel", { name: "Form" });
    this.help = page.getByRole("dialog", { name: "Help" });
    this.sharing = page.getByRole("dialog", { name: "Share" });
    this.arrival = page.getByRole("region", { name: "Link", exact: true });
    this.reference = page.getByRole("main", { name: "Reference" }).getByRole("article");
    this.engine = page.getByRole("combobox", { name: "Engine" });
    this.release = page.getByRole("combobox", { name: "NixOS", exact: true });
    this.target = page.getByRole("combobox", { name: "For" });
    this.comparedWith = page.getByRole("combobox", { name: "Since" });
    this.search = page.getByRole("searchbox", { name: "Search options" });
    this.onlySet = page.getByRole("switch", { name: "Only set" });
    this.fixAll = page.getByRole("button", { name: /^Apply \d+ safe fix/ });
    this.said = page.locator("#announcer");
    this.invitation = page.getByText("Paste what you have, or start from an example");
  }

  // Coming here

  /** Opens a guide. */
  async openGuide(id: string, title: string): Promise<Locator> {
    await this.page.goto(`/#/${id}`);
    const guide = this.page.getByRole("main", { name: title });
    await expect(guide.getByRole("region", { name: "Answer" })).toBeVisible();
    return guide;
  }

  /** Opens the page, or a place in it, and waits until the checker and the full editor are there. */
  async open(place = ""): Promise<void> {
    await this.page.goto(`/${place}`);
    if (/^#\/(options|rules|messages|nonsense)/.test(place)) {
      await expect(this.reference).toBeVisible();
    } else if (place.startsWith("#/travel") || place.startsWith("#check=")) {
      await expect(this.travel).toBeVisible();
    } else {
      await this.isReady();
    }
  }

  /** Goes to another workbench by the menu. */
  async goToBench(name: string): Promise<void> {
    await this.page.getByRole("banner").getByRole("button", { expanded: false }).first().click();
    await this.menu.getByRole("link", { name: new RegExp(`^${name}`) }).click();
  }

  /** Opens the page and pastes a configuration. */
  async openWith(text: string): Promise<void> {
    await this.open();
    await this.write(text);
  }

  async isReady(): Promise<void> {
    await expect(this.verdict).toBeVisible();
    await expect(this.editor).toHaveAttribute("contenteditable", "true");
  }

  /** What the page says where scripts are off; looking by words passes over it. */
  get withoutScript(): Locator {
    return this.page.locator("noscript p");
  }

  // The text

  /** What the text is read as, where that is not plain. */
  get readAs(): Locator {
    return this.page.getByRole("combobox", { name: "Read as" });
  }

  /** Replaces the text, as pasting does. */
  async write(text: string): Promise<void> {
    await this.editor.focus();
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.insertText(text);
  }

  /** Types key by key, where the caret is. */
  async type(text: string): Promise<void> {
    await this.editor.pressSequentially(text);
  }

  /** The text, whichever editor has it. */
  text(): Promise<string> {
    return this.editor.evaluate((element) =>
      element instanceof HTMLTextAreaElement
        ? element.value
        : [...element.children].map((line) => line.textContent).join("\n"));
  }

  async hasText(text: string): Promise<void> {
    await expect.poll(() => this.text()).toBe(text);
  }

  /** What is selected in the text. */
  async hasSelected(text: string): Promise<void> {
    await expect.poll(() => this.editor.evaluate((element) => {
      if (element instanceof HTMLTextAreaElement) return element.value.slice(element.selectionStart, element.selectionEnd);
      const root = element.getRootNode() as ShadowRoot & { getSelection?(): Selection | null };
      return (root.getSelection?.() ?? getSelection())?.toString() ?? "";
    })).toBe(text);
  }

  /** The part of the text that these words name, as drawn by the full editor. */
  words(text: string): Locator {
    return this.editor.getByText(text, { exact: true }).first();
  }

  /** What is underlined as wrong. */
  get underlined(): Locator {
    return this.page.locator(".squiggle");
  }

  /** The marks beside the lines. */
  marginMarks(severity: "Error" | "Warning" | "Hint"): Locator {
    return this.page.locator(`.marks [aria-label=${severity}]`);
  }

  /** What is told of the word under the pointer. */
  get card(): Locator {
    return this.page.locator(".card");
  }

  /** Whether a text is drawn as it is written, with no sign in the place of a letter. */
  async drawsAsWritten(text: string): Promise<void> {
    await expect(this.editor).toContainText(text);
  }

  /** The coloured pieces of the text, or of the result, each with its colour. */
  async colours(where: "text" | "result"): Promise<string[]> {
    const place = where === "text" ? this.editor : this.result.locator("pre");
    return place.evaluate((place) => {
      const pieces: string[] = [];
      const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      let last = "";
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const [words, colour] = [node.textContent?.trim() ?? "", getComputedStyle(node.parentElement as Element).color];
        if (!words) continue;
        const goesOn = colour === last && pieces.length > 0;
        pieces.push(`${goesOn ? pieces.pop() : `${colour} `}${words}`);
        last = colour;
      }
      return pieces;
    });
  }

  /** What is offered while typing. */
  get completions(): Locator {
    return this.page.getByRole("listbox", { name: "Completions" }).getByRole("option");
  }

  async undo(): Promise<void> {
    await this.editor.press("ControlOrMeta+z");
  }

  async redo(): Promise<void> {
    await this.editor.press("ControlOrMeta+Shift+z");
  }

  /** Pastes into the text, or into another field; the browser must allow the clipboard. */
  async pasteInto(text: string, place = this.editor): Promise<void> {
    await place.focus();
    await this.paste(text);
  }

  /** Selects all, and pastes. */
  async pasteOverAll(text: string): Promise<void> {
    await this.editor.focus();
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.paste(text);
  }

  /** What is said of a text that was opened on another workbench. */
  get opened(): Locator {
    return this.page.getByRole("region", { name: "Opened", exact: true });
  }

  async openFile(name: string, contents: string | Buffer): Promise<void> {
    const choosing = this.page.waitForEvent("filechooser");
    await this.page.getByRole("button", { name: "Open a file" }).click();
    await (await choosing).setFiles({ name, mimeType: "application/json", buffer: Buffer.from(contents) });
  }

  /** Drags a file over the page and, unless told otherwise, lets go of it there. */
  async dragFile(name: string, text: string, letGo = true): Promise<void> {
    const dataTransfer = await this.page.evaluateHandle(([name, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text], name));
      return data;
    }, [name, text] as const);
    await this.page.dispatchEvent("body", "dragover", { dataTransfer });
    if (letGo) await this.page.dispatchEvent("body", "drop", { dataTransfer });
  }

  // Examples

  private get examples(): Locator {
    return this.page.getByRole("button", { name: "Examples" });
  }

  private get exampleList(): Locator {
    return this.examples.locator("..").getByRole("button");
  }

  async openExamples(): Promise<void> {
    await this.examples.click();
  }

  /** The titles in the menu. */
  async exampleTitles(): Promise<string[]> {
    await this.openExamples();
    const titles = await this.exampleList.evaluateAll((buttons) =>
      buttons.slice(1).map((button) => button.firstChild?.textContent ?? ""));
    await this.page.keyboard.press("Escape");
    return titles;
  }

  async chooseExample(title: string): Promise<void> {
    await this.openExamples();
    // Its description is behind it.
    await this.exampleList.and(this.page.getByRole("button", { name: new RegExp(`^${title}`) })).click();
  }

  /** What an open menu holds. */
  get menu(): Locator {
    return this.page.locator(".menu__list");
  }

  // Problems

  problem(words: string | RegExp): Locator {
    return this.problems.filter({ hasText: words });
  }

  /** Goes to its place in the text. */
  async goTo(problem: Locator): Promise<void> {
    await problem.getByRole("button", { name: /^Go to line/ }).click();
  }

  /** Opens it, unless it is open. */
  async openProblem(problem: Locator): Promise<void> {
    await problem.getByRole("button").first().click();
    await expect(problem.getByRole("button", { expanded: true })).toBeVisible();
  }

  /** The problem that is open. */
  get openedProblem(): Locator {
    return this.problems.filter({ has: this.page.getByRole("button", { expanded: true }) });
  }

  /** What is said of the safe fixes that were applied. */
  get applied(): Locator {
    return this.page.getByRole("region", { name: "Problems" }).getByText(/^\d+ applied/);
  }

  async fix(problem: Locator): Promise<void> {
    await this.openProblem(problem);
    await problem.getByRole("button", { name: /^Fix:/ }).first().click();
  }

  /** Does with a text that is no daemon.json what its problem offers. */
  async take(way: string): Promise<void> {
    await this.problems.getByRole("button", { name: way }).click();
  }

  /** What is said of a file that was not opened. */
  get refusal(): Locator {
    return this.page.getByRole("region", { name: "File", exact: true });
  }

  /** What is said when what reads the text did not load. */
  get reader(): Locator {
    return this.page.getByRole("region", { name: "Reader", exact: true });
  }

  // The result

  async show(tab: ResultTab): Promise<void> {
    await this.tab(tab).click();
    await expect(this.tab(tab)).toHaveAttribute("aria-selected", "true");
  }

  tab(name: string): Locator {
    return this.page.getByRole("tab", { name, exact: true });
  }

  /** The button that copies the result, whose words change to what happened. */
  get copyButton(): Locator {
    return this.page.getByRole("region", { name: "Result" }).getByRole("button", { name: /^Copy/ }).first();
  }

  /** What saves the result; the text has a button of its own. */
  private get saveButton(): Locator {
    return this.page.getByRole("button", { name: /^Save (?!text)/ });
  }

  /** The name of the file that the result is for. */
  async resultFile(): Promise<string> {
    const label = await this.saveButton.getAttribute("aria-label");
    return label?.replace("Save ", "") ?? "";
  }

  get addedLines(): Locator {
    return this.result.locator("[data-side=added]");
  }

  get removedLines(): Locator {
    return this.result.locator("[data-side=removed]");
  }

  /** The lines that have just changed. */
  get markedLines(): Locator {
    return this.result.locator("[data-changed]");
  }

  /** What the first visit is asked. */
  get whereItRuns(): Locator {
    return this.page.getByRole("group", { name: "Where does it run?" });
  }

  async answerWhere(words: "NixOS" | "Other Linux" | "Docker Desktop" | "Not now"): Promise<void> {
    await this.whereItRuns.getByRole("button", { name: words }).click();
    await expect(this.whereItRuns).toBeHidden();
  }

  /** Offers to check for the Engine that the platform ships. */
  get shippedEngine(): Locator {
    return this.page.getByRole("group", { name: "Engine of the platform" });
  }

  get steps(): Locator {
    return this.result.getByRole("listitem");
  }

  clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Saves the result; returns the file's name and content. */
  async save(): Promise<{ name: string; text: string }> {
    const coming = this.page.waitForEvent("download");
    await this.saveButton.click();
    return contentOf(await coming);
  }

  /** Saves the text as it stands; returns the file's name and content. */
  async saveText(): Promise<{ name: string; text: string }> {
    const coming = this.page.waitForEvent("download");
    await this.page.getByRole("button", { name: "Save text" }).click();
    return contentOf(await coming);
  }

  // Networks

  async look(tab: SpaceTab): Promise<void> {
    await this.page.getByRole("tablist", { name: "Address space" }).getByRole("tab", { name: tab }).click();
  }

  /** What the picture shows, as those hear it who do not see it: subnet, what it is, what it collides with. */
  async picture(): Promise<string[]> {
    const rows = this.page.getByRole("table", { name: "The networks of the picture" }).getByRole("row");
    return (await rows.evaluateAll((rows) =>
      rows.slice(1).map((row) => [...row.children].map((cell) => cell.textContent).join(" | "))));
  }

  /** The judgement of each pasted line. */
  get judgements(): Locator {
    return this.page.getByRole("list", { name: "What was understood" }).getByRole("listitem");
  }

  /** What was made of a pasted text, in a line. */
  get reading(): Locator {
    return this.page.getByText(/^\d[\d,]* networks? read/);
  }

  /** Unfolds what was made of each pasted line. */
  async openReading(): Promise<void> {
    await this.reading.click();
  }

  /** Pastes into the travel check, found by its label as a screen reader finds it. */
  async pasteOnTravel(text: string): Promise<void> {
    await this.travel.getByLabel("Or paste what your computer says").fill(text);
  }

  async goToPlace(name: string | RegExp): Promise<void> {
    await this.places.filter({ hasText: name }).click();
  }

  /** Shows or hides the known networks in the picture. */
  get knownNetworks(): Locator {
    return this.page.getByRole("switch", { name: "Known networks" });
  }

  /** The collisions that the picture shows. */
  get collisions(): Locator {
    return this.page.locator(".map__collision");
  }

  /** The sentence of the answer. */
  get answered(): Locator {
    return this.answer.locator("[data-severity]").first();
  }

  /** What to run or to write right now. */
  get stepsNow(): Locator {
    return this.travel.getByRole("region", { name: "Right now" }).locator("pre");
  }

  /** Buttons that mend the configuration for good. */
  get waysOut(): Locator {
    return this.travel.getByRole("button", { name: /^Fix it/ });
  }

  /** Buttons that mend, and those that copy what does. */
  get waysToHelp(): Locator {
    return this.travel.getByRole("button", { name: /^(Fix it|Copy the command|Copy Nix)/ });
  }

  // Links

  async share(): Promise<void> {
    await this.page.getByRole("button", { name: "Share" }).click();
    await expect(this.sharing).toBeVisible();
  }

  /** The link that the dialog offers. */
  get link(): Locator {
    return this.sharing.getByRole("textbox", { name: "Link" });
  }

  /** A form of the link. */
  linkForm(name: string): Locator {
    return this.sharing.getByRole("radio", { name });
  }

  /** Shares, and returns the fragment of the link with its `#`. */
  async fragment(): Promise<string> {
    await this.share();
    const link = await this.link.inputValue();
    await this.page.keyboard.press("Escape");
    await expect(this.sharing).toBeHidden();
    return link.slice(link.indexOf("#"));
  }

  /** Follows a link within the page. */
  async follow(fragment: string): Promise<void> {
    await this.page.evaluate((fragment) => { location.hash = fragment; }, fragment);
  }

  async answerLink(words: "Open it" | "Keep mine" | "Open what is left" | "Dismiss"): Promise<void> {
    await this.arrival.getByRole("button", { name: words }).click();
    await expect(this.arrival).toBeHidden();
  }

  // The form

  async openForm(): Promise<void> {
    await this.tab("Form").click();
    await expect(this.search).toBeVisible();
  }

  /** Opens the form over a text that it cannot edit. */
  async openEmptyForm(): Promise<void> {
    await this.tab("Form").click();
    await expect(this.form).toBeVisible();
  }

  async openText(): Promise<void> {
    await this.tab("Text").click();
  }

  /** What edits an option in the form. */
  field(name: string): Locator {
    return this.form.getByLabel(name, { exact: true }).and(this.form.locator("input, select, textarea"));
  }

  /** The name of a new entry, and the button that begins it. */
  async begin(map: string, name: string): Promise<void> {
    await this.form.getByRole("textbox", { name: `Name to add to ${map}` }).or(this.form.getByRole("combobox", { name: `Name to add to ${map}` })).fill(name);
    await this.page.keyboard.press("Enter");
  }

  async addTo(list: string): Promise<void> {
    await this.form.getByRole("button", { name: `Add to ${list}`, exact: true }).click();
  }

  /** Takes back what was done last, by the button. */
  async takeBack(): Promise<void> {
    await this.page.getByRole("button", { name: "Undo" }).click();
  }

  /** Pastes over what is selected or focused. */
  async paste(text: string): Promise<void> {
    await this.page.evaluate((text) => navigator.clipboard.writeText(text), text);
    await this.page.keyboard.press("ControlOrMeta+v");
  }

  async removeOption(name: string): Promise<void> {
    await this.form.getByRole("button", { name: `Remove ${name}`, exact: true }).click();
  }

  // Everything else

  async openHelp(): Promise<void> {
    await this.page.getByRole("button", { name: "Help" }).click();
  }

  async openHost(): Promise<void> {
    await this.page.getByRole("button", { name: "Host" }).click();
  }

  get theme(): Locator {
    return this.page.getByRole("button", { name: /^Theme:/ });
  }

  /** Which theme is shown. */
  shownTheme(): Promise<string | undefined> {
    return this.page.evaluate(() => document.documentElement.dataset.theme);
  }

  /** Goes to a part of the page where only one fits. */
  async goToPart(part: Part): Promise<void> {
    await this.part(part).click();
  }

  /** Goes to the result, where only one part fits. */
  async bringResult(): Promise<void> {
    if (await this.part("Result").isVisible()) await this.goToPart("Result");
  }

  part(part: Part): Locator {
    return this.page.getByRole("tablist", { name: "Parts of the page" }).getByRole("tab", { name: part });
  }

  /** Makes the processor so much slower that one drawing takes many turns of the browser. */
  async hasSlowProcessor(): Promise<void> {
    const devtools = await this.page.context().newCDPSession(this.page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: 8 });
  }

  // What can be measured

  /** Presses the Tab key until a place has focus. */
  async reach(place: Locator): Promise<void> {
    for (let presses = 0; presses < 60; presses++) {
      if (await place.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press("Tab");
    }
    throw new Error(`The Tab key does not lead to ${place}`);
  }

  /** What has focus, and whether that can be seen. */
  focusRing(): Promise<{ name: string; seen: boolean }> {
    return this.page.evaluate(() => {
      let element = document.activeElement ?? document.body;
      while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      const name = `${element.tagName} ${element.getAttribute("aria-label") ?? element.textContent?.slice(0, 40)} ${element.id}`;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      // A caret shows where the focus of a text is.
      const seen = element.matches("[contenteditable], body") || (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2);
      return { name, seen };
    });
  }

  /** Controls that are smaller than a finger; links within sentences may be. */
  smallTargets(least: number): Promise<string[]> {
    return this.page.evaluate((least) =>
      [...document.querySelectorAll("button, select, input, summary, [role=tab]")].flatMap((element) => {
        if (!element.checkVisibility({ visibilityProperty: true })) return [];
        // A label is hit like what it names.
        const label = element.matches("input, select") ? element.closest("label") : null;
        const { width, height } = (label ?? element).getBoundingClientRect();
        if (width === 0 || height === 0 || (width > least - 0.5 && height > least - 0.5)) return [];
        const name = element.getAttribute("aria-label") ?? element.textContent?.trim();
        return [`${name}: ${Math.round(width)} × ${Math.round(height)}`];
      }), least);
  }

  /** Tabs of which their row shows a part only. */
  hiddenTabs(): Promise<string[]> {
    return this.page.getByRole("tab").evaluateAll((tabs) =>
      tabs.flatMap((tab) => {
        const [own, row] = [tab.getBoundingClientRect(), tab.parentElement?.getBoundingClientRect()];
        return row && own.left >= row.left - 0.5 && own.right <= row.right + 0.5 ? [] : [tab.textContent ?? ""];
      }));
  }

  /** Words that are smaller than a size in pixels. */
  smallWords(least: number): Promise<string[]> {
    return this.page.evaluate((least) => {
      const found: string[] = [];
      const visit = (root: Document | ShadowRoot | Element) => {
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          if (node instanceof Element && node.shadowRoot) visit(node.shadowRoot);
          const element = node.parentElement;
          if (!(node instanceof Text) || !element || !node.data.trim()) continue;
          if (!element.checkVisibility({ visibilityProperty: true }) || element.closest(".unseen, style, script")) continue;
          const size = parseFloat(getComputedStyle(element).fontSize);
          if (size > 0 && size < least - 0.01) found.push(`${element.tagName} ${element.getAttribute("class")} ${size}: ${node.data.trim().slice(0, 30)}`);
        }
      };
      visit(document);
      return found;
    }, least);
  }

  /** The buttons that are filled, so that they are seen first. */
  filledButtons(): Promise<string[]> {
    return this.page.evaluate(() => {
      const filled = getComputedStyle(document.documentElement).getPropertyValue("--accent").trim();
      const probe = document.body.appendChild(document.createElement("i"));
      probe.style.color = filled;
      const accent = getComputedStyle(probe).color;
      probe.remove();
      return [...document.querySelectorAll("button, a")].flatMap((button) =>
        !button.closest(".skip") && button.checkVisibility() && getComputedStyle(button).backgroundColor === accent ? [button.textContent?.trim() ?? ""] : []);
    });
  }

  /** What reaches beyond the sides of the window and cannot be scrolled to within its panel. */
  cutOff(width: number): Promise<string[]> {
    return this.page.evaluate((width) => {
      const scrolls = (element: Element): boolean => {
        for (let around = element.parentElement; around; around = around.parentElement) {
          if (["auto", "scroll"].includes(getComputedStyle(around).overflowX)) return true;
        }
        return false;
      };
      return [...document.querySelectorAll("button, select, input, a, p, h1, h2, h3, td, th, li, dt, dd, code")].flatMap((element) => {
        if (!element.checkVisibility({ visibilityProperty: true }) || element.closest(".unseen, .skip")) return [];
        const { left, right, width: own } = element.getBoundingClientRect();
        if (own === 0 || (left >= -0.5 && right <= width + 0.5) || scrolls(element)) return [];
        return [`${element.tagName} ${element.className} ${element.textContent?.slice(0, 30)}: ${left} to ${right}`];
      });
    }, width);
  }
}

async function contentOf(download: Download): Promise<{ name: string; text: string }> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return { name: download.suggestedFilename(), text: Buffer.concat(chunks).toString() };
}

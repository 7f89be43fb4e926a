import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";

import { GOOD, QUOTED_NUMBER } from "../configurations.ts";
import { block } from "../docs.ts";
import { Embed, test } from "../embeds.ts";
import { expect } from "../test.ts";

const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

async function judge(page: Page, forcedColors: "active" | "none" = "none"): Promise<void> {
  await page.emulateMedia({ forcedColors });
  const { violations } = await new AxeBuilder({ page }).withTags(STANDARDS).analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`));
  expect(found).toEqual([]);
}

for (const [name, viewport] of [["a wide page", { width: 1000, height: 900 }], ["a phone", { width: 390, height: 844 }]] as const) {
  for (const theme of ["", "dark"]) {
    test.describe(`on ${name}${theme && " in the dark"}`, () => {
      test.use({ viewport, hasTouch: name === "a phone", isMobile: name === "a phone" });
      test("nothing is in the way of those who see, hear or move differently", async ({ docs, page, embed }) => {
        docs.page(`${block(QUOTED_NUMBER)}<p>And:</p>${block(GOOD)}`, theme);
        await page.goto("/");
        await expect(embed.verdict).toBeVisible();
        await expect(new Embed(page, 1).verdict).toBeVisible();
        await judge(page);
        await embed.edit();
        await expect(embed.problems).toHaveCount(1);
        await judge(page);
        for (const tab of ["Result", "Map"] as const) {
          await embed.tab(tab).click();
          await expect(embed.tab(tab)).toHaveAttribute("aria-selected", "true");
          await judge(page);
        }
        if (theme === "") await judge(page, "active");
      });
    });
  }
}

test("the keyboard reaches and does everything", async ({ docs, page, embed }) => {
  docs.page(`<p><a href="#after">Before</a></p>${block(QUOTED_NUMBER)}<p><a href="#after">After</a></p>`);
  await page.goto("/");
  await expect(embed.verdict).toBeVisible();
  await page.getByRole("link", { name: "Before" }).focus();
  const focused = () => page.evaluate(() => {
    const deep = (root: DocumentOrShadowRoot): Element | null => root.activeElement?.shadowRoot ? deep(root.activeElement.shadowRoot) : root.activeElement;
    return deep(document)?.textContent ?? "";
  });
  const walk: string[] = [];
  for (let steps = 0; steps < 6 && walk.at(-1) !== "Open in Drydock"; steps++) {
    await page.keyboard.press("Tab");
    walk.push(await focused());
  }
  expect(walk.slice(-3)).toEqual(["Edit", "Result", "Open in Drydock"]);
  await expect(embed.link).toHaveCSS("opacity", "1");
  await expect(embed.link).toHaveAttribute("href", /#v1/);
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await embed.isOpen();
  await expect(embed.editor).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(GOOD);
  await expect(embed.verdict).toContainText("The daemon starts");
  await page.keyboard.press("Tab");
  await expect(embed.verdict).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(embed.tab("Problems")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(embed.result).toBeVisible();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  test("the verdict is not cut, also beside the ways", async ({ docs, page, embed }) => {
    docs.page(`${block(GOOD)}<p>After.</p>`);
    await page.goto("/");
    await expect(embed.verdict).toContainText("own use");
    const cut = () => embed.verdict.locator("span").evaluate((it) => it.scrollWidth > it.clientWidth || it.scrollHeight > it.clientHeight + 1);
    const within = async () => {
      const [line, frame] = await Promise.all([embed.verdict, embed.iframe].map((it) => it.boundingBox()));
      return line!.y + line!.height <= frame!.y + frame!.height + 0.5;
    };
    await expect.poll(within).toBe(true);
    expect(await cut()).toBe(false);
    await expect(embed.way("Edit")).toBeVisible();
    const [line, way] = await Promise.all([embed.verdict, embed.way("Edit")].map((it) => it.boundingBox()));
    expect(way!.y).toBeGreaterThanOrEqual(line!.y + line!.height);
  });

  for (const [name, text] of [
    ["good", GOOD],
    ["wrong", QUOTED_NUMBER],
    ["Nix", "{ pkgs, ... }:\n{\n  virtualisation.docker.enable = true;\n}"],
    ["wide", `{ "labels": [${'"a=rather wide label", '.repeat(20)}"b=last"] }`],
  ] as const) {
    test(`nothing floats over what follows a text that is ${name}`, async ({ docs, page, embed }) => {
      docs.page(`${block(text)}<p>After.</p>`);
      await page.goto("/");
      await expect(embed.verdict).toBeVisible();
      const own = [embed.verdict, embed.way("Edit"), embed.link];
      const box = async (it: Locator) => (await it.boundingBox()) ?? { y: NaN, height: NaN };
      const over = async () => {
        const bottoms = (await Promise.all(own.map(box))).map(({ y, height }) => y + height);
        return Math.max(...bottoms) - (await box(page.getByText("After."))).y;
      };
      await expect.poll(over).toBeLessThanOrEqual(0);
      await embed.way("Edit").tap();
      await embed.isOpen();
      await expect(embed.problems.or(embed.frame.getByText("No problems")).first()).toBeVisible();
      const [verdict, tab] = await Promise.all([embed.verdict, embed.tab("Problems")].map((it) => it.boundingBox()));
      expect(tab!.y).toBeGreaterThanOrEqual(verdict!.y + verdict!.height);
      for (const part of ["Problems", "Result", "Map"] as const) {
        await embed.tab(part).tap();
        expect(await embed.lackingIcons(), part).toEqual([]);
      }
    });
  }

  test("the ways are there for a touch, and nothing scrolls sideways", async ({ docs, page, embed }) => {
    docs.page(`<p>Before.</p>${block(QUOTED_NUMBER)}`);
    await page.goto("/");
    await expect(embed.verdict).toBeVisible();
    await embed.way("Edit").tap();
    await embed.isOpen();
    await embed.tab("Result").tap();
    await expect(embed.result).toContainText("virtualisation.docker");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await embed.frame.locator("html").evaluate((root) => root.scrollWidth - root.clientWidth)).toBe(0);
  });
});

// Whoever reads a page with an embed keeps keyboard and place until they ask the embed for something.

import type { Page } from "@playwright/test";

import { GOOD, QUOTED_NUMBER } from "../configurations.ts";
import { block } from "../docs.ts";
import { test } from "../embeds.ts";
import { expect } from "../test.ts";

const FIELD = '<p><label>Search <input id="search"></label></p>';
const FAR = '<div class="far"></div>';

/** Begins to type in the page's own field; returns what tells whether it is still so, and the page where it was. */
async function typeIn(page: Page): Promise<() => Promise<void>> {
  const field = page.getByLabel("Search");
  await field.focus();
  const where = await page.evaluate(() => scrollY);
  return async () => {
    await page.keyboard.type("x");
    await expect(field).toHaveValue(/x$/);
    await expect(field).toBeFocused();
    expect(await page.evaluate(() => scrollY)).toBe(where);
  };
}

for (const [where, between] of [["far below", FAR], ["in view", ""]] as const) {
  test(`a frame ${where} that opens by itself takes neither keyboard nor place`, async ({ docs, page, site }) => {
    docs.page(`${FIELD}${between}<iframe title="A configuration" id="frame" src="${site}embed.html#pool=10.201.0.0/16:24&engine=28" width="700" height="300"></iframe>${FAR}`, "", "");
    await page.goto("/", { waitUntil: "commit" });
    const undisturbed = await typeIn(page);
    const frame = page.frameLocator("#frame");
    await expect(frame.getByRole("textbox")).toHaveAttribute("contenteditable", "true");
    await expect(frame.getByRole("link", { name: "Open in Drydock" })).toBeVisible();
    await undisturbed();
  });
}

for (const [what, script] of [["an element", "drydock.js"], ["a block that is found", "enhance.js"]] as const) {
  test(`${what} takes neither keyboard nor place`, async ({ docs, page, embed, site }) => {
    const html = what === "an element" ? block(QUOTED_NUMBER) : `<p>In daemon.json:</p><pre><code class="language-json">${QUOTED_NUMBER}</code></pre>`;
    docs.page(`${FIELD}${html}${FAR}${html}`, "", `<script type="module" src="${site}${script}"></script>`);
    await page.goto("/", { waitUntil: "commit" });
    const undisturbed = await typeIn(page);
    await expect(embed.verdict).toContainText("1 error");
    // What a script of the page does is not the reader's wish either.
    await embed.element.evaluate((element) => Reflect.set(element, "value", "{"));
    await expect(embed.verdict).toContainText("refuses");
    await undisturbed();
  });
}

test("a block that has the keyboard while it becomes an editor keeps it", async ({ docs, page, embed, site }) => {
  docs.page(`<pre id="search" tabindex="0" aria-label="Search"><code class="language-json">{ "log-driver": "local" }</code></pre>`, "", "");
  await page.goto("/");
  await page.getByLabel("Search").focus();
  await page.evaluate((src) => document.head.append(Object.assign(document.createElement("script"), { type: "module", src })), `${site}enhance.js`);
  await expect(embed.verdict).toContainText("starts");
  await expect(page.getByLabel("Search")).toBeFocused();
});

test("an open editor that is moved, or whose text is set, leaves the keyboard where it is", async ({ docs, page, embed }) => {
  docs.page(`${FIELD}${block(GOOD)}<div id="there"></div>`);
  await page.goto("/");
  await embed.edit();
  await expect(embed.editor).toBeFocused();
  const undisturbed = await typeIn(page);
  await embed.element.evaluate((element) => document.getElementById("there")?.append(element));
  await embed.isOpen();
  await embed.element.evaluate((element) => Reflect.set(element, "value", "{"));
  await expect(embed.verdict).toContainText("refuses");
  await undisturbed();
});

test("who goes on to another field while the editor is on its way stays there", async ({ docs, page, embed }) => {
  let bring = (): void => undefined;
  const asked = new Promise<void>((resolve) => (bring = resolve));
  docs.page(`${FIELD}${block(GOOD)}`);
  await page.route("**/editor-*.js", async (route) => {
    await asked;
    await route.continue();
  });
  await page.goto("/");
  await expect(embed.verdict).toBeVisible();
  await embed.element.hover();
  await embed.way("Edit").click();
  const undisturbed = await typeIn(page);
  bring();
  await embed.isOpen();
  await undisturbed();
});

test("the text that follows what is typed does not move the page", async ({ docs, page, embed }) => {
  const long = `{\n  "labels": [\n${Array.from({ length: 60 }, (_, index) => `    "key${index}=value"`).join(",\n")}\n  ],\n  "debug": true\n}`;
  docs.page(`${block(long, 'view="editor result"')}${FAR}`);
  await page.goto("/");
  await embed.edit();
  await expect(embed.result).toContainText("debug = true;");
  await embed.editor.focus();
  await page.evaluate(() => scrollTo(0, 0));
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.insertText('"mtu": 1400,');
  await expect(embed.result.locator("[data-changed]")).toContainText("mtu = 1400;");
  // A change is followed when it has been drawn.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  expect(await page.evaluate(() => scrollY)).toBe(0);
});

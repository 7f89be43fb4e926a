// What every test stands on: the page as a person meets it, and a guard that fails the test when the page misbehaves
// behind that person's back.

import { test as base, expect, type Page } from "@playwright/test";

import { Drydock } from "./drydock.ts";

export { expect };

/** What people do most is tested in every browser, the rest in Chromium alone. */
export const EVERYWHERE = { tag: "@everywhere" };

interface Fixtures {
  /** The page, not opened yet. */
  drydock: Drydock;
  /** What this test breaks on purpose, and the page may therefore complain of. */
  expected: RegExp;
}

export const test = base.extend<Fixtures>({
  expected: [/nothing at all^/, { option: true }],

  page: async ({ page, baseURL, expected }, use) => {
    const amiss = await guard(page, new URL(baseURL ?? "").origin);
    await use(page);
    const surprises = amiss.filter((words) => !expected.test(words));
    expect(surprises, "errors, refused sources, and requests to other places").toEqual([]);
  },

  drydock: async ({ page }, use) => use(new Drydock(page)),
});

/** Collects what must not happen on the page: errors, violations of its policy, requests that leave the site. */
async function guard(page: Page, origin: string): Promise<string[]> {
  const amiss: string[] = [];
  page.on("pageerror", (error) => amiss.push(`Error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") amiss.push(`Console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (!["data:", "blob:"].includes(protocol) && asked !== origin) amiss.push(`Request: ${request.url()}`);
  });
  await page.exposeFunction("reportViolation", (words: string) => amiss.push(`Policy: ${words}`));
  await page.addInitScript(() =>
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) => {
      const report = Reflect.get(window, "reportViolation") as (words: string) => void;
      report(`${violatedDirective} does not allow ${blockedURI} (${sourceFile})`);
    }));
  return amiss;
}

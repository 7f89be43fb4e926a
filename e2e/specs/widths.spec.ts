import type { Page } from "@playwright/test";

import { expect, test } from "../test.ts";

/** What is not whole within the window, or lies over another: of the header, and of the ways from a page of the reference. */
function amiss(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const shown = (it: Element) => it.checkVisibility({ visibilityProperty: true }) && it.getBoundingClientRect().width > 0;
    const controls = [...document.querySelectorAll("header a, header button, header select, nav[aria-label=Contents] a")].filter(shown);
    const name = (it: Element) => it.getAttribute("aria-label") ?? it.textContent?.trim() ?? "";
    const found: string[] = [];
    if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
    controls.forEach((it, index) => {
      const own = it.getBoundingClientRect();
      if (own.left < 0 || own.right > innerWidth) found.push(`${name(it)}: ${own.left} to ${own.right}`);
      for (const other of controls.slice(index + 1)) {
        const its = other.getBoundingClientRect();
        const apart = own.right <= its.left + 0.5 || its.right <= own.left + 0.5 || own.bottom <= its.top + 0.5 || its.bottom <= own.top + 0.5;
        if (!apart) found.push(`${name(it)} lies over ${name(other)}`);
      }
    });
    return found;
  });
}

for (const place of ["", "#/options/bip", "#/rules", "#/messages", "#/travel"]) {
  test(`at every width the header of ${place || "the editor"} is whole, and there is a way back`, async ({ drydock, page }) => {
    test.slow();
    await drydock.open(place);
    const found: string[] = [];
    for (let width = 320; width <= 1600; width += 20) {
      await page.setViewportSize({ width, height: 900 });
      found.push(...(await amiss(page)).map((it) => `${width}: ${it}`));
      if (place === "") continue;
      const back = page.getByRole("link", { name: "Back to the editor" });
      if (!(await back.isVisible())) found.push(`${width}: no way back`);
      if (place === "#/travel") continue;
      const lists = page.getByRole("navigation", { name: "Contents" }).getByRole("link", { name: "All options" });
      if (!(await lists.isVisible())) found.push(`${width}: no contents`);
    }
    expect(found).toEqual([]);
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  test("a short page begins at the top", async ({ drydock }) => {
    await drydock.open("#/nonsense");
    const [article, heading] = await Promise.all([drydock.reference, drydock.reference.getByRole("heading", { level: 1 })].map((it) => it.boundingBox()));
    expect(heading!.y - article!.y).toBeLessThan(80);
    expect(article!.y).toBeLessThan(320);
  });
});

test.describe("on a phone held sideways", () => {
  test.use({ viewport: { width: 844, height: 390 }, hasTouch: true, isMobile: true });
  test("typing can be undone without a keyboard", async ({ drydock, page }) => {
    await drydock.openWith("{}");
    await page.getByRole("button", { name: "Undo" }).first().click();
    await drydock.hasText("");
  });
});

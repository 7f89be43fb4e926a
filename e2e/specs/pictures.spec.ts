import { expect, test } from "../test.ts";

const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

for (const [device, viewport] of Object.entries(SIZES)) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${device}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme });

      test("pictures of the page are kept with the results", async ({ drydock, page }) => {
        const keep = async (name: string) => {
          const body = await page.screenshot({ animations: "disabled" });
          await test.info().attach(`${device}-${colorScheme}-${name}.png`, { body, contentType: "image/png" });
        };
        await drydock.open();
        await keep("empty");
        await drydock.chooseExample("A dozen mistakes");
        await expect(drydock.verdict).toContainText("errors");
        await keep("problems");
        await drydock.openForm();
        await keep("form");
      });
    });
  }
}

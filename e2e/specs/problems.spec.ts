import { QUOTED_NUMBER, TWO_MISTAKES } from "../configurations.ts";
import { expect, test } from "../test.ts";

test("a click on a problem goes to its place in the text", async ({ drydock }) => {
  await drydock.openWith(QUOTED_NUMBER);
  await drydock.goTo(drydock.problem("mtu"));
  await expect(drydock.editor).toBeFocused();
  await drydock.hasSelected('"1450"');
});

test("each problem says why it matters, and links to its rule", async ({ drydock, page }) => {
  await drydock.openWith(QUOTED_NUMBER);
  await drydock.problem("mtu").getByRole("link", { name: /^About the rule/ }).click();
  await expect(drydock.reference).toContainText("Why it matters");
  await page.getByRole("link", { name: "Back to the editor" }).click();
  await expect(drydock.editor).toBeVisible();
  await drydock.hasText(QUOTED_NUMBER);
});

test("Fix mends one problem and leaves the rest as it is", async ({ drydock }) => {
  await drydock.openWith(TWO_MISTAKES);
  await drydock.fix(drydock.problem("mtu"));
  await drydock.hasText(TWO_MISTAKES.replace('"1450"', "1450"));
  await expect(drydock.problems).toHaveCount(1);
});

test("Fix all mends every problem that has a safe fix", async ({ drydock }) => {
  await drydock.openWith(TWO_MISTAKES);
  await drydock.fixAll.click();
  await drydock.hasText('{\n  "dns": ["1.1.1.1"],\n  "mtu": 1450\n}');
  await expect(drydock.problems).toHaveCount(0);
  await expect(drydock.fixAll).toHaveCount(0);
});

test("F8 walks through the problems", async ({ drydock, page }) => {
  await drydock.openWith(TWO_MISTAKES);
  await expect(drydock.problems).toHaveCount(2);
  await page.keyboard.press("F8");
  await drydock.hasSelected('"1.1.1.1"');
  await page.keyboard.press("F8");
  await drydock.hasSelected('"1450"');
  await page.keyboard.press("Shift+F8");
  await drydock.hasSelected('"1.1.1.1"');
});

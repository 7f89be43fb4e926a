import { QUOTED_NUMBER } from "../configurations.ts";
import { expect, test } from "../test.ts";

test("what is wrong is underlined and marked beside its line", async ({ drydock }) => {
  await drydock.openWith(QUOTED_NUMBER);
  await expect(drydock.underlined).toHaveText(['"1450"']);
  await expect(drydock.marginMarks("Error")).toHaveCount(1);
});

test("the pointer on a key tells what it is for", async ({ drydock, page }) => {
  await drydock.openWith('{\n  "shutdown-timeout": 15\n}');
  await drydock.words('"shutdown-timeout"').hover();
  await expect(drydock.card).toContainText("shutdown-timeout");
  await expect(drydock.card).toContainText("Default");
  await page.keyboard.press("Escape");
  await expect(drydock.card).toHaveCount(0);
});

test("keys and values are completed", async ({ drydock, page }) => {
  await drydock.openWith("{\n  \n}");
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await page.keyboard.type('"log-le');
  await expect(drydock.completions.first()).toContainText("log-level");
  await drydock.completions.first().click();
  await expect(drydock.completions.filter({ hasText: "debug" })).toBeVisible();
  await drydock.completions.filter({ hasText: "debug" }).click();
  await drydock.hasText('{\n  "log-level": "debug"\n}');
  await expect(drydock.problems).toHaveCount(0);
});

test("the Tab key leaves the editor", async ({ drydock, page }) => {
  await drydock.openWith(QUOTED_NUMBER);
  await drydock.editor.focus();
  await page.keyboard.press("Tab");
  await expect(drydock.editor).not.toBeFocused();
  await drydock.hasText(QUOTED_NUMBER);
});

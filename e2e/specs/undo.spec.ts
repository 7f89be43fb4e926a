import { TWO_MISTAKES } from "../configurations.ts";
import { EVERYWHERE, expect, test } from "../test.ts";

test("undo goes back through typing, fixes and the form", EVERYWHERE, async ({ drydock, page }) => {
  await drydock.openWith(TWO_MISTAKES);
  await drydock.fix(drydock.problem("mtu"));
  const fixed = TWO_MISTAKES.replace('"1450"', "1450");
  await drydock.hasText(fixed);
  await drydock.openForm();
  await drydock.field("mtu").fill("1400");
  await expect(drydock.result).toContainText("1400");
  await drydock.openText();
  await drydock.hasText(fixed.replace("1450", "1400"));

  await drydock.undo();
  await drydock.hasText(fixed);
  await drydock.undo();
  await drydock.hasText(TWO_MISTAKES);
  await page.keyboard.press("ControlOrMeta+Shift+Z");
  await drydock.hasText(fixed);
});

test("Safe fixes are one step of undo", async ({ drydock }) => {
  await drydock.openWith(TWO_MISTAKES);
  await drydock.fixAll.click();
  await expect(drydock.problems).toHaveCount(0);
  await drydock.undo();
  await drydock.hasText(TWO_MISTAKES);
});

test("the form has buttons to undo and redo", async ({ drydock, page }) => {
  await drydock.openWith('{"debug": true}');
  await drydock.openForm();
  await drydock.field("debug").click();
  await expect(drydock.field("debug")).not.toBeChecked();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(drydock.field("debug")).toBeChecked();
  await page.getByRole("button", { name: "Redo" }).click();
  await expect(drydock.field("debug")).not.toBeChecked();
});

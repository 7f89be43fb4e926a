import { expect, test } from "../test.ts";

test("help lists the shortcuts and closes again", async ({ drydock, page }) => {
  await drydock.open();
  await drydock.openHelp();
  await expect(drydock.help).toBeVisible();
  await expect(drydock.help).toContainText("F8");
  await page.keyboard.press("Escape");
  await expect(drydock.help).toBeHidden();

  await page.getByRole("tab", { name: "Nix", exact: true }).focus();
  await page.keyboard.press("?");
  await expect(drydock.help).toBeVisible();
  await drydock.help.getByRole("button", { name: "Close" }).click();
  await expect(drydock.help).toBeHidden();
});

test("a question mark in the text is a question mark", async ({ drydock }) => {
  await drydock.open();
  await drydock.type("?");
  await drydock.hasText("?");
  await expect(drydock.help).toBeHidden();
});

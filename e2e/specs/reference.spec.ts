import { QUOTED_NUMBER } from "../configurations.ts";
import { expect, test } from "../test.ts";

test("every option has a page at its own address", async ({ drydock, page }) => {
  await drydock.open("#/options/bip");
  await expect(drydock.reference.getByRole("heading", { level: 1 })).toHaveText("bip");
  await expect(drydock.reference).toContainText("--bip");
  await page.getByRole("link", { name: "All options" }).click();
  await expect(page).toHaveURL(/#\/options$/);
  await drydock.reference.getByRole("link", { name: "dns", exact: true }).click();
  await expect(drydock.reference.getByRole("heading", { level: 1 })).toHaveText("dns");
});

test("every rule has a page with its reasons, and an example to open", async ({ drydock, page }) => {
  await drydock.open("#/rules/wrong-type");
  await expect(drydock.reference.getByRole("heading", { name: "Why it matters" })).toBeVisible();
  await expect(drydock.reference.getByRole("heading", { name: "What to do" })).toBeVisible();
  await page.getByRole("button", { name: "Open the example in the editor" }).click();
  await expect(drydock.problems.getByRole("link", { name: "About the rule wrong-type" }).first()).toBeVisible();
});

test("the browser's back button leads from the reference to the text as it was", async ({ drydock, page }) => {
  await drydock.openWith(QUOTED_NUMBER);
  await drydock.problem("mtu").getByRole("link", { name: /^About the rule/ }).click();
  await expect(drydock.reference).toBeVisible();
  await page.goBack();
  await expect(drydock.reference).toHaveCount(0);
  await drydock.hasText(QUOTED_NUMBER);
});

test("an address that names nothing says so", async ({ drydock }) => {
  await drydock.open("#/options/no-such-option");
  await expect(drydock.reference).toContainText("No such option");
});

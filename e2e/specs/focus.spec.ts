// Whoever uses the keyboard stays where they are when what they pressed goes away, and comes back to where they were.

import { QUOTED_NUMBER, TWO_MISTAKES } from "../configurations.ts";
import { expect, test } from "../test.ts";

test("a problem leads to its field while the form is shown, and to the text where no field has it", async ({ drydock }) => {
  await drydock.openWith('{ "bip": "10.200.0.0/24" }');
  await drydock.openForm();
  await drydock.search.fill("dns");
  await drydock.goTo(drydock.problem("bip"));
  await expect(drydock.form).toBeVisible();
  await expect(drydock.field("bip")).toBeFocused();
  await drydock.openText();
  await drydock.write('{ "debgu": true }');
  await drydock.openForm();
  await drydock.goTo(drydock.problems.first());
  await expect(drydock.editor).toBeFocused();
});

test("the way back leads to where the keyboard was, else to the text", async ({ drydock, page }) => {
  await drydock.openWith(QUOTED_NUMBER);
  const about = drydock.problem("mtu").getByRole("link", { name: /^About the rule/ });
  await about.focus();
  await page.keyboard.press("Enter");
  await expect(drydock.reference).toBeFocused();
  await page.getByRole("link", { name: "Back to the editor" }).click();
  await expect(about).toBeFocused();
  await drydock.open("#/options");
  await page.reload();
  await page.getByRole("link", { name: "Back to the editor" }).click();
  await expect(drydock.editor).toBeFocused();
});

test("what goes away when it is pressed leaves the keyboard near", async ({ drydock, page }) => {
  await drydock.open();
  const example = page.getByRole("button", { name: "Examples", exact: true });
  await example.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(example).toBeFocused();
  await drydock.write("");
  await drydock.invitation.locator("..").getByRole("button").first().focus();
  await page.keyboard.press("Enter");
  await expect(drydock.editor).toBeFocused();

  await drydock.follow("#pool=10.201.0.0/16:24&engine=28");
  await expect(drydock.arrival).toBeVisible();
  await drydock.arrival.getByRole("button", { name: "Keep mine" }).focus();
  await page.keyboard.press("Enter");
  await expect(drydock.editor).toBeFocused();
});

test("a dialog that closes gives the keyboard back", async ({ drydock, page }) => {
  await drydock.openWith(TWO_MISTAKES);
  for (const name of ["Help", "Share"]) {
    const opener = page.getByRole("button", { name });
    await opener.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog", { name })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(opener).toBeFocused();
  }
  await drydock.openHelp();
  await drydock.help.getByRole("link", { name: "every rule that Drydock checks" }).click();
  await expect(drydock.help).toBeHidden();
  await expect(drydock.reference).toBeFocused();
});

test("however long the form takes to draw, the keyboard goes where what was pressed leads", async ({ drydock, page }) => {
  const pool = (row: number) => page.locator(`#field-default-address-pools\\.${row}\\.base`);
  const press = async (button: string) => {
    await page.getByRole("button", { name: button, exact: true }).focus();
    await page.keyboard.press("Enter");
  };
  await drydock.openWith('{ "default-address-pools": [{ "base": "10.201.0.0/16", "size": 24 }, { "base": "10.202.0.0/16", "size": 24 }] }');
  await drydock.openForm();
  await drydock.hasSlowProcessor();
  await press("Add to default-address-pools");
  await expect(pool(3)).toBeFocused();
  await press("Remove default-address-pools 2");
  await expect(pool(2)).toBeFocused();
});

test("however long the answer takes to draw, the keyboard goes where what was pressed leads", async ({ drydock, page }) => {
  await drydock.open("#/travel");
  await expect(drydock.places.last()).toBeVisible();
  await drydock.hasSlowProcessor();
  await drydock.places.last().focus();
  await page.keyboard.press("Enter");
  await expect(drydock.answered).toBeVisible();
  await expect(page.getByLabel("Where are you going")).toBeFocused();
});

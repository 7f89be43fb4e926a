import { expect, test } from "../test.ts";

test("the theme follows the system until one is chosen, and the choice is kept", async ({ drydock, page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await drydock.open();
  expect(await drydock.shownTheme()).toBe("dark");
  await page.emulateMedia({ colorScheme: "light" });
  await expect.poll(() => drydock.shownTheme()).toBe("light");

  await drydock.theme.click();
  await expect(drydock.theme).toHaveAccessibleName(/Theme: light/);
  await drydock.theme.click();
  await expect.poll(() => drydock.shownTheme()).toBe("dark");
  await page.reload();
  await drydock.isReady();
  expect(await drydock.shownTheme()).toBe("dark");

  await drydock.theme.click();
  await expect(drydock.theme).toHaveAccessibleName(/as the system/);
  await expect.poll(() => drydock.shownTheme()).toBe("light");
});

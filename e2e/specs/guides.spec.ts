// Guides: a few questions, and what follows from the answers.

import { devices } from "@playwright/test";

import { EVERYWHERE, expect, test } from "../test.ts";

test("a guide answers, and its address opens the same answer", EVERYWHERE, async ({ drydock, page }) => {
  const guide = await drydock.openGuide("storage", "Storage driver");
  await guide.getByLabel("System", { exact: true }).selectOption({ label: "Flying Circus" });
  await guide.getByLabel("Platform then").selectOption({ label: "24.05" });
  await guide.getByLabel("Storage driver now").selectOption({ label: "devicemapper" });
  const answer = guide.getByRole("region", { name: "Answer" });
  await expect(answer).toContainText("Docker 24 refuses to start on data of devicemapper until the driver is named");
  await expect(guide).toContainText("prior storage driver devicemapper is deprecated");
  await expect(guide.getByRole("figure").first()).toContainText("/etc/local/nixos/docker.nix");
  await expect(page).toHaveURL(/#\/storage\?platform=flying-circus&fc-to=24\.05&driver=devicemapper$/);
  await page.reload();
  await expect(answer).toContainText("refuses to start");
  await expect(guide.getByLabel("System", { exact: true })).toHaveValue("Flying Circus");
});

test("what docker info says answers the questions", async ({ drydock }) => {
  const guide = await drydock.openGuide("storage", "Storage driver");
  await expect(guide.getByLabel("Storage driver now")).toBeVisible();
  await guide.getByLabel("What docker info says").fill("Server Version: 24.0.9\n Storage Driver: devicemapper\n  Backing Filesystem: ext4\n");
  await expect(guide.getByRole("region", { name: "Answer" })).toContainText("devicemapper");
  await expect(guide.getByLabel("Storage driver now")).toHaveCount(0);
});

test("a file of a guide is copied, and so is the way to its answer", async ({ drydock, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const guide = await drydock.openGuide("access", "Access");
  await guide.getByLabel("Users").fill("alice, bob");
  await guide.getByRole("button", { name: /^Copy .*\.nix$/ }).click();
  expect(await drydock.clipboard()).toContain('users.users.bob.extraGroups = [ "docker" ];');
  await guide.getByRole("button", { name: "Copy a link to this answer" }).click();
  expect(await drydock.clipboard()).toMatch(/#\/access\?users=alice/);
  await expect(page).toHaveURL(/#\/access\?users=alice/);
});

test("a name that no user can have is told, and written nowhere", async ({ drydock }) => {
  const guide = await drydock.openGuide("access", "Access");
  await guide.getByLabel("Users").fill('alice, "; rm -rf /');
  await expect(guide).toContainText("A name has no : and no /.");
  await expect(guide.getByRole("figure").first()).not.toContainText("rm -rf");
});

test("on paper a guide is its answer, to its end", async ({ drydock, page }) => {
  const guide = await drydock.openGuide("storage", "Storage driver");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("banner")).toBeHidden();
  await expect(guide.getByLabel("System", { exact: true })).toBeHidden();
  await expect(guide.getByRole("button").first()).toBeHidden();
  const [height, shown] = await guide.evaluate((main) => [main.scrollHeight, main.clientHeight]);
  expect(shown).toBe(height);
});

test("a guide leads from the menu and back to the text", async ({ drydock, page }) => {
  await drydock.openWith('{ "mtu": 1400 }');
  await page.getByRole("button", { name: "Daemon", exact: true }).click();
  await page.getByRole("link", { name: /^Access/ }).click();
  await expect(page.getByRole("main", { name: "Access" }).getByRole("article")).toBeFocused();
  await page.getByRole("link", { name: "Back to the editor" }).click();
  expect(await drydock.text()).toBe('{ "mtu": 1400 }');
});

const { viewport, hasTouch, isMobile } = devices["Pixel 7"];

test.describe("on a phone", () => {
  test.use({ viewport, hasTouch, isMobile });

  test("a guide is read without scrolling sideways", async ({ drydock, page }) => {
    for (const [id, title] of [["storage", "Storage driver"], ["access", "Access"]] as const) {
      const guide = await drydock.openGuide(id, title);
      await expect(guide.getByRole("region", { name: "Answer" })).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      const wide = await guide.evaluate((main) => main.scrollWidth > main.clientWidth);
      expect(wide).toBe(false);
    }
  });
});

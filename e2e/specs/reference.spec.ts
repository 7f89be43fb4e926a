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

test("an address that names nothing says so, and leads on", async ({ drydock, page }) => {
  await drydock.open("#/options/no-such-option");
  await expect(drydock.reference).toContainText("No such option");
  await drydock.follow("#/nonsense");
  await expect(drydock.reference.getByRole("heading", { level: 1 })).toHaveText("No such page");
  await drydock.reference.getByRole("link", { name: "All rules" }).click();
  await expect(page).toHaveURL(/#\/rules$/);
});

test("each page has a title of its own, and the editor has its own again", async ({ drydock, page }) => {
  await drydock.open();
  const own = await page.title();
  const titles = [own];
  for (const place of ["#/options", "#/options/bip", "#/rules", "#/rules/wrong-type", "#/messages", "#/travel", "#/nonsense"]) {
    await drydock.follow(place);
    await expect.poll(() => page.title()).not.toBe(titles.at(-1));
    titles.push(await page.title());
  }
  expect(new Set(titles).size).toBe(titles.length);
  expect(titles.slice(1).every((it) => it.endsWith(" · Drydock"))).toBe(true);
  await drydock.follow("#/");
  await expect.poll(() => page.title()).toBe(own);
});

test("a link to a page is called by its name", async ({ drydock }) => {
  await drydock.open("#/rules/log-as-configuration");
  await expect(drydock.reference.getByRole("link", { name: "What the daemon says" }).first()).toHaveAttribute("href", "#/messages");
  await expect(drydock.reference).not.toContainText("#/messages");
});

test("rules and options are found by words, rules with their titles", async ({ drydock, page }) => {
  await drydock.open("#/rules");
  await expect(drydock.reference).toContainText("Two default address pools have addresses in common");
  await page.getByRole("searchbox", { name: "Search rules" }).fill("pools overlap");
  await expect(drydock.reference.getByRole("link", { name: "address-pools-overlap" })).toBeVisible();
  await expect(drydock.reference.getByRole("link", { name: "wrong-type" })).toHaveCount(0);
  await drydock.follow("#/options");
  await page.getByRole("searchbox", { name: "Search options" }).fill("log rotation");
  await expect(drydock.reference.getByRole("link", { name: "log-opts.max-size" })).toBeVisible();
  await expect(drydock.reference.getByRole("link", { name: "bip", exact: true })).toHaveCount(0);
  await page.getByRole("searchbox", { name: "Search options" }).fill("no such words");
  await expect(drydock.reference).toContainText("No option has these words");
});

test("sources lead to moby at the release that was read", async ({ drydock }) => {
  const moby = "https://github.com/moby/moby/blob/docker-v29.7.2/";
  await drydock.open("#/options/bip");
  const file = drydock.reference.getByRole("link", { name: "daemon/daemon_unix.go" });
  await expect(file).toHaveAttribute("href", `${moby}daemon/daemon_unix.go`);
  await expect(file).toHaveAttribute("rel", "noopener");
  await drydock.follow("#/rules/address-pools-overlap");
  await expect(drydock.reference.getByRole("link", { name: /address_space\.go$/ })).toHaveAttribute("href", new RegExp(`^${moby}`));
});

for (const [list, search, entry, words] of [
  ["#/rules", "Search rules", "address-pools-overlap", "Two default address pools have addresses in common"],
  ["#/options", "Search options", "default-address-pools", "Network"],
  ["#/messages", null, "default-address-pools", "all predefined address pools have been fully subnetted"],
] as const) {
  for (const width of [1440, 390]) {
    test(`whoever comes back to ${list} finds it as it was, ${width} pixels wide`, async ({ drydock, page }) => {
      await page.setViewportSize({ width, height: 500 });
      await drydock.open(list);
      await expect(drydock.reference).toContainText(words);
      const link = drydock.reference.getByRole("link", { name: entry, exact: true }).first();
      if (search) await page.getByRole("searchbox", { name: search }).fill("pool");
      else await page.getByRole("textbox", { name: "A line of the log" }).fill("all predefined address pools have been fully subnetted");
      await link.scrollIntoViewIfNeeded();
      await link.focus();
      const before = await link.boundingBox();
      for (const back of [() => page.goBack(), () => page.getByRole("navigation", { name: "Contents" }).locator(`a[href='${list}']`).click()]) {
        await page.keyboard.press("Enter");
        await expect(drydock.reference.getByRole("heading", { level: 1 })).not.toHaveText(/checks|Options|says/);
        await back();
        await expect(link).toBeFocused();
        expect(await link.boundingBox()).toEqual(before);
        if (search) await expect(page.getByRole("searchbox", { name: search })).toHaveValue("pool");
        else await expect(page.getByRole("textbox", { name: "A line of the log" })).toHaveValue(/^all predefined/);
      }
    });
  }
}

test("a page that is opened anew begins at its top, and Back leads to where another was left", async ({ drydock, page }) => {
  await page.setViewportSize({ width: 1440, height: 500 });
  await drydock.open("#/options/default-address-pools");
  await expect(drydock.reference).not.toContainText("on its way");
  const inside = drydock.reference.getByRole("link", { name: "default-address-pools[].size", exact: true });
  await inside.scrollIntoViewIfNeeded();
  const before = await inside.boundingBox();
  await inside.click();
  await expect(drydock.reference).toBeFocused();
  await expect(drydock.reference.getByRole("heading", { level: 1 })).toBeInViewport();
  await page.goBack();
  await expect(inside).toBeFocused();
  expect(await inside.boundingBox()).toEqual(before);
});

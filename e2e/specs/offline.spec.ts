import type { Page } from "@playwright/test";

import { QUOTED_NUMBER, QUOTED_NUMBER_IN_NIX } from "../configurations.ts";
import { Drydock } from "../drydock.ts";
import { Host } from "../host.ts";
import { EVERYWHERE, expect, test as base } from "../test.ts";

/** The site in a folder of a host of its own, so that no spec meets what another one keeps in the browser. */
const test = base.extend<{ host: Host }>({
  host: async ({}, use, testInfo) => {
    const host = new Host(testInfo.project.use.baseURL ?? "");
    await host.start();
    await use(host);
    await host.stop();
  },
  baseURL: ({ host }, use) => use(host.address),
});

test.use({ serviceWorkers: "allow" });

/** Visits the page for the first time, and waits until all of it is kept. */
async function visit(page: Page): Promise<void> {
  await page.goto("./");
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active?.state !== "activated") {
      await new Promise((resolve) => active?.addEventListener("statechange", resolve, { once: true }));
    }
  });
}

/** The build of the page that is shown. */
function build(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.documentElement.dataset.build);
}

/** How many versions of the site the browser keeps. */
function keptVersions(page: Page): Promise<number> {
  return page.evaluate(async () => (await caches.keys()).length);
}

test("after one visit the whole page works without network", EVERYWHERE, async ({ drydock, page, host, context }) => {
  await visit(page);
  await host.stop();
  await context.setOffline(true);

  await page.goto("./?from=elsewhere");
  await drydock.isReady();
  await drydock.write(QUOTED_NUMBER);
  await expect(drydock.problem("mtu")).toBeVisible();

  await page.goto("./index.html#/travel");
  await expect(drydock.travel).toBeVisible();
  await drydock.goToPlace("WIFIonICE");
  await expect(drydock.answer).toContainText("172.18.0.0/16, the same as WIFIonICE");

  await page.goto("./#/options/mtu");
  await expect(drydock.reference).toContainText("mtu");
  await host.start();
});

test("a draft of Nix is read without network, though it is the first", async ({ drydock, page, host, context }) => {
  await visit(page);
  await drydock.isReady();
  await drydock.write(QUOTED_NUMBER_IN_NIX);
  await expect(drydock.said).toContainText("1 error");
  await host.stop();
  await context.setOffline(true);
  await page.reload();
  await drydock.hasText(QUOTED_NUMBER_IN_NIX);
  await drydock.fix(drydock.problem("mtu"));
  await expect(drydock.verdict).toContainText("starts");
  await host.start();
});

test.describe("an embed", () => {
  // Of what is opened by itself browsers ask for an icon at the root of the host.
  test.use({ expected: /Failed to load resource/ });

  test("that was shown is shown without network", async ({ page, host, context }) => {
    await visit(page);
    const isShown = async () => {
      await page.goto("./embed.html#pool=10.201.0.0/16:24&engine=28");
      await expect(page.locator("#verdict")).toContainText("255 networks");
      await expect(page.getByRole("textbox")).toHaveAttribute("contenteditable", "true");
    };
    await isShown();
    await host.stop();
    await context.setOffline(true);
    await page.goto("about:blank");
    await isShown();
    await host.start();
  });
});

test("whatever was built for the page is kept", async ({ page, host }) => {
  await visit(page);
  const kept = await page.evaluate(async () => {
    const [name] = await caches.keys();
    const requests = await (await caches.open(name ?? "")).keys();
    return requests.map(({ url }) => url).sort();
  });
  const manifest = (await (await fetch(`${host.address}manifest.json`)).json()) as { files: { path: string; group: string }[] };
  const built = manifest.files
    .filter(({ path, group }) => path !== "sw.js" && path !== "version.json" && group !== "embed")
    .map(({ path }) => host.address + (path === "index.html" ? "" : path))
    .sort();
  expect(kept).toEqual(built);
});

test("a newer version announces itself, waits, and keeps what was typed", async ({ drydock, page, host }) => {
  await visit(page);
  const before = await build(page);
  host.publish("0123456789");
  await page.reload();
  await drydock.isReady();
  await drydock.write(QUOTED_NUMBER);
  await expect(page.getByText("A new version is here")).toBeVisible();
  expect(await build(page)).toBe(before);

  await page.getByRole("button", { name: "Load it" }).click();
  await expect.poll(() => build(page).catch(() => undefined)).toBe("0123456789");
  await drydock.isReady();
  await drydock.hasText(QUOTED_NUMBER);
  await expect(page.getByText("A new version is here")).toBeHidden();
  await expect.poll(() => keptVersions(page)).toBe(1);
});

test("each tab keeps its own text, and loads a newer version when it is told to", async ({ drydock, page, host, context }) => {
  await visit(page);
  const before = await build(page);
  host.publish("0123456789");
  await page.reload();
  await drydock.isReady();
  await drydock.write(QUOTED_NUMBER);
  await expect(drydock.said).toContainText("1 error");

  const otherPage = await context.newPage();
  const other = new Drydock(otherPage);
  await otherPage.goto("./");
  await other.isReady();
  await other.write("{}");
  // Now this is the draft.
  await expect(other.said).toContainText("starts with this configuration");

  await page.getByRole("button", { name: "Load it" }).click();
  await expect.poll(() => build(page).catch(() => undefined)).toBe("0123456789");
  await drydock.isReady();
  await drydock.hasText(QUOTED_NUMBER);
  expect(await build(otherPage)).toBe(before);
  await other.hasText("{}");
  await otherPage.getByRole("button", { name: "Load it" }).click();
  await expect.poll(() => build(otherPage).catch(() => undefined)).toBe("0123456789");
  await other.hasText("{}");
});

test("a newer version can wait", async ({ drydock, page, host }) => {
  await visit(page);
  host.publish("0123456789");
  await page.reload();
  await page.getByRole("button", { name: "Later" }).click();
  await expect(page.getByText("A new version is here")).toBeHidden();
  await drydock.isReady();
  await drydock.write(QUOTED_NUMBER);
  await expect(drydock.problem("mtu")).toBeVisible();
});

test.describe("when a file is missing", () => {
  test("nothing is kept, and the page works as before", async ({ drydock, page, host }) => {
    // No page loads it: only the worker asks for it.
    host.missing = "icons/maskable-512";
    await page.goto("./");
    await expect.poll(() => host.wasAskedFor("icons/maskable-512")).toBe(true);
    await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
    expect(await keptVersions(page)).toBe(0);
    await drydock.isReady();
  });

  test("a newer version is not taken, and the old one stays whole", async ({ drydock, page, host, context }) => {
    await visit(page);
    const before = await build(page);
    // A file whose name tells nothing of its bytes, so that it is asked for with every version.
    host.missing = "manifest.webmanifest";
    host.publish("0123456789");
    await page.reload();
    await expect.poll(() => host.wasAskedFor("manifest.webmanifest")).toBe(true);
    await expect.poll(() => page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      return registration?.installing?.state ?? registration?.waiting?.state ?? "none";
    })).toBe("none");
    expect(await keptVersions(page)).toBe(1);
    await expect(page.getByText("A new version is here")).toBeHidden();

    await host.stop();
    await context.setOffline(true);
    await page.reload();
    await drydock.isReady();
    expect(await build(page)).toBe(before);
    await host.start();
  });
});

import type { Page } from "@playwright/test";
import jsqr from "jsqr";

import { Drydock } from "../drydock.ts";
import { EVERYWHERE, expect, test } from "../test.ts";

const decodeQr = jsqr as unknown as typeof jsqr.default;

/** A text whose comment and layout only one form of the link keeps. */
const COMMENTED = '{\n  // for the train\n  "default-address-pools": [ { "base": "10.201.0.0/16", "size": 24 } ]\n}\n';

/** The same settings as every short link prints them. */
const PLAIN = '{\n  "default-address-pools": [\n    { "base": "10.201.0.0/16", "size": 24 }\n  ]\n}\n';

const MINE = '{ "debug": true }';
const POOL = "#pool=10.201.0.0/16:24";
const SECRET = '{\n  "proxies": { "https-proxy": "http://me:hunter2@proxy.example.com:3128" }\n}\n';

/** Waits until the draft is kept, which is when typing has rested. */
async function rested(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => localStorage.getItem("drydock.text"))).not.toBeNull();
}

test("a link opens the same in another browser", EVERYWHERE, async ({ drydock, browser, baseURL }) => {
  await drydock.openWith(COMMENTED);
  await drydock.engine.selectOption("28");
  await drydock.release.selectOption("25.11");
  await drydock.openHost();
  await drydock.page.getByRole("switch", { name: "Runs rootless" }).click();
  await drydock.page.keyboard.press("Escape");
  await drydock.look("Keep clear of");
  await drydock.avoid.fill("10.201.7.0/24 office");
  await drydock.target.selectOption({ index: 2 });
  const target = await drydock.target.inputValue();
  const verdict = await drydock.verdict.textContent();
  const fragment = await drydock.fragment();
  expect(fragment).toMatch(/^#v1[0-9A-Za-z]+$/);

  const context = await browser.newContext({ baseURL });
  const other = new Drydock(await context.newPage());
  await other.open(fragment);
  await other.hasText(COMMENTED);
  await expect(other.engine).toHaveValue("28");
  await expect(other.release).toHaveValue("25.11");
  await expect(other.target).toHaveValue(target);
  await expect(other.avoid).toHaveValue("10.201.7.0/24 office");
  await expect(other.verdict).toHaveText(verdict ?? "");
  expect(await other.fragment()).toBe(fragment);
  await context.close();
});

test("a link opens without a question where nothing was written", async ({ drydock }) => {
  await drydock.open(`${POOL}&engine=28`);
  await drydock.hasText(PLAIN);
  await expect(drydock.engine).toHaveValue("28");
  await expect(drydock.arrival).toBeHidden();
});

test("a draft is kept when the visitor wants it", EVERYWHERE, async ({ drydock, page }) => {
  await drydock.openWith(MINE);
  await rested(page);
  await drydock.follow(POOL);
  await expect(drydock.arrival).toContainText("This link holds another configuration");
  await drydock.hasText(MINE);
  await drydock.answerLink("Keep mine");
  await drydock.hasText(MINE);
  await expect(page).toHaveURL(/#\/$/);
  // Asked again, it asks again.
  await drydock.follow(POOL);
  await expect(drydock.arrival).toBeVisible();
});

test("a draft that gave way to a link comes back by undo", async ({ drydock, page }) => {
  await drydock.openWith(MINE);
  await rested(page);
  await page.goto("about:blank");
  await drydock.open(POOL);
  await drydock.hasText(MINE);
  await drydock.answerLink("Open it");
  await drydock.hasText(PLAIN);
  await drydock.undo();
  await drydock.hasText(MINE);
});

test("what a link brings along is not kept for the next visit", async ({ drydock, page }) => {
  await drydock.open(`${POOL}&engine=26&nixos=25.11&check=172.18.0.0/16`);
  await expect(drydock.engine).toHaveValue("26");
  await rested(page);
  await page.goto("about:blank");
  await drydock.open();
  await drydock.hasText(PLAIN);
  await expect(drydock.engine).toHaveValue("29");
  await drydock.look("Keep clear of");
  await expect(drydock.avoid).toHaveValue("");
});

for (const [name, make, words] of [
  ["cut off", (link: string) => link.slice(0, -3), "cut off"],
  ["mistyped", (link: string) => link.slice(0, -1) + (link.endsWith("a") ? "b" : "a"), "damaged"],
  ["of the future", () => "#v2abcdef", "newer Drydock"],
  ["too long", () => `#v1${"a".repeat(140_000)}`, "too long"],
  ["nothing but its version", () => "#v1", "cut off"],
  ["nonsense", () => "#%E0%A4%A", "not a link"],
  ["half understood", () => "#pool=10.0.0.0/16:many", "pool=10.201.0.0/16:24"],
  ["full of surprises", () => "#check=<img src=x onerror=alert(1)>&moon=1", "not understood"],
] as const) {
  test(`a link that is ${name} says so, and the page is whole`, async ({ drydock, page }) => {
    await drydock.openWith(COMMENTED);
    await rested(page);
    const fragment = make(await drydock.fragment());
    await drydock.follow(fragment);
    await expect(drydock.arrival).toContainText(words);
    await drydock.hasText(COMMENTED);
    await expect(drydock.arrival.locator("img")).toHaveCount(0);
    await drydock.answerLink("Dismiss");
    await drydock.write(MINE);
    await expect(drydock.verdict).toContainText("The daemon starts");
  });
}

test("what is left of a link can be opened", async ({ drydock, page }) => {
  const long = Array.from({ length: 40 }, (_, at) => `// ${(at * 7919).toString(36)} is number ${at * at}\n`).join("");
  await drydock.openWith(long);
  const fragment = await drydock.fragment();
  await page.evaluate(() => localStorage.clear());
  await page.goto("about:blank");
  await drydock.open(fragment.slice(0, -20));
  await expect(drydock.arrival).toContainText("cut off");
  await drydock.answerLink("Open what is left");
  await expect.poll(async () => (await drydock.text()).slice(0, 200)).toBe(long.slice(0, 200));
});

test("the address holds what was shared, and back leads back", async ({ drydock, page }) => {
  await drydock.openWith(COMMENTED);
  await rested(page);
  expect(page.url()).not.toContain("#v1");
  await drydock.share();
  await drydock.sharing.getByRole("button", { name: "Copy link" }).click();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/#v1/);
  const [first, steps] = [page.url(), await page.evaluate(() => history.length)];
  await drydock.write(MINE);
  await expect(page).not.toHaveURL(first);
  expect(await page.evaluate(() => history.length)).toBe(steps);
  const second = page.url();
  await page.goto(`${new URL(second).pathname}#/options`);
  await expect(drydock.reference).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(second);
  await drydock.hasText(MINE);
  await expect(drydock.arrival).toBeHidden();
  await page.reload();
  await drydock.isReady();
  await drydock.hasText(MINE);
  await expect(drydock.arrival).toBeHidden();
});

test("the address of an opened link follows the text", async ({ drydock, page }) => {
  await drydock.open(POOL);
  await drydock.hasText(PLAIN);
  await drydock.write(MINE);
  await expect(page).toHaveURL(/#v1/);
});

test("one link after the other, and back again", async ({ drydock, page }) => {
  await drydock.open(POOL);
  await drydock.hasText(PLAIN);
  await drydock.follow("#bip=10.200.0.1/24");
  await drydock.hasText('{\n  "bip": "10.200.0.1/24"\n}\n');
  await page.goBack();
  await drydock.hasText(PLAIN);
});

test("the dialog is worked by keyboard", async ({ drydock, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await drydock.openWith(COMMENTED);
  await page.getByRole("button", { name: "Share" }).focus();
  await page.keyboard.press("Enter");
  await expect(drydock.linkForm("As written")).toBeChecked();
  const written = await drydock.link.inputValue();
  await drydock.reach(drydock.linkForm("As written"));
  await page.keyboard.press("ArrowUp");
  await expect(drydock.linkForm("Settings only")).toBeChecked();
  const short = await drydock.link.inputValue();
  expect(short.length).toBeLessThan(written.length);
  await expect(drydock.sharing).toContainText(`${short.length} characters`);
  await drydock.reach(drydock.sharing.getByRole("button", { name: "Copy link" }));
  await page.keyboard.press("Enter");
  await expect(drydock.said).toHaveText("Copied");
  expect(await drydock.clipboard()).toBe(short);
  await page.keyboard.press("Escape");
  await expect(drydock.sharing).toBeHidden();
  await expect(page.getByRole("button", { name: "Share" })).toBeFocused();
});

test("settings as the printer writes them need one form only", async ({ drydock }) => {
  await drydock.openWith('{\n  "debug": true\n}\n');
  await drydock.share();
  await expect(drydock.sharing.getByRole("radio")).toHaveCount(0);
});

test("a badge holds the link", async ({ drydock, context, request }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await drydock.openWith(COMMENTED);
  await drydock.share();
  const link = await drydock.link.inputValue();
  await drydock.sharing.getByRole("button", { name: "Copy markdown badge" }).click();
  const badge = await drydock.clipboard();
  const picture = /^\[!\[Open in Drydock\]\((.*)\)\]\((.*)\)$/.exec(badge);
  expect(picture?.[2]).toBe(link);
  const answer = await request.get(picture?.[1] ?? "");
  expect(answer.headers()["content-type"]).toContain("image/svg+xml");
});

test("a forum post holds what is shown as the result, and the text where there is none", async ({ drydock, context, page }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const post = async () => {
    await drydock.share();
    const link = await drydock.link.inputValue();
    await drydock.sharing.getByRole("button", { name: "Copy forum post" }).click();
    await expect.poll(() => drydock.clipboard()).toContain(link);
    const copied = await drydock.clipboard();
    await page.keyboard.press("Escape");
    await expect(drydock.sharing).toBeHidden();
    return copied.replace(link, "link");
  };
  await drydock.openWith('{ "debug": true }');
  for (const [tab, language] of [["Nix", "nix"], ["daemon.json", "json"]] as const) {
    await drydock.show(tab);
    const { text } = await drydock.save();
    expect(await post()).toBe(`\`\`\`${language}\n${text}\`\`\`\n\n[Open in Drydock](link)\n`);
  }
  await drydock.write("````\ndefault via 192.168.178.1 dev eth0\n");
  expect(await post()).toContain("`````json\n````\ndefault via 192.168.178.1 dev eth0\n`````\n");
});

test("a password in the text is told before the link is copied", async ({ drydock }) => {
  await drydock.openWith(SECRET);
  await drydock.share();
  const warning = drydock.sharing.getByRole("alert");
  await expect(warning).toContainText("A URL holds a password: line 2, column 39");
  await warning.getByRole("button", { name: "Show line 2, column 39" }).click();
  await expect(drydock.sharing).toBeHidden();
  await drydock.hasSelected("me:hunter2");
});

test("a password that is in a comment is told where the link holds comments", async ({ drydock }) => {
  await drydock.openWith('{\n  "debug": true // token=hunter2\n}\n');
  await drydock.share();
  await expect(drydock.sharing.getByRole("alert")).toContainText("line 2, column 26");
  await drydock.sharing.getByRole("radio", { name: "Settings only" }).check();
  await expect(drydock.sharing.getByRole("alert")).toHaveCount(0);
});

test("a camera reads the link from its code", async ({ drydock, page }) => {
  await drydock.openWith(PLAIN);
  await drydock.share();
  const code = drydock.sharing.getByRole("img", { name: "QR code of the link" });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const picture = (await code.screenshot()).toString("base64");
    const { data, width, height } = await page.evaluate(async (picture) => {
      const image = new Image();
      image.src = `data:image/png;base64,${picture}`;
      await image.decode();
      const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
      const pen = canvas.getContext("2d");
      if (!pen) throw new Error("This browser does not paint");
      pen.drawImage(image, 0, 0);
      return { data: [...pen.getImageData(0, 0, image.width, image.height).data], width: image.width, height: image.height };
    }, picture);
    expect(decodeQr(Uint8ClampedArray.from(data), width, height)?.data).toBe(await drydock.link.inputValue());
  }
});

test("a text too long for a link says so", async ({ drydock }) => {
  await drydock.open();
  await drydock.openFile("daemon.json", `{ "labels": ["${"a=b,".repeat(20_000)}"] }`);
  await drydock.share();
  await expect(drydock.sharing).toContainText("too long for a link");
});

test("the system's own way to send is offered where there is one", async ({ drydock, page }) => {
  await page.addInitScript(() => {
    Object.assign(navigator, { share: (what: object) => { Object.assign(window, { sent: what }); return Promise.resolve(); } });
  });
  await drydock.openWith(PLAIN);
  await drydock.share();
  await drydock.sharing.getByRole("button", { name: "Send" }).click();
  const sent = await page.evaluate(() => Reflect.get(window, "sent") as { url: string });
  expect(sent.url).toBe(await drydock.link.inputValue());
});

for (const width of [390, 320]) {
  test.describe(`${width} pixels wide`, () => {
    test.use({ viewport: { width, height: 844 }, hasTouch: true, isMobile: true });

    test("header, dialog and questions fit", async ({ drydock, page }) => {
      await drydock.openWith(SECRET + COMMENTED);
      await rested(page);
      const fits = async () => {
        expect(await page.evaluate(() => document.scrollingElement?.scrollWidth)).toBeLessThanOrEqual(width);
        expect(await drydock.cutOff(width)).toEqual([]);
        expect(await drydock.smallTargets(44)).toEqual([]);
      };
      await drydock.engine.selectOption("20.10");
      await drydock.share();
      await fits();
      await page.keyboard.press("Escape");
      await drydock.follow(POOL);
      await expect(drydock.arrival).toBeVisible();
      await fits();
    });
  });
}

import { GOOD, QUOTED_NUMBER } from "../configurations.ts";
import { block } from "../docs.ts";
import { test } from "../embeds.ts";
import { expect } from "../test.ts";

/** A page that shows the frame by hand, and keeps what it is told; `tell` answers. It listens before the frame speaks. */
function byHand(address: string, attributes: string): string {
  return `<script src="/host.js"></script><iframe title="A configuration" id="frame" ${attributes} src="${address}" width="700" height="500"></iframe>`;
}

const HOST_SCRIPT = `
  heard = [];
  addEventListener("message", ({ data, origin }) => heard.push({ ...data, from: origin }));
  tell = (message, to) => document.getElementById("frame").contentWindow.postMessage({ source: "drydock", v: 1, ...message }, to);
`;

type Message = Record<string, unknown> & { type: string };

test.describe("shown by hand", () => {
  test.beforeEach(({ docs }) => docs.write("/host.js", HOST_SCRIPT));

  const all = (page: import("@playwright/test").Page) => page.evaluate(() => Reflect.get(globalThis, "heard") as Message[]);
  const tell = (page: import("@playwright/test").Page, message: Record<string, unknown>, to: string) =>
    page.evaluate(([message, to]) => { (Reflect.get(globalThis, "tell") as (message: unknown, to: unknown) => void)(message, to); }, [message, to] as const);

  test("in a sandbox without an origin it does the same", async ({ docs, page, site }) => {
    docs.page(byHand(`${site}embed.html?origin=${encodeURIComponent(docs.address)}`, 'sandbox="allow-scripts"'));
    await page.goto("/");
    await expect.poll(async () => (await all(page)).some(({ type }) => type === "ready")).toBe(true);
    await tell(page, { type: "set", text: QUOTED_NUMBER, look: {}, reports: true }, "*");
    await tell(page, { type: "show", part: "editor" }, "*");
    const frame = page.frameLocator("#frame");
    await expect(frame.locator("#verdict")).toContainText("1 error");
    const editor = frame.getByRole("textbox", { name: "Docker daemon configuration" });
    await expect(editor).toHaveAttribute("contenteditable", "true");
    await expect.poll(async () => (await all(page)).find(({ type }) => type === "change")?.link).toMatch(/^#v1/);
    expect((await all(page)).every(({ from }) => from === "null")).toBe(true);

    // Without a clipboard the result is selected, to be copied by hand.
    await frame.getByRole("tab", { name: "Result" }).click();
    await frame.getByRole("button", { name: "Copy Nix" }).click();
    const selected = () => frame.locator("body").evaluate(() => String(getSelection()));
    await expect.poll(selected).toContain("virtualisation.docker");
  });

  test("without scripts of the page it shows what its address holds", async ({ docs, page, site }) => {
    docs.page(byHand(`${site}embed.html#pool=10.201.0.0/16:24&engine=28`, 'sandbox="allow-scripts"'));
    await page.goto("/");
    const frame = page.frameLocator("#frame");
    await expect(frame.locator("#verdict")).toContainText("255 networks");
    await expect(frame.getByRole("textbox")).toHaveAttribute("contenteditable", "true");
    await expect(frame.getByRole("link", { name: "Open in Drydock" })).toHaveAttribute("href", /#v1/);
    // Nobody said who may know what is written.
    expect((await all(page)).map(({ type }) => type).filter((type) => type !== "resize")).toEqual([]);
  });

  test("its verdict leads to the problems there too", async ({ docs, page, site }) => {
    docs.page(byHand(`${site}embed.html#pool=10.201.0.0/16:24&engine=28`, ""));
    await page.goto("/");
    const frame = page.frameLocator("#frame");
    await expect(frame.getByRole("textbox")).toHaveAttribute("contenteditable", "true");
    await frame.getByRole("tab", { name: "Map" }).click();
    await frame.locator("#verdict").click();
    await expect(frame.getByRole("tab", { name: "Problems" })).toHaveAttribute("aria-selected", "true");
  });

  test("a broken link is told", async ({ docs, page, site }) => {
    docs.page(byHand(`${site}embed.html#v1xyz`, ""));
    await page.goto("/");
    await expect(page.frameLocator("#frame").locator("#verdict")).toHaveAttribute("data-severity", "warning");
  });

  test("only the page that the address names is heard and told", async ({ docs, page, site }) => {
    docs.page(byHand(`${site}embed.html?origin=https://docs.example.com`, ""));
    await page.goto("/");
    await expect.poll(async () => (await all(page)).some(({ type }) => type === "resize")).toBe(true);
    await tell(page, { type: "set", text: QUOTED_NUMBER, reports: true }, "*");
    await tell(page, { type: "show", part: "editor" }, "*");
    // What was asked for is not answered, while what is shown is.
    await page.waitForLoadState("networkidle");
    await expect(page.frameLocator("#frame").locator("#verdict")).toBeHidden();
    await expect(page.frameLocator("#frame").getByRole("textbox")).toBeHidden();
    expect((await all(page)).filter(({ type }) => type !== "resize")).toEqual([]);
  });

  test("what is no message of this version is passed over", async ({ docs, page, site }) => {
    docs.page(byHand(`${site}embed.html?origin=${encodeURIComponent(docs.address)}`, ""));
    await page.goto("/");
    await expect.poll(async () => (await all(page)).some(({ type }) => type === "ready")).toBe(true);
    for (const message of [
      { v: 2, type: "set", text: "{" },
      { source: "somebody", type: "set", text: "{" },
      { type: "nothing", text: "{" },
      { type: "set", text: { toString: null }, engine: 28, look: "dark", view: ["editor"], reports: "yes" },
      { type: "set", look: { grounds: "red", font: 7, mono: {}, size: null, scheme: [] } },
      { type: "show", part: { editor: true } },
      { type: "show", part: "<script>" },
      { type: "set", engine: "9".repeat(5000), nixos: "☃", target: "constructor", view: "__proto__" },
    ]) await tell(page, message, site.slice(0, -1));
    await tell(page, { type: "show", part: "" }, site.slice(0, -1));
    await tell(page, { type: "set", text: "<img src=x onerror=alert(1)>`<b>`" }, site.slice(0, -1));
    const frame = page.frameLocator("#frame");
    await expect(frame.locator("#verdict")).toContainText("The daemon refuses this file");
    await expect(frame.locator("img, b")).toHaveCount(0);
  });

  test("a flood of messages, and one that is too long, are borne", async ({ docs, page, site }) => {
    docs.page(byHand(`${site}embed.html?origin=${encodeURIComponent(docs.address)}`, ""));
    await page.goto("/");
    await expect.poll(async () => (await all(page)).some(({ type }) => type === "ready")).toBe(true);
    await page.evaluate((to) => {
      const tell = Reflect.get(globalThis, "tell") as (message: unknown, to: string) => void;
      for (let count = 0; count < 5000; count++) tell({ type: "set", text: `{ "debug": ${count} }`, reports: true }, to);
      tell({ type: "set", text: "[".repeat(1_000_000) }, to);
    }, site.slice(0, -1));
    const line = page.frameLocator("#frame").locator("#verdict");
    await expect(line).toContainText("too long to be checked here");
    await tell(page, { type: "set", text: GOOD, reports: true }, site.slice(0, -1));
    await expect(line).toContainText("The daemon starts");
    await expect.poll(async () => (await all(page)).filter(({ type }) => type === "change").at(-1)?.value).toBe(GOOD);
    expect((await all(page)).filter(({ type }) => type === "verdict").length).toBeLessThan(100);
  });
});

test("an editor heeds its own frame only", async ({ docs, page, embed }) => {
  docs.page(`${block(GOOD)}<iframe title="Somebody else's" src="about:blank" id="stranger"></iframe>`);
  await page.goto("/");
  await expect(embed.verdict).toContainText("starts");
  const forged = { source: "drydock", v: 1, type: "change", value: "forged", diagnostics: [], outputs: {} };
  await page.evaluate((forged) => {
    // From the page itself, and in the name of its frame but from another place.
    postMessage(forged, "*");
    postMessage({ ...forged, type: "link", link: "#forged" }, "*");
    const source = document.querySelector("drydock-editor")?.shadowRoot?.querySelector("iframe")?.contentWindow;
    dispatchEvent(new MessageEvent("message", { source: source ?? null, origin: "https://elsewhere.example", data: forged }));
  }, forged);
  expect(await embed.value()).toBe(GOOD);
  await expect(embed.link).not.toHaveAttribute("href", /forged/);
});

import { TWO_MISTAKES } from "../configurations.ts";
import { EVERYWHERE, expect, test } from "../test.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("from an empty page to a copied result without a pointer", EVERYWHERE, async ({ drydock, page }) => {
  const { keyboard } = page;
  await drydock.open();
  await keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the configuration" })).toBeFocused();
  await keyboard.press("Enter");
  await expect(drydock.editor).toBeFocused();
  await keyboard.insertText(TWO_MISTAKES);
  await expect(drydock.problems).toHaveCount(2);

  await keyboard.press("ControlOrMeta+.");
  await expect(drydock.problems).toHaveCount(0);

  await drydock.reach(drydock.tab("Nix"));
  await keyboard.press("ArrowRight");
  await expect(drydock.tab("daemon.json")).toBeFocused();
  await expect(drydock.tab("daemon.json")).toHaveAttribute("aria-selected", "true");
  await drydock.reach(drydock.copyButton);
  await keyboard.press("Enter");
  await expect(drydock.said).toHaveText("Copied");
  expect(JSON.parse(await drydock.clipboard())).toEqual({ dns: ["1.1.1.1"], mtu: 1450 });
});

test("focus goes on to the next problem when one is fixed", async ({ drydock, page }) => {
  await drydock.openWith(TWO_MISTAKES);
  await drydock.problem("dns").getByRole("button", { name: /^Fix:/ }).focus();
  await page.keyboard.press("Enter");
  await expect(drydock.problems).toHaveCount(1);
  await expect(drydock.problem("mtu").getByRole("button").first()).toBeFocused();
  await drydock.reach(drydock.problem("mtu").getByRole("button", { name: /^Fix:/ }));
  await page.keyboard.press("Enter");
  await expect(drydock.problems).toHaveCount(0);
  await expect(page.getByText("No problems").locator("..")).toBeFocused();

  await drydock.write(`${TWO_MISTAKES.slice(0, -2)},\n  "shutdown-timeout": "long"\n}`);
  await drydock.fixAll.focus();
  await page.keyboard.press("Enter");
  await expect(drydock.problems).toHaveCount(1);
  await expect(page.getByRole("list", { name: "Problems" })).toBeFocused();
});

test("a menu opens and closes by keyboard, and gives focus back", async ({ drydock, page }) => {
  await drydock.open();
  const examples = page.getByRole("button", { name: "Examples" });
  await examples.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: /^Nothing but Docker/ })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(examples).toBeFocused();
  await expect(examples).toHaveAttribute("aria-expanded", "false");
});

test("panels are resized by keyboard, and stay so", async ({ drydock, page }) => {
  await drydock.open();
  const handle = page.getByRole("separator", { name: "Resize configuration and result" });
  const share = async () => Number(await handle.getAttribute("aria-valuenow"));
  const before = await share();
  await handle.focus();
  await page.keyboard.press("ArrowLeft");
  await expect.poll(share).toBeLessThan(before);
  const after = await share();
  await page.reload();
  await drydock.isReady();
  expect(await share()).toBe(after);
});

test("every stop of the Tab key can be seen", async ({ drydock, page }) => {
  await drydock.openWith(TWO_MISTAKES);
  await page.mouse.click(1, 1);
  const unseen: string[] = [];
  const stops = new Set<string>();
  for (let count = 0; count < 60; count++) {
    await page.keyboard.press("Tab");
    const stop = await drydock.focusRing();
    if (stops.has(stop.name)) break;
    stops.add(stop.name);
    if (!stop.seen) unseen.push(stop.name);
  }
  expect(stops.size).toBeGreaterThan(15);
  expect(unseen).toEqual([]);
});

test("what is pasted right after coming goes into the text, and into a field that has the keyboard", async ({ drydock, page }) => {
  await drydock.open();
  await page.evaluate(() => navigator.clipboard.writeText('{ "debug": true }'));
  await page.keyboard.press("ControlOrMeta+v");
  await drydock.hasText('{ "debug": true }');
  await drydock.look("Keep clear of");
  await drydock.avoid.focus();
  await page.keyboard.press("ControlOrMeta+v");
  await expect(drydock.avoid).toHaveValue('{ "debug": true }');
  await drydock.hasText('{ "debug": true }');
});

test("the Tab key leaves the text, and takes what is offered while something is", async ({ drydock, page }) => {
  await drydock.open();
  await drydock.editor.focus();
  await page.keyboard.type('{ "deb');
  await expect(drydock.completions.first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(drydock.completions).toHaveCount(0);
  await page.keyboard.press("Tab");
  await expect(drydock.editor).not.toBeFocused();
  await drydock.editor.focus();
  await page.keyboard.type("u");
  await expect(drydock.completions.first()).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(drydock.editor).toBeFocused();
  await expect.poll(() => drydock.text()).toContain('"debug"');
});

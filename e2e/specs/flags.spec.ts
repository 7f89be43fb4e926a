import { block } from "../docs.ts";
import { Drydock } from "../drydock.ts";
import { test as embeds } from "../embeds.ts";
import { expect, test } from "../test.ts";

const LINE = "dockerd -H unix:///var/run/docker.sock --mtu=big \\\n  --log-driver local";
const RIGHT = "dockerd --debug --log-driver local\n";
const UNIT = "[Service]\nExecStart=\nExecStart=/usr/bin/dockerd -H fd:// --log-driver local\n";

test("a command line is checked and mended where it stands", async ({ drydock }) => {
  await drydock.openWith(`${LINE} --debgu`);
  await expect(drydock.verdict).toContainText("The daemon refuses these flags: 2 errors");
  await expect(drydock.readAs).toHaveValue("dockerd flags");
  await drydock.fix(drydock.problem("--debgu"));
  await drydock.hasText(`${LINE} --debug`);
  await drydock.fix(drydock.problem("--mtu"));
  await drydock.hasText(`${LINE.replace(" --mtu=big", "")} --debug`);
  await expect(drydock.verdict).toContainText("The daemon starts");
});

test("a field of the form edits its flag", async ({ drydock }) => {
  await drydock.openWith(RIGHT);
  await drydock.openForm();
  await expect(drydock.field("debug")).toBeChecked();
  await drydock.field("shutdown-timeout").fill("30");
  await expect(drydock.result).toContainText("shutdown-timeout = 30;");
  await drydock.openText();
  await drydock.hasText("dockerd --debug --log-driver local --shutdown-timeout 30\n");
});

test("flags become a daemon.json, and a daemon.json becomes flags", async ({ drydock }) => {
  await drydock.openWith(RIGHT);
  await drydock.show("daemon.json");
  await expect(drydock.result).toContainText('"log-driver": "local"');
  await drydock.write('{ "dns": ["1.1.1.1"], "builder": { "gc": { "enabled": true } } }');
  await drydock.show("Flags");
  await expect(drydock.result).toContainText("--dns=1.1.1.1");
  await expect(drydock.result).toContainText("No flag of dockerd says builder");
});

test("flags are offered and explained", async ({ drydock, page }) => {
  await drydock.openWith("dockerd ");
  await page.keyboard.press("ControlOrMeta+End");
  await drydock.type("--log-d");
  await drydock.completions.filter({ hasText: "--log-driver" }).click();
  await expect(drydock.completions.filter({ hasText: "json-file" })).toBeVisible();
  await page.keyboard.press("Escape");
  await drydock.words("--log-driver").hover();
  await expect(drydock.card).toContainText("log-driver");
});

test("a unit is saved as one, and can be read as something else", async ({ drydock }) => {
  await drydock.openWith(UNIT);
  await expect(drydock.readAs).toHaveValue("systemd unit");
  expect((await drydock.saveText()).name).toBe("override.conf");
  await drydock.readAs.selectOption("daemon.json");
  await expect(drydock.problem("not a daemon.json")).toBeVisible();
  await drydock.readAs.selectOption("systemd unit");
  await expect(drydock.verdict).toContainText("The daemon starts");
});

test("a link opens flags as flags", async ({ drydock, browser, baseURL }) => {
  await drydock.openWith(UNIT);
  const fragment = await drydock.fragment();
  const context = await browser.newContext({ baseURL });
  const other = new Drydock(await context.newPage());
  await other.open(fragment);
  await other.hasText(UNIT);
  await expect(other.readAs).toHaveValue("systemd unit");
  await context.close();
});

test("a draft of flags is never called broken JSON while the page loads", async ({ drydock, page }) => {
  await drydock.openWith(RIGHT);
  await expect.poll(() => page.evaluate(() => localStorage.getItem("drydock.text"))).toBe(RIGHT);
  await page.addInitScript(() => {
    new MutationObserver(() => {
      const verdict = document.getElementById("verdict")?.textContent ?? "";
      sessionStorage.setItem("said", `${sessionStorage.getItem("said") ?? ""}|${verdict}`);
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  await drydock.open();
  await expect(drydock.verdict).toContainText("The daemon starts");
  expect(await page.evaluate(() => sessionStorage.getItem("said"))).not.toContain("JSON");
});

embeds("an embed says what is wrong with flags", async ({ docs, page, embed }) => {
  docs.page(block("dockerd --debgu"));
  await page.goto("/");
  await expect(embed.verdict).toHaveText("The daemon refuses these flags: 1 error.");
});

test("flags have the same colours in the text as in the result", async ({ drydock }) => {
  const flags = "dockerd --debug --mtu=1450 --dns=1.1.1.1 --log-driver=local\n";
  await drydock.openWith(flags);
  await drydock.show("Flags");
  await drydock.target.selectOption("dockerd flags");
  await expect(drydock.result).toContainText("--mtu=1450");
  expect(await drydock.colours("text")).toEqual(await drydock.colours("result"));
});

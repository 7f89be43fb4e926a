import { GOOD, QUOTED_NUMBER } from "../configurations.ts";
import { EVERYWHERE, expect, test } from "../test.ts";

test("a mistake is named with its line while it is typed, and the verdict tells", async ({ drydock }) => {
  await drydock.open();
  await drydock.type('{"debug": true, "mtu": "1450"}');
  await expect(drydock.problems).toHaveCount(1);
  await expect(drydock.problem("mtu")).toContainText("1:");
  await expect(drydock.verdict).toContainText("1 error");

  await drydock.write(QUOTED_NUMBER);
  await expect(drydock.problem("mtu")).toContainText("3:");

  await drydock.write(GOOD);
  await expect(drydock.problems).toHaveCount(0);
  await expect(drydock.verdict).not.toContainText("error");
});

test("the result follows what is typed", EVERYWHERE, async ({ drydock }) => {
  await drydock.openWith(GOOD);
  await expect(drydock.result).toContainText('log-level = "warn";');
  await drydock.write(GOOD.replace("warn", "error"));
  await expect(drydock.result).toContainText('log-level = "error";');
});

test("half-typed text keeps everything around it in the result", async ({ drydock }) => {
  await drydock.openWith('{\n  "debug": true,\n  "mtu":\n}');
  await expect(drydock.problems).not.toHaveCount(0);
  await drydock.show("daemon.json");
  await expect(drydock.result).toContainText('"debug": true');
});

test("the verdict is said to those who listen, once typing rests", async ({ drydock }) => {
  await drydock.openWith(QUOTED_NUMBER);
  await expect(drydock.said).toContainText("1 error");
});

test("what is typed before the checker has loaded is kept, and checked", EVERYWHERE, async ({ drydock, page }) => {
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  await page.route("**/*.wasm", async (route) => {
    await arrived;
    await route.continue();
  });
  await page.goto("/", { waitUntil: "commit" });
  await drydock.type('{"mtu": ');
  await expect(page.getByText("You can type already")).toBeVisible();
  await expect(drydock.editor).toBeFocused();
  await drydock.type('"1450"}');
  arrive();
  await drydock.isReady();
  await drydock.hasText('{"mtu": "1450"}');
  await expect(drydock.editor).toBeFocused();
  await expect(drydock.problem("mtu")).toBeVisible();
});

test("a keystroke while the full editor takes over is neither lost nor doubled", EVERYWHERE, async ({ drydock, page }) => {
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  await page.route("**/codemirror*", async (route) => {
    await arrived;
    await route.continue();
  });
  await page.goto("/");
  await drydock.editor.focus();
  await expect(drydock.editor).toBeFocused();
  await page.keyboard.type('{"registry-mirrors": ');
  arrive();
  await page.keyboard.type('["https://mirror.example.com"]}');
  await drydock.isReady();
  await drydock.hasText('{"registry-mirrors": ["https://mirror.example.com"]}');
});

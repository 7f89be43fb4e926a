import { GOOD, QUOTED_NUMBER } from "../configurations.ts";
import { EVERYWHERE, expect, test } from "../test.ts";

test("a file can be opened", EVERYWHERE, async ({ drydock }) => {
  await drydock.open();
  await drydock.openFile("daemon.json", QUOTED_NUMBER);
  await drydock.hasText(QUOTED_NUMBER);
  await expect(drydock.problem("mtu")).toBeVisible();
});

test("a file can be dropped anywhere on the page", async ({ drydock, page }) => {
  await drydock.open();
  await drydock.dragFile("daemon.json", GOOD, false);
  await expect(page.getByText("Drop the file to open it")).toBeVisible();
  await drydock.dragFile("daemon.json", GOOD);
  await expect(page.getByText("Drop the file to open it")).toHaveCount(0);
  await drydock.hasText(GOOD);
});

test("a file with Windows line ends is read like any other", async ({ drydock }) => {
  await drydock.open();
  await drydock.openFile("daemon.json", QUOTED_NUMBER.replaceAll("\n", "\r\n"));
  await expect(drydock.problem("mtu")).toContainText("3:10");
  await drydock.fixAll.click();
  await expect(drydock.problems).toHaveCount(0);
});

test("the text is saved as it stands, with the line ends of its file, also after a reload", async ({ drydock, page }) => {
  const windows = '{\r\n  // the office\r\n  "debug": true\r\n}\r\n';
  await drydock.open();
  await drydock.openFile("daemon.json", windows);
  await expect(drydock.problem("JSON has no comments")).toBeVisible();
  expect(await drydock.saveText()).toEqual({ name: "daemon.json", text: windows });
  await page.reload();
  await drydock.isReady();
  expect((await drydock.saveText()).text).toBe(windows);
});

test("a byte order mark is kept, and told for an Engine that refuses it", async ({ drydock }) => {
  await drydock.open();
  await drydock.engine.selectOption("20.10");
  await drydock.openFile("daemon.json", `\uFEFF${GOOD}`);
  await expect(drydock.problem("The file begins with a byte order mark")).toBeVisible();
  await drydock.fixAll.click();
  await expect(drydock.problem("The file begins with a byte order mark")).toHaveCount(0);
  await drydock.hasText(GOOD);
});

test("a file in UTF-16, as PowerShell writes it, is read as the daemon reads it", async ({ drydock }) => {
  await drydock.open();
  await drydock.openFile("daemon.json", Buffer.from(`\uFEFF${QUOTED_NUMBER}`, "utf16le"));
  await expect(drydock.problem("mtu")).toBeVisible();
  await expect(drydock.problems).toHaveCount(1);
});

test("a file that is no UTF-8 is not called fine", async ({ drydock }) => {
  await drydock.open();
  await drydock.openFile("daemon.json", Buffer.from('{ "labels": ["owner=M\u00fcller"] }', "latin1"));
  await expect(drydock.problem("A character could not be read here")).toBeVisible();
  await expect(drydock.verdict).toContainText("1 warning");
});

test("what cannot be written down is not saved", async ({ drydock, page }) => {
  await drydock.openWith('{ "mtu": 9223372036854775808 }');
  await expect(drydock.result).toContainText("There is no Nix for this configuration");
  await drydock.result.focus();
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.locator("#announcer")).toHaveText("There is nothing to save");
});

test("opening a file by mistake can be undone", async ({ drydock }) => {
  await drydock.openWith(GOOD);
  await drydock.openFile("daemon.json", "{}");
  await drydock.hasText("{}");
  await drydock.undo();
  await drydock.hasText(GOOD);
});

test("a file that is too long to be read is never called fine", async ({ drydock }) => {
  await drydock.open();
  await drydock.openFile("daemon.json", `{}${"\n".repeat(1 << 20)}`);
  await expect(drydock.verdict).toContainText("A text of more than 1 MiB is not checked here.");
  await expect(drydock.verdict).not.toContainText("starts");
});

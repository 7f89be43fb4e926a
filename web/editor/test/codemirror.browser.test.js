import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";

import { openBrowser, stopTheClock } from "./browser.js";

let browser, page;
before(async () => (browser = await openBrowser()));
after(() => browser.close());
beforeEach(async () => (page = await browser.openPage()));
afterEach(async () => {
  assert.deepEqual(page.problems, [], "neither errors nor violations of the policy");
  await page.context().close();
});

const upgrade = () => page.evaluate(() => window.upgrade());
const setText = (text) => page.evaluate((text) => window.editor.setText(text, "Example"), text);
const setDiagnostics = (list) => page.evaluate((list) => window.editor.setDiagnostics(list), list);
const state = () => page.evaluate(() => window.editor.state());
const text = async () => (await state()).text;
const changes = () => page.evaluate(() => window.changes);
const content = () => page.getByRole("textbox", { name: "daemon.json" });
const press = async (...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};
/** A list that has just come up takes no keys for 75 milliseconds, lest it catch those meant for the text. */
const listTakesKeys = async () => {
  const since = await page.evaluate(() => performance.now());
  await page.waitForFunction((since) => performance.now() > since + 100, since);
};
/** Puts the caret where the bar is in the text given. */
const place = async (marked) => {
  const at = marked.indexOf("|");
  await setText(marked.replace("|", ""));
  await page.evaluate((at) => window.editor.reveal(at, at), at);
};

test("takes over with text, selection, scroll and focus", async () => {
  await content().focus();
  await page.keyboard.type("{");
  await setText("line\n".repeat(300));
  await page.evaluate(() => window.editor.reveal(1000, 1004));
  const before = await state();
  assert.ok(before.scrollTop > 0);
  assert.equal(await upgrade(), true);
  const now = await state();
  assert.deepEqual({ ...now, scrollTop: 0 }, { ...before, scrollTop: 0 });
  const [line, frame] = [await page.locator(".cm-activeLine").boundingBox(), await page.locator("main").boundingBox()];
  const moved = line.y - frame.y - (before.head / 5) * line.height + before.scrollTop;
  assert.ok(Math.abs(moved) < line.height, `the line stays where it was, give or take one: ${moved}`);
  await page.keyboard.type("x");
  assert.equal((await text()).slice(995, 1006), "line\nx\nline");
  assert.equal((await changes()).at(-1).revision, before.revision + 1);
});

test("typing over a selection replaces it, and a quote surrounds it", async () => {
  await setText('{\n  "debug": true\n}');
  await upgrade();
  await content().focus();
  await press("ControlOrMeta+a");
  await page.keyboard.type("x");
  assert.equal(await text(), "x");
  await press("ControlOrMeta+a");
  await page.keyboard.type('"');
  assert.equal(await text(), '"x"');
  await press("ControlOrMeta+z", "ControlOrMeta+z");
  assert.equal(await text(), '{\n  "debug": true\n}');
});

test("leaves focus alone when it is elsewhere, and takes it from the label", async () => {
  await page.getByLabel("After the editor").focus();
  await upgrade();
  assert.equal((await state()).focused, false);
  await page.getByText("daemon.json", { exact: true }).click();
  assert.equal((await state()).focused, true);
});

test("waits for the end of a composition", async () => {
  await content().focus();
  const session = await page.context().newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "に", selectionStart: 1, selectionEnd: 1 });
  const upgrading = upgrade();
  await page.waitForFunction(() => performance.getEntriesByName(new URL("/dist/codemirror.js", location).href).length);
  assert.equal(await page.locator("#source").isVisible(), true);
  await session.send("Input.insertText", { text: "日本" });
  assert.equal(await upgrading, true);
  const { text, head, focused } = await state();
  assert.deepEqual([text, head, focused], ["日本", 2, true]);
  assert.equal(await page.locator("#source").isVisible(), false);
});

test("the text area stays when the file cannot be had", async () => {
  await page.route("**/codemirror.js", (route) => route.abort());
  assert.equal(await upgrade(), false);
  await content().pressSequentially("{}");
  assert.equal(await text(), "{}");
  assert.equal(await page.locator("#source").isVisible(), true);
  page.problems.length = 0; // The browser reports the file.
});

test("tells what is typed, closes brackets, indents after Enter", async () => {
  await upgrade();
  await content().focus();
  await page.keyboard.type("{");
  await press("Enter");
  await page.keyboard.type("[");
  await press("Enter");
  await page.keyboard.type("1");
  assert.equal(await text(), "{\n  [\n    1\n  ]\n}");
  const told = await changes();
  assert.equal(told.at(-1).text, await text());
  assert.deepEqual(told.map(({ revision }) => revision), told.map((_, index) => index + 1));
  await place('{\n\t"a": {|}\n}');
  await press("Enter");
  assert.equal(await text(), '{\n\t"a": {\n\t\t\n\t}\n}');
});

test("Nix is indented, closed and commented in its own ways, and JSON is not commented", async () => {
  await upgrade();
  await content().focus();
  await page.evaluate(() => window.editor.setDiagnostics([], "nix"));
  await page.keyboard.type("{");
  await press("Enter");
  await page.keyboard.type("a = lib.mkForce (");
  await press("Enter");
  await page.keyboard.type("let");
  await press("Enter");
  await page.keyboard.type("b = \"");
  await page.keyboard.type("\";");
  assert.equal(await text(), '{\n  a = lib.mkForce (\n    let\n      b = "";\n  )\n}');
  await place("{\n  a = ''|\n}");
  await press("Enter");
  assert.equal(await text(), "{\n  a = ''\n    \n}");
  await place("{\n  a = 1;|\n}");
  await press("ControlOrMeta+/");
  assert.equal(await text(), "{\n  # a = 1;\n}");
  await press("ControlOrMeta+/");
  await page.evaluate(() => window.editor.setDiagnostics([], "json"));
  await press("ControlOrMeta+/");
  assert.equal(await text(), "{\n  a = 1;\n}");
});

test("applies edits as one undo step and keeps the caret", async () => {
  await upgrade();
  await place('{ "m|tu": "1500" }');
  await page.keyboard.type("x");
  await press("Backspace");
  const edits = [{ from: 0, to: 0, insert: "  " }, { from: 9, to: 15, insert: "1500" }];
  assert.equal(await page.evaluate((edits) => window.editor.apply(edits, "Fix"), edits), true);
  assert.equal(await text(), '  { "mtu": 1500 }');
  assert.equal((await state()).head, 6);
  assert.equal((await changes()).at(-1).label, "Fix");
  await press("Control+z");
  assert.equal(await text(), '{ "mtu": "1500" }');
  assert.equal((await changes()).at(-1).label, undefined);
  await press("Control+y");
  assert.equal(await text(), '  { "mtu": 1500 }');
  await page.evaluate(() => window.editor.undo());
  assert.equal(await text(), '{ "mtu": "1500" }');
  assert.equal(await page.evaluate((edits) => window.editor.apply(edits, "Fix", 1), edits), false);
  assert.equal(await page.evaluate(() => window.editor.apply([{ from: 5, to: 99, insert: "" }], "Fix")), false);
});

test("lets a composition end before it is told, marks or none", async () => {
  await upgrade();
  await place('{ "a": "|" }');
  const told = (await changes()).length;
  await stopTheClock(page);
  const session = await page.context().newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "に", selectionStart: 1, selectionEnd: 1 });
  await setDiagnostics([{ from: 7, to: 10, severity: "error", message: "Wrong", id: "one" }]);
  assert.equal(await page.evaluate(() => window.editor.apply([{ from: 0, to: 0, insert: " " }], "Form")), false);
  await session.send("Input.imeSetComposition", { text: "にほ", selectionStart: 2, selectionEnd: 2 });
  assert.equal((await changes()).length, told);
  await session.send("Input.insertText", { text: "日本" });
  await page.clock.runFor(1000);
  assert.deepEqual((await changes()).slice(told).map(({ text }) => text), ['{ "a": "日本" }']);
});

test("marks what is wrong, by shape too, and the marks follow the text", async () => {
  await upgrade();
  await place('{ "a": 1,\n  "b": 2\n  "c": 3 }|');
  await setDiagnostics([
    { from: 2, to: 5, severity: "warning", message: "First", id: "one" },
    { from: 7, to: 8, severity: "error", message: "Second", id: "two" },
    { from: 18, to: 18, severity: "hint", message: "Third", id: "three" },
    { from: 900, to: 1000, severity: "hint", message: "Of a text that is gone", id: "four" },
  ]);
  assert.deepEqual(await page.locator(".squiggle").allTextContents(), ['"a"', "1"]);
  assert.equal(await page.locator(".point--hint").count(), 2);
  const margin = page.locator(".marks");
  assert.equal(await margin.getByLabel("Error").count(), 1, "the worst of the first line");
  assert.equal(await margin.getByLabel("Warning").count(), 0);
  assert.equal(await margin.getByLabel("Hint").count(), 2);
  await page.evaluate(() => window.editor.apply([{ from: 0, to: 0, insert: "\n" }], "Form"));
  assert.deepEqual(await page.locator(".squiggle").allTextContents(), ['"a"', "1"]);
  await setDiagnostics(["error", "hint", "warning"].map((severity) => ({ from: 3, to: 6, severity, message: "Same place", id: severity })));
  const drawn = await page.locator(".squiggle").evaluateAll((marks) =>
    marks.filter((mark) => getComputedStyle(mark).textDecorationLine !== "none").map((mark) => mark.className));
  assert.deepEqual(drawn, ["squiggle squiggle--error"], "the worst of one place");
  await setDiagnostics([]);
  assert.equal(await page.locator(".squiggle, .point, .severity").count(), 0);
});

test("says what is wrong and what an option is, as plain text", async () => {
  await upgrade();
  await place('{ "bip": "10.0.0.0/8" }|');
  await setDiagnostics([{ from: 2, to: 7, severity: "error", message: "`bip` is not <i>an</i> address", id: "bip" }]);
  await page.locator(".squiggle").hover();
  const card = page.locator(".card");
  await card.waitFor();
  assert.match(await card.textContent(), /^bip is not <i>an<\/i> address.*bip.*<b>plain<\/b>.*Default172\.17\.0\.1\/16/s);
  assert.equal(await card.locator("b, i").count(), 0);
  assert.equal(await card.locator("code").textContent(), "bip");
  await press("Escape");
  await card.waitFor({ state: "detached" });
});

test("shows it by keyboard and from the margin", async () => {
  await upgrade();
  await place('|{\n "bip": 1\n}');
  await setDiagnostics([{ from: 10, to: 11, severity: "error", message: "Not an address", id: "bip" }]);
  await page.locator(".cm-announced").evaluate((region) => {
    window.announced = "";
    new MutationObserver(() => (window.announced += region.textContent)).observe(region, { childList: true });
  });
  await press("F8");
  const card = page.locator(".card");
  await card.getByText("Not an address").waitFor();
  assert.equal((await state()).head, 10);
  assert.match(await page.evaluate(() => window.announced), /^Error: Not an address/);
  await press("ArrowLeft");
  await card.waitFor({ state: "detached" });
  await page.locator(".marks").getByLabel("Error").click();
  await card.getByText("Not an address").waitFor();
  await press("Control+Home");
  await page.evaluate(() => window.editor.reveal(5, 5));
  await press("Control+k", "Control+i");
  await card.getByText("What bip does").waitFor();
});

test("completes keys, then their values", async () => {
  await upgrade();
  await place('{ "mtu": 1500, |}');
  await page.keyboard.type('"log');
  const list = page.getByRole("listbox");
  await list.getByRole("option", { name: "log-driver" }).waitFor();
  assert.equal(await list.getByRole("option").count(), 2);
  await listTakesKeys();
  await press("Enter");
  assert.equal(await text(), '{ "mtu": 1500, "log-driver": }');
  await list.getByRole("option", { name: "journald" }).waitFor();
  await listTakesKeys();
  await press("ArrowDown", "Enter");
  assert.equal(await text(), '{ "mtu": 1500, "log-driver": "journald"}');
  await page.keyboard.type(", ");
  await press("Control+Space");
  await list.getByRole("option", { name: "dns" }).click();
  await page.keyboard.type("1");
  assert.equal(await text(), '{ "mtu": 1500, "log-driver": "journald", "dns": [1]}');
});

test("Tab leaves, forward and back", async () => {
  await upgrade();
  await place("{|}");
  await press("Tab");
  assert.equal(await page.getByLabel("After the editor").evaluate((input) => input === document.activeElement), true);
  await press("Shift+Tab");
  assert.equal((await state()).focused, true);
  assert.equal(await text(), "{}");
});

test("finds words", async () => {
  await upgrade();
  await place("|log Log\nlog");
  await press("Control+f");
  const field = page.getByLabel("Find");
  await page.keyboard.type("LOG");
  await page.getByText("1 of 3").waitFor();
  await press("Enter", "Enter");
  await page.getByText("3 of 3").waitFor();
  await press("Shift+Enter");
  await page.getByText("2 of 3").waitFor();
  await press("Escape");
  await field.waitFor({ state: "detached" });
  const { anchor, head, focused } = await state();
  assert.deepEqual([anchor, head, focused], [4, 7, true]);
});

test("leaves dropped files to the page", async () => {
  await upgrade();
  await setText("{}");
  await content().evaluate((element) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["dropped"], "daemon.json"));
    window.addEventListener("drop", (event) => (window.dropped = event.dataTransfer.files[0].text()));
    element.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, composed: true, cancelable: true }));
  });
  assert.equal(await page.evaluate(() => window.dropped), "dropped");
  assert.equal(await text(), "{}");
});

test("reveals a place far down and fits a phone", async () => {
  const phone = await browser.openPage({ viewport: { width: 390, height: 700 }, hasTouch: true, isMobile: true });
  await phone.evaluate(() => window.upgrade());
  await phone.evaluate(() => window.editor.setText(`${'  "key": "value",\n'.repeat(300)}${"x".repeat(500)}`, "Example"));
  await phone.evaluate(() => window.editor.reveal(200 * 18, 200 * 18 + 5));
  const line = phone.locator(".cm-activeLine");
  const [box, frame] = [await line.boundingBox(), await phone.locator("main").boundingBox()];
  assert.ok(box.y >= frame.y && box.y + box.height <= frame.y + frame.height);
  assert.equal(await phone.evaluate(() => document.documentElement.scrollWidth), 390);
  assert.ok(await line.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize)) >= 16);
  assert.deepEqual(phone.problems, []);
});

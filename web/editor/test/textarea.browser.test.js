import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";

import { openBrowser, stopTheClock } from "./browser.js";

let browser, page;
before(async () => (browser = await openBrowser()));
after(() => browser.close());
beforeEach(async () => (page = await browser.openPage()));

const source = () => page.getByLabel("daemon.json");
const state = () => page.evaluate(() => window.editor.state());
const changes = () => page.evaluate(() => window.changes);

test("tells every change with its revision", async () => {
  await source().fill("");
  await source().pressSequentially("{}");
  assert.deepEqual((await changes()).map(({ text, revision }) => [text, revision]), [["{", 1], ["{}", 2]]);
});

test("applies edits as one undo step, keeps the caret, undoes by key", async () => {
  await source().pressSequentially('{ "mtu": "1500" }');
  await page.keyboard.press("Home");
  for (let step = 0; step < 4; step++) await page.keyboard.press("ArrowRight");
  const done = await page.evaluate(() =>
    window.editor.apply([{ from: 0, to: 0, insert: "  " }, { from: 9, to: 15, insert: "1500" }], "Fix"));
  assert.equal(done, true);
  assert.equal((await state()).text, '  { "mtu": 1500 }');
  assert.equal((await state()).head, 6);
  assert.equal((await changes()).at(-1).label, "Fix");
  await page.keyboard.press("Control+z");
  assert.equal((await state()).text, '{ "mtu": "1500" }');
  await page.keyboard.press("Control+Shift+z");
  assert.equal((await state()).text, '  { "mtu": 1500 }');
  assert.equal((await changes()).at(-1).text, '  { "mtu": 1500 }');
});

test("edits made from elsewhere on the page leave focus there and can be undone", async () => {
  await source().pressSequentially("{}");
  const other = page.getByLabel("After the editor");
  await other.pressSequentially("x");
  await page.evaluate(() => {
    window.moves = 0;
    for (const type of ["focus", "blur", "change"]) document.addEventListener(type, () => window.moves++, true);
    window.editor.apply([{ from: 1, to: 1, insert: ' "a": 1 ' }], "Form");
  });
  assert.equal(await page.evaluate(() => window.moves), 0);
  assert.equal(await other.evaluate((input) => input === document.activeElement), true);
  assert.equal((await state()).text, '{ "a": 1 }');
  await page.evaluate(() => window.editor.undo());
  assert.equal((await state()).text, "{}");
  await page.evaluate(() => window.editor.redo());
  assert.equal((await state()).text, '{ "a": 1 }');
});

test("edits can be undone while the text area is out of sight", async () => {
  await source().pressSequentially("{}");
  await page.evaluate(() => {
    document.querySelector("main").hidden = true;
    window.editor.setText('{ "a": 1 }', "Example");
    window.editor.undo();
  });
  assert.equal((await state()).text, "{}");
  await page.evaluate(() => window.editor.redo());
  assert.equal((await state()).text, '{ "a": 1 }');
});

test("refuses edits of a text that is no longer there", async () => {
  await source().pressSequentially("{}");
  for (const [edits, revision] of [
    [[{ from: 1, to: 1, insert: " " }], 1],
    [[{ from: 1, to: 9, insert: " " }], 2],
  ]) {
    assert.equal(await page.evaluate(([edits, revision]) => window.editor.apply(edits, "Fix", revision), [edits, revision]), false);
  }
  assert.equal((await state()).text, "{}");
});

test("reveals a place far down", async () => {
  await page.evaluate(() => window.editor.setText("line\n".repeat(300), "Example"));
  assert.equal((await state()).scrollTop, 0);
  await page.evaluate(() => window.editor.reveal(1000, 1004));
  const { anchor, head, scrollTop, focused } = await state();
  assert.deepEqual([anchor, head, focused], [1000, 1004, true]);
  const line = await source().evaluate((element) => Number.parseFloat(getComputedStyle(element).lineHeight));
  const [top, bottom] = [scrollTop / line, scrollTop / line + 22 * 16 / line];
  assert.ok(top <= 200 && bottom >= 201, `line 200 is in view, not ${top} to ${bottom}`);
});

test("composed text is told when composing ends or rests, and Tab leaves", async () => {
  await source().focus();
  await stopTheClock(page);
  const session = await page.context().newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "に", selectionStart: 1, selectionEnd: 1 });
  assert.deepEqual(await changes(), []);
  assert.equal(await page.evaluate(() => window.editor.apply([], "Fix")), false);
  await page.clock.runFor(600);
  assert.deepEqual((await changes()).map(({ text }) => text), ["に"]);
  await session.send("Input.insertText", { text: "日" });
  assert.deepEqual((await changes()).map(({ text }) => text), ["に", "日"]);
  await page.keyboard.press("Tab");
  assert.equal(await page.getByLabel("After the editor").evaluate((input) => input === document.activeElement), true);
  assert.deepEqual(page.problems, []);
});

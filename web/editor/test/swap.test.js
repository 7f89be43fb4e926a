import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { changeFeed } from "../src/changes.js";
import { hostEditor, upgrade } from "../src/swap.js";

/** An editor without a screen. */
function fakeEditor(from = {}) {
  let { text = "", anchor = 0, head = 0, scrollTop = 0, focused = false } = from;
  const feed = changeFeed(() => text, from.revision);
  let settle;
  const composing = from.composing ? new Promise((done) => (settle = done)) : Promise.resolve();
  return {
    getText: () => text,
    type(more) {
      text += more;
      anchor = head = text.length;
      feed.tell();
    },
    endComposition: () => settle(),
    setText(other, label) {
      text = other;
      feed.tell(label);
    },
    setDiagnostics(list) {
      this.diagnostics = list;
    },
    onChange: feed.subscribe,
    state: () => ({ text, revision: feed.revision(), anchor, head, scrollTop, focused }),
    settled: () => composing,
    destroy: mock.fn(),
  };
}

const soon = () => new Promise((done) => setImmediate(done));

test("the new editor goes on where the old one was", async () => {
  const state = { text: "{}", revision: 3, anchor: 1, head: 2, scrollTop: 40, focused: true };
  const old = fakeEditor(state);
  const next = await upgrade(old, async () => fakeEditor);
  assert.notEqual(next, old);
  assert.deepEqual(next.state(), state);
  assert.equal(old.destroy.mock.callCount(), 1);
});

test("the old editor stays when the new one cannot be had", async () => {
  mock.method(console, "warn", () => {});
  for (const load of [
    async () => Promise.reject(new Error("offline")),
    async () => () => {
      throw new Error("old browser");
    },
  ]) {
    const old = fakeEditor({ text: "kept" });
    assert.equal(await upgrade(old, load), old);
    assert.equal(old.destroy.mock.callCount(), 0);
  }
  mock.restoreAll();
});

test("what is typed while the new editor loads is kept", async () => {
  const old = fakeEditor({ text: "{" });
  const next = await upgrade(old, async () => {
    old.type("}");
    return fakeEditor;
  });
  assert.equal(next.getText(), "{}");
  assert.equal(next.state().head, 2);
});

test("the end of a composition is waited for", async () => {
  const old = fakeEditor({ composing: true });
  let swapped = false;
  const upgrading = upgrade(old, async () => fakeEditor).then((next) => {
    swapped = true;
    return next;
  });
  await soon();
  assert.equal(swapped, false);
  old.type("日本");
  old.endComposition();
  assert.equal((await upgrading).getText(), "日本");
});

test("callers of the host do not notice the swap", async () => {
  const first = fakeEditor();
  let second;
  const host = hostEditor(first, (load) => async () => {
    await load();
    return (from) => (second = fakeEditor(from));
  });
  const told = [];
  const stop = host.onChange((...change) => told.push(change));
  const diagnostics = [{ from: 0, to: 1, severity: "error", message: "", id: "" }];
  host.setDiagnostics(diagnostics);
  first.type("a");
  const [one, other] = await Promise.all([host.upgrade(async () => {}), host.upgrade(async () => {})]);
  assert.equal(one && other, true);
  assert.equal(second.diagnostics, diagnostics);
  second.type("b");
  host.setText("c", "Example");
  assert.deepEqual(told, [["a", 1, undefined], ["ab", 2, undefined], ["c", 3, "Example"]]);
  assert.equal(host.getText(), "c");
  stop();
  second.type("d");
  assert.equal(told.length, 3);
});

test("a failed upgrade can be tried again", async () => {
  mock.method(console, "warn", () => {});
  const host = hostEditor(fakeEditor(), (load) => load);
  let isOver = false;
  host.upgraded.then(() => (isOver = true));
  await soon();
  assert.equal(isOver, false);
  assert.equal(await host.upgrade(async () => Promise.reject(new Error("offline"))), false);
  await host.upgraded; // what waits for the link need not wait any longer
  assert.equal(await host.upgrade(async () => fakeEditor), true);
  mock.restoreAll();
});

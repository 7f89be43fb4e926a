import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { changeFeed } from "../src/changes.js";

test("each change is told once, with its revision and label", () => {
  let text = "a";
  const feed = changeFeed(() => text, 4);
  const told = [];
  const stop = feed.subscribe((...change) => told.push(change));
  feed.tell();
  text = "b";
  feed.tell("Fix");
  feed.tell();
  text = "c";
  feed.tell();
  stop();
  text = "d";
  feed.tell();
  assert.deepEqual(told, [["b", 5, "Fix"], ["c", 6, undefined]]);
  assert.equal(feed.revision(), 7);
});

test("a composition is told when it rests", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let text = "";
  const feed = changeFeed(() => text);
  const told = [];
  feed.subscribe((change) => told.push(change));
  for (const typed of ["t", "tr", "tru"]) {
    text = typed;
    feed.tellWhenRested();
    mock.timers.tick(300);
  }
  assert.deepEqual(told, []);
  mock.timers.tick(300);
  assert.deepEqual(told, ["tru"]);
  mock.timers.reset();
});

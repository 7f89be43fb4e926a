import assert from "node:assert/strict";
import { test } from "node:test";

import { editsFit, mapPosition, mergeEdits } from "../src/edits.js";

const insert = (at, insert) => ({ from: at, to: at, insert });
const replace = (from, to, insert) => ({ from, to, insert });

test("edits fit when they are sorted, disjoint and inside the text", () => {
  for (const [edits, fit, why] of [
    [[], true, "nothing to do"],
    [[insert(0, "a"), insert(10, "b")], true, "both ends of the text"],
    [[replace(2, 4, ""), replace(4, 6, "")], true, "neighbours touch"],
    [[replace(2, 5, ""), replace(4, 6, "")], false, "they overlap"],
    [[insert(4, "a"), insert(2, "b")], false, "not sorted"],
    [[replace(8, 11, "")], false, "past the end"],
    [[replace(4, 2, "")], false, "backwards"],
    [[replace(Number.NaN, 2, "")], false, "no number"],
  ]) {
    assert.equal(editsFit(edits, 10), fit, why);
  }
});

test("merged edits do the same in one", () => {
  const text = '{ "bip": "10.0.0.0/24", "mtu": "1500" }';
  for (const [edits, merged, why] of [
    [[], null, "no edits"],
    [[replace(2, 7, '"bip"')], null, "nothing changes"],
    [[insert(3, "x")], insert(3, "x"), "one insertion"],
    [[replace(10, 18, "10.0.0.1")], replace(17, 18, "1"), "the same start is left out"],
    [[replace(31, 37, "1500")], replace(31, 37, "1500"), "quotes leave on both sides"],
    [[replace(17, 18, "1"), replace(31, 37, "1500")], replace(17, 37, '1/24", "mtu": 1500'), "what is between stays"],
    [[replace(2, 24, "")], replace(2, 24, ""), "a deletion"],
  ]) {
    assert.deepEqual(mergeEdits(text, edits), merged, why);
  }
});

test("merging and applying one by one give the same text", () => {
  const random = seeded(7);
  for (let round = 0; round < 2000; round++) {
    const text = word(random, 12);
    const cuts = [random(13), random(13), random(13), random(13)].map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b);
    const edits = [replace(cuts[0], cuts[1], word(random, 3)), replace(cuts[2], cuts[3], word(random, 3))];
    const expected = text.slice(0, cuts[0]) + edits[0].insert + text.slice(cuts[1], cuts[2]) + edits[1].insert + text.slice(cuts[3]);
    const merged = mergeEdits(text, edits) ?? insert(0, "");
    assert.equal(text.slice(0, merged.from) + merged.insert + text.slice(merged.to), expected, JSON.stringify({ text, edits }));
  }
});

test("a position stays between the same characters", () => {
  const edits = [insert(2, "abc"), replace(5, 9, "xy"), replace(12, 14, "")];
  for (const [before, after, why] of [
    [0, 0, "before all edits"],
    [2, 2, "before what is inserted right there"],
    [3, 6, "after an insertion"],
    [5, 8, "at the start of a replacement"],
    [6, 9, "inside, as far from its start"],
    [8, 10, "inside, no farther than its end"],
    [9, 10, "at its end"],
    [13, 13, "inside a deletion"],
    [14, 13, "after a deletion"],
    [20, 19, "after all edits"],
  ]) {
    assert.equal(mapPosition(edits, before), after, why);
  }
});

/** A small generator, so that a failure can be repeated. */
function seeded(seed) {
  return (below) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
}

function word(random, longest) {
  return Array.from({ length: random(longest + 1) }, () => "ab\n"[random(3)]).join("");
}

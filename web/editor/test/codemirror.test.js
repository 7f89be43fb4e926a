import assert from "node:assert/strict";
import { test } from "node:test";

import { findAll } from "../src/codemirror/find.js";
import { rank } from "../src/codemirror/services.js";

test("words are found whatever the size of their letters", () => {
  for (const [text, words, found, why] of [
    ["log Log", "lOg", [0, 4], "twice"],
    ["aaaa", "aa", [0, 2], "side by side, not overlapping"],
    ["abc", "", [], "nothing is looked for"],
    ["İ log", "log", [2], "a letter that grows when small"],
  ]) {
    assert.deepEqual(findAll(text, words), found, why);
  }
});

test("completions that begin with what was typed come first", () => {
  const items = ["default-address-pools", "dns", "log-driver", "Log-opts"].map((label) => ({ label }));
  for (const [typed, labels] of [
    ["", ["default-address-pools", "dns", "log-driver", "Log-opts"]],
    ["lo", ["log-driver", "Log-opts"]],
    ["d", ["default-address-pools", "dns", "log-driver"]],
    ["op", ["Log-opts"]],
    ["x", []],
  ]) {
    const ranked = rank(items, typed).map(({ label }) => label);
    assert.deepEqual(ranked.slice(0, labels.length), labels, typed);
  }
});

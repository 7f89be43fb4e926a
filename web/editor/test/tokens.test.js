import assert from "node:assert/strict";
import { test } from "node:test";

import { bracketsAt, indentation, tokens } from "../src/codemirror/tokens.js";

const read = (text, ...range) =>
  [...tokens(text, ...range)].map(({ kind, from, to }) => `${kind} ${text.slice(from, to)}`);

test("tokens are told apart, in broken text too", () => {
  for (const [text, expected, why] of [
    ['{"a": 1}', ["punctuation {", 'key "a"', "punctuation :", "number 1", "punctuation }"], "a member"],
    ['"a" : "b"', ['key "a"', "punctuation :", 'string "b"'], "space before the colon"],
    ['"a"\n:', ['key "a"', "punctuation :"], "the colon on the next line"],
    ['"a\\"b"', ['string "a\\"b"'], "an escaped quote"],
    ['"a\ntrue', ['string "a', "word true"], "a missing quote spoils its line only"],
    ['"a\\\ntrue', ['string "a', "word true"], "and so does one after a backslash"],
    ["-1.5e+3", ["number -1.5e+3"], "a number"],
    ["// a\n/* b\nc */ 1 /* d", ["comment // a", "comment /* b\nc */", "number 1", "comment /* d"], "comments"],
    ['"http://a"', ['string "http://a"'], "no comment inside a string"],
    ["# é ' &", [], "what is none of these"],
  ]) {
    assert.deepEqual(read(text), expected, why);
  }
});

test("tokens of a part are those of the whole", () => {
  const text = '{\n  "a": "/* b",\n  /* "c":\n  1 */ "d": true\n}';
  const all = [...tokens(text)];
  for (let from = 0; from <= text.length; from++) {
    const part = [...tokens(text, from, from + 5)].map((token) => token.from);
    for (const token of all) {
      if (token.from < from + 5 && token.to > from) assert.ok(part.includes(token.from), `${token.from} from ${from}`);
    }
  }
});

test("brackets find each other", () => {
  const text = '{ "a{": [1], // }\n "b": {]';
  for (const [position, found, why] of [
    [0, [0], "never closed"],
    [1, [0], "after it"],
    [4, [], "inside a string"],
    [8, [8, 10], "before an opening one"],
    [9, [8, 10], "after it"],
    [11, [8, 10], "after a closing one"],
    [17, [], "inside a comment"],
    [text.length, [text.length - 1], "the wrong kind"],
  ]) {
    assert.deepEqual(bracketsAt(text, position), found, why);
  }
});

test("indentation is that of the text", () => {
  for (const [text, expected] of [
    ["", "  "],
    ["{}", "  "],
    ['{\n    "a": 1\n}', "    "],
    ['{\n\n\t"a": 1\n}', "\t"],
    ['{"a":\n             1}', "  "],
  ]) {
    assert.equal(indentation(text), expected, JSON.stringify(text));
  }
});

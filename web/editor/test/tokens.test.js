import assert from "node:assert/strict";
import { test } from "node:test";

import { bracketsAt, indentation, shellTokens, tokens } from "../src/codemirror/tokens.js";

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

test("flags are told from their values, wherever they stand", () => {
  for (const [text, expected, why] of [
    ["dockerd -H fd:// --mtu=1450", ["key -H", "key --mtu", "punctuation =", "number 1450"], "a line"],
    ['DOCKER_OPTS="--dns 8.8.8.8"', ["word DOCKER_OPTS", "punctuation =", 'punctuation "', "key --dns", "number 8.8.8.8", 'punctuation "'], "a variable"],
    ["[Service]\nExecStart=dockerd $OPTS", ["word [Service]", "word ExecStart", "punctuation =", "word $OPTS"], "a unit"],
    ["# --debug\n--label a-b", ["comment # --debug", "key --label"], "a comment, and a hyphen in a value"],
    ["--x \\\n  --y", ["key --x", "punctuation \\", "key --y"], "a line that goes on"],
  ]) {
    const read = [...shellTokens(text)].map(({ kind, from, to }) => `${kind} ${text.slice(from, to).trim()}`);
    assert.deepEqual(read, expected, why);
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

import assert from "node:assert/strict";
import { test } from "node:test";

import { decode, encode } from "../src/lines.js";

test("a file gets back the line ends and the mark it came with", () => {
  for (const [file, text, crlf, bom, why] of [
    ["", "", false, false, "empty"],
    ["{\n}\n", "{\n}\n", false, false, "LF"],
    ["{\r\n}\r\n", "{\n}\n", true, false, "CRLF"],
    ["\uFEFF{}", "{}", false, true, "a mark and one line"],
    ["\uFEFF{\r\n}", "{\n}", true, true, "a mark and CRLF"],
    ["\uFEFF\uFEFF", "\uFEFF", false, true, "only the first mark is one"],
  ]) {
    assert.deepEqual(decode(file), { text, crlf, bom }, why);
    assert.equal(encode(text, { crlf, bom }), file, why);
  }
});

test("mixed line ends become those of most lines", () => {
  for (const [file, text, written, why] of [
    ["a\r\nb\r\nc\n", "a\nb\nc\n", "a\r\nb\r\nc\r\n", "more CRLF"],
    ["a\r\nb\nc\n", "a\nb\nc\n", "a\nb\nc\n", "more LF"],
    ["a\r\nb\n", "a\nb\n", "a\nb\n", "as many"],
    ["a\rb", "a\nb", "a\nb", "a lone CR ends a line too"],
  ]) {
    const { text: read, ...form } = decode(file);
    assert.equal(read, text, why);
    assert.equal(encode(read, form), written, why);
  }
});

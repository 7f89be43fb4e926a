import assert from "node:assert/strict";
import { test } from "node:test";

import { bracketsAt, indentation, nixTokens, shellTokens, tokens, yamlTokens } from "../src/codemirror/tokens.js";

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
    ["dockerd -H fd:// --mtu=1450", ["word dockerd", "key -H", "string fd://", "key --mtu", "punctuation =", "string 1450"], "a line"],
    ['DOCKER_OPTS="--dns 8.8.8.8"', ["word DOCKER_OPTS", "punctuation =", 'punctuation "', "key --dns", "string 8.8.8.8", 'punctuation "'], "a variable"],
    ["[Service]\nExecStart=dockerd $OPTS", ["word [Service]", "word ExecStart", "punctuation =", "word dockerd", "word $OPTS"], "a unit"],
    ["# --debug\n--label a-b", ["comment # --debug", "key --label", "string a-b"], "a comment, and a hyphen in a value"],
    ["--label='of=the house' --dns=$DNS", ["key --label", "punctuation =", "string 'of=the house'", "key --dns", "punctuation =", "word $DNS"], "a quoted value, and a variable"],
    ["--debug --bip 10.0.0.1/24", ["key --debug", "key --bip", "string 10.0.0.1/24"], "a flag without a value"],
    ["ExecStart=/usr/bin/dockerd -H fd:// \\\n  --log-opt=max-size=10m", ["word ExecStart", "punctuation =", "word /usr/bin/dockerd", "key -H", "string fd://", "punctuation \\", "key --log-opt", "punctuation =", "string max-size=10m"], "the command of a unit"],
    ["--x \\\n  --y", ["key --x", "punctuation \\", "key --y"], "a line that goes on"],
  ]) {
    const read = [...shellTokens(text)].map(({ kind, from, to }) => `${kind} ${text.slice(from, to).trim()}`);
    assert.deepEqual(read, expected, why);
  }
});

test("YAML is told apart, in broken text too", () => {
  for (const [text, expected, why] of [
    ["a:\n  b: c # d", ["key a", "punctuation :", "key b", "punctuation :", "string c", "comment # d"], "keys, and a text without quotes"],
    ["- 80\n- 8080:80\n- true\n- yes", ["punctuation -", "number 80", "punctuation -", "string 8080:80", "punctuation -", "word true", "punctuation -", "string yes"], "what is no text"],
    ["a: nginx:${TAG:-1}-$B$$C", ["key a", "punctuation :", "string nginx:", "word ${TAG:-1}", "string -", "word $B", "string $$C"], "what is put in"],
    ['a: "b # ${C}" # d', ["key a", "punctuation :", 'string "b # ', "word ${C}", 'string "', "comment # d"], "within quotes"],
    ["a: &b !c 'it''s'\n<<: *b", ["key a", "punctuation :", "word &b", "word !c", "string 'it''s'", "key <<", "punctuation :", "word *b"], "anchors and tags"],
    ["a: |\n  b: # c\n\n  d\ne: f", ["key a", "punctuation :", "punctuation |", "string b: # c", "string d", "key e", "punctuation :", "string f"], "a text of several lines"],
    ["- a: >-\n    b: c\n  d: e", ["punctuation -", "key a", "punctuation :", "punctuation >-", "string b: c", "key d", "punctuation :", "string e"], "the same behind a dash"],
    ["{a: 1, 'b': [c d, e]}", ["punctuation {", "key a", "punctuation :", "number 1", "punctuation ,", "key 'b'", "punctuation :", "punctuation [", "string c d", "punctuation ,", "string e", "punctuation ]", "punctuation }"], "brackets"],
    ["a: b, c]\nd: http://e#f", ["key a", "punctuation :", "string b, c]", "key d", "punctuation :", "string http://e#f"], "signs that mean nothing"],
    ['a: "b\nc: [d\ne: f, g', ["key a", "punctuation :", 'string "b', "key c", "punctuation :", "punctuation [", "string d", "key e", "punctuation :", "string f, g"], "a missing quote and a missing bracket spoil their lines only"],
    ["\n \n-", ["punctuation -"], "next to nothing"],
  ]) {
    const read = [...yamlTokens(text)].map(({ kind, from, to }) => `${kind} ${text.slice(from, to)}`);
    assert.deepEqual(read, expected, why);
  }
});

test("Nix is told apart, in broken text too", () => {
  for (const [text, expected, why] of [
    ["a.b = true;", ["key a", "punctuation .", "key b", "punctuation =", "word true", "punctuation ;"], "a path"],
    ['a."b-c" = "d";', ["key a", "punctuation .", 'key "b-c"', "punctuation =", 'string "d"', "punctuation ;"], "a quoted key"],
    ["x == y", ["punctuation =", "punctuation ="], "no key before two equals signs"],
    ["{ pkgs, ... }: # a", [...[..."{,...}:"].map((it) => `punctuation ${it}`), "comment # a"], "a function"],
    ["lib.mkForce 10 /* b\n c */ [ ]", ["punctuation .", "word mkForce", "number 10", "comment /* b\n c */", "punctuation [", "punctuation ]"], "a call"],
    ["x.or.import", ["punctuation .", "punctuation ."], "no words within a path"],
    ['"a${b "c"}d" "e"', ['string "a', "punctuation ${", 'string "c"', "punctuation }", 'string d"', 'string "e"'], "what is put into a string"],
    ['"a\\"\\${b$${c"', ['string "a\\"\\${b$${c"'], "what is not"],
    ["''a ''${b} ''' ''\\n $${ ${c}\n d'' e = 1", ["string ''a ''${b} ''' ''\\n $${ ", "punctuation ${", "punctuation }", "string \n d''", "key e", "punctuation =", "number 1"], "an indented string"],
    ['"${{ a = "}"; }}"', ['string "', "punctuation ${", "punctuation {", "key a", "punctuation =", 'string "}"', "punctuation ;", "punctuation }", "punctuation }", 'string "'], "braces within a string"],
    ['a = "b;\nc = "d";', ["key a", "punctuation =", 'string "b;', "key c", "punctuation =", 'string "d"', "punctuation ;"], "a missing quote spoils its line only"],
    ['"a\nb\nc";', ['string "a\nb\nc"', "punctuation ;"], "a string over three lines"],
    ["''a", ["string ''a"], "a string that never ends"],
    ["[ ./a /etc/b <nixpkgs> https://c.d/e ]", ["punctuation [", "string ./a", "string /etc/b", "string <nixpkgs>", "string https://c.d/e", "punctuation ]"], "paths"],
    ["a // b", ["punctuation /", "punctuation /"], "no path"],
    ["}}", ["punctuation }", "punctuation }"], "braces that close nothing"],
  ]) {
    const read = [...nixTokens(text)].map(({ kind, from, to }) => `${kind} ${text.slice(from, to)}`);
    assert.deepEqual(read, expected, why);
  }
});

test("tokens of a part of Nix are those of the whole", () => {
  const text = "{\n  a.\"b\" = ''\n    c ${d}\n  ''; # e\n  f = \"g${h}\ni\";\n}";
  const all = [...nixTokens(text)];
  for (let from = 0; from <= text.length; from++) {
    const part = [...nixTokens(text, from, from + 5)].map((token) => token.from);
    for (const token of all) {
      if (token.from < from + 5 && token.to > from) assert.ok(part.includes(token.from), `${token.from} from ${from}`);
    }
  }
});

test("reading Nix costs no more than its length", () => {
  for (const piece of ["-", "a.", "a'", '"', "${", "''", "$", "{", '"a\n', "a \n", "0.", "/", "\\", "a:"]) {
    const text = piece.repeat(100_000 / piece.length);
    const begun = performance.now();
    for (const { from, to } of nixTokens(text)) assert.ok(to > from, piece);
    assert.ok(performance.now() - begun < 1000, piece);
  }
});

test("tokens of a part of YAML are those of the whole", () => {
  const text = "a:\n  b: [c, # d\n    e: $F]\n  g: |\n    h: $I\n\n    # j\nk: {l: 1}\n";
  const all = [...yamlTokens(text)];
  for (let from = 0; from <= text.length; from++) {
    const part = [...yamlTokens(text, from, from + 5)].map((token) => token.from);
    for (const token of all) {
      if (token.from < from + 5 && token.to > from) assert.ok(part.includes(token.from), `${token.from} from ${from}`);
    }
  }
});

test("reading YAML costs no more than its length", () => {
  for (const piece of ["a: ", "- ", ": ", "{", "[a, ", '"', "'", "# ", "|", "> ", "$", "${", "a\n", " \n", "\n", "&", "a:", "a #", "-", "\t", "|\n a"]) {
    const text = piece.repeat(100_000 / piece.length);
    const begun = performance.now();
    for (const { from, to } of yamlTokens(text)) assert.ok(to > from, piece);
    assert.ok(performance.now() - begun < 1000, piece);
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

test("brackets of Nix find each other", () => {
  const text = '{ a = ( "${b}(" ); ]';
  for (const [position, found, why] of [
    [6, [6, 16], "parentheses"],
    [10, [10, 12], "what is put into a string"],
    [14, [], "inside a string"],
    [text.length, [text.length - 1], "the wrong kind"],
  ]) {
    assert.deepEqual(bracketsAt(text, position, "nix"), found, why);
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

// What the pieces of JSON and of a command line are, for colours and brackets; other text gets as far as it makes sense.

/** @typedef {{ kind: "comment" | "key" | "string" | "number" | "word" | "punctuation", from: number, to: number }} Token */

// A string ends with its line at the latest, so that a missing quote spoils one line only.
const TOKEN =
  /(\/\/.*|\/\*[^]*?(?:\*\/|$))|("(?:[^"\\\n]|\\.)*"?)(?=(\s*:)?)|(-?\d[\w.+-]*)|([A-Za-z_]\w*)|([{}[\],:])/g;

/** Texts longer than this are not searched for the other bracket of a pair. */
const MOST_CHARACTERS_FOR_BRACKETS = 100_000;

/**
 * Yields the tokens that touch `from` to `to`.
 * @param {string} text
 * @param {number} [from]
 * @param {number} [to]
 * @returns {Generator<Token>}
 */
export function* tokens(text, from = 0, to = text.length) {
  const scan = new RegExp(TOKEN);
  // A token other than a block comment begins on the line it ends on.
  scan.lastIndex = text.lastIndexOf("/*", from) < 0 ? text.lastIndexOf("\n", from - 1) + 1 : 0;
  for (let match; (match = scan.exec(text)) && match.index < to; ) {
    if (scan.lastIndex < from) continue;
    const [, comment, string, colon, number, word] = match;
    const kind = comment !== undefined ? "comment"
      : string !== undefined ? (colon === undefined ? "string" : "key")
      : number !== undefined ? "number"
      : word !== undefined ? "word"
      : "punctuation";
    yield { kind, from: match.index, to: scan.lastIndex };
  }
}

// A flag begins a word; `NAME=` begins a line, and so do a comment and a section.
const SHELL_TOKEN =
  /(^\s*[#;].*)|(^\s*\[[^\]\n]*\]|^\s*(?:export )?[A-Za-z_.]+(?==|\s=\s)|\$\{[^}\n]*\}|\$\w+)|((?<![^\s"'`])--?[A-Za-z][\w-]*)|((?<![\w.:-])\d[\d.]*(?:\/\d+)?[A-Za-z]?(?![\w.:-]))|(["'\\=])/gm;

/**
 * Yields the tokens of a command line, of a unit or of variables that touch `from` to `to`.
 * @param {string} text
 * @param {number} [from]
 * @param {number} [to]
 * @returns {Generator<Token>}
 */
export function* shellTokens(text, from = 0, to = text.length) {
  const scan = new RegExp(SHELL_TOKEN);
  scan.lastIndex = text.lastIndexOf("\n", from - 1) + 1;
  for (let match; (match = scan.exec(text)) && match.index < to; ) {
    if (scan.lastIndex < from) continue;
    const [, comment, word, key, number] = match;
    const kind = comment !== undefined ? "comment"
      : word !== undefined ? "word"
      : key !== undefined ? "key"
      : number !== undefined ? "number"
      : "punctuation";
    yield { kind, from: match.index, to: scan.lastIndex };
  }
}

/**
 * The bracket that touches the position and the one it belongs to, or only the first when it is alone, or nothing.
 * @param {string} text
 * @param {number} position
 * @returns {number[]} offsets
 */
export function bracketsAt(text, position) {
  const touching = [position, position - 1].filter((at) => /[{}[\]]/.test(text.charAt(at)));
  if (touching.length === 0 || text.length > MOST_CHARACTERS_FOR_BRACKETS) return [];
  /** @type {number[]} */
  const open = [];
  /** @type {number[]} */
  const alone = [];
  for (const { kind, from } of tokens(text)) {
    if (kind !== "punctuation") continue;
    if (/[{[]/.test(text[from])) {
      open.push(from);
    } else if (/[}\]]/.test(text[from])) {
      const start = open.at(-1);
      if (start === undefined || (text[start] === "{") !== (text[from] === "}")) {
        alone.push(from);
      } else {
        open.pop();
        if (touching.includes(start) || touching.includes(from)) return [start, from];
      }
    }
  }
  return touching.filter((at) => alone.includes(at) || open.includes(at)).slice(0, 1);
}

/**
 * What one level of the text is indented by: that of its first indented line, or two spaces.
 * @param {string} text
 */
export function indentation(text) {
  const [, space = "  "] = /^([ \t]+)\S/m.exec(text) ?? [];
  return space.startsWith("\t") ? "\t" : space.length > 8 ? "  " : space;
}

// What the pieces of JSON, of a command line and of Nix are, for colours and brackets; other text gets as far as it makes sense.

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

// A flag begins a word, and its value follows it; `NAME=` begins a line, and so do a comment and a section.
const SHELL_TOKEN =
  /(^\s*[#;].*)|(^\s*\[[^\]\n]*\]|^\s*(?:export )?[A-Za-z_.]+(?==|\s=\s)|\$\{[^}\n]*\}|\$\w+|(?<![^\s="'])[\w./-]*dockerd[\w.-]*(?!\S))|((?<![^\s"'`])--?[A-Za-z][\w-]*)|((?<=(?<![^\s"'`])--?[A-Za-z][\w-]*[= ])(?:'[^'\n]*'|"[^"\n]*"|[^\s"'`\\$=-][^\s"'`\\$]*))|(["'\\=])/gm;

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
    const [, comment, word, key, value] = match;
    const kind = comment !== undefined ? "comment"
      : word !== undefined ? "word"
      : key !== undefined ? "key"
      : value !== undefined ? "string"
      : "punctuation";
    yield { kind, from: match.index, to: scan.lastIndex };
  }
}

// A path, a place on the search path, or an address is a string without quotes.
const NIX_TOKEN =
  /(#.*|\/\*[^]*?(?:\*\/|$))|(<[\w.+/-]+>|[a-z][\w+.-]{0,30}:[\w%/?:@&=+$,.!~*-]{2,}|~?[\w.+-]{0,99}(?:\/[\w.+-]+)+)|(\d[\d.]*(?:[eE][+-]?\d+)?)|([A-Za-z_][\w'-]*)|(''|")|(\$\{|[{}[\]()=:;,.@?!<>+*/&|-])/g;
/** What follows a key: more of its path, and the equals sign. */
const NIX_IS_SET = /(?:\s*\.\s*(?:[A-Za-z_][\w'-]*|"[^"\n]*")){0,9}\s*=(?!=)/y;
const NIX_WORD = /^(?:true|false|null|let|in|with|inherit|if|then|else|rec|assert|or|import)$/;
/** Functions of modules and lists that change what they are given. */
const NIX_CALL = /^(?:mk[A-Z]|optional)/;
/** What a string goes on with, up to its end, to what is put into it, or to the end of its line. */
const NIX_STRING = {
  '"': /(?:[^"\\$\n]|\\[^]|\$(?:\$|(?!\{)))*("|\$\{|)/y,
  "''": /(?:[^'$]|'(?!')|''(?:['$]|\\[^])|\$(?:\$|(?!\{)))*(''|\$\{|)/y,
};
/** Whether a string that has not ended with its line ends on a later one: the quote there is followed by what follows strings. */
const NIX_GOES_ON = /(?:[^"\\]|\\[^])*"\s*[;)\],}+.]/y;

/** Longer texts are read from the line that is seen: what began above it is not known. */
const MOST_CHARACTERS_FOR_NIX = 200_000;

/**
 * Yields the tokens of Nix that touch `from` to `to`.
 * @param {string} text
 * @param {number} [from]
 * @param {number} [to]
 * @returns {Generator<Token>}
 */
export function* nixTokens(text, from = 0, to = text.length) {
  /** What is open: strings, and the braces of what is put into them. @type {("\"" | "''" | "{")[]} */
  const open = [];
  const scan = new RegExp(NIX_TOKEN);
  let at = text.length > MOST_CHARACTERS_FOR_NIX ? text.lastIndexOf("\n", from - 1) + 1 : 0;
  const isSet = (/** @type {number} */ end) => ((NIX_IS_SET.lastIndex = end), NIX_IS_SET.test(text));
  /** Where the string ends that goes on below its line. */
  let ends = 0;
  const goesOn = () => {
    if (at < ends) return true;
    NIX_GOES_ON.lastIndex = at;
    const isFound = NIX_GOES_ON.test(text);
    ends = NIX_GOES_ON.lastIndex;
    return isFound;
  };
  /** Reads a string on, from where a piece of it begins. @type {(start: number) => Token} */
  const string = (start) => {
    const quote = /** @type {"\"" | "''"} */ (open.at(-1));
    const piece = NIX_STRING[quote];
    for (;;) {
      piece.lastIndex = at;
      const [, end = ""] = piece.exec(text) ?? [];
      at = piece.lastIndex;
      if (end === "" && at < text.length && goesOn()) at += 1;
      else {
        // It is a piece up to what is put in, or the last one.
        if (end === "${") at -= 2;
        else open.pop();
        break;
      }
    }
    const isKey = quote === '"' && open.at(-1) !== '"' && isSet(at);
    return { kind: isKey ? "key" : "string", from: start, to: at };
  };
  while (at < to) {
    const isString = open.length > 0 && open.at(-1) !== "{" && !text.startsWith("${", at);
    if (isString) {
      const token = string(at);
      if (token.to > from && token.to > token.from) yield token;
      continue;
    }
    scan.lastIndex = at;
    const match = scan.exec(text);
    if (!match || match.index >= to) return;
    const [all, comment, path, number, , quote, sign] = match;
    const start = match.index;
    at = scan.lastIndex;
    if (quote) {
      open.push(/** @type {"\"" | "''"} */ (quote));
      const token = string(start);
      if (token.to > from) yield token;
      continue;
    }
    // Braces count only within a string: elsewhere nothing has to be known of them.
    if (sign === "${" || (sign === "{" && open.length > 0)) open.push("{");
    else if (sign === "}" && open.at(-1) === "{") open.pop();
    const isWord = NIX_CALL.test(all) || (NIX_WORD.test(all) && text[start - 1] !== ".");
    const kind = comment !== undefined ? "comment"
      : path !== undefined ? "string"
      : number !== undefined ? "number"
      : sign !== undefined ? "punctuation"
      : isSet(at) ? "key"
      : isWord ? "word"
      : undefined;
    if (kind && at > from) yield { kind, from: start, to: at };
  }
}

/** @type {Record<import("../editor.d.ts").Notation, (text: string, from?: number, to?: number) => Generator<Token>>} */
export const READERS = { json: tokens, shell: shellTokens, nix: nixTokens };

const OPENING = "{[(";
const CLOSING = "}])";

/**
 * The bracket that touches the position and the one it belongs to, or only the first when it is alone, or nothing.
 * @param {string} text
 * @param {number} position
 * @param {import("../editor.d.ts").Notation} [notation]
 * @returns {number[]} offsets
 */
export function bracketsAt(text, position, notation = "json") {
  const touching = [position, position - 1].filter((at) => /[{}[\]()]/.test(text.charAt(at)));
  if (touching.length === 0 || text.length > MOST_CHARACTERS_FOR_BRACKETS) return [];
  /** @type {number[]} */
  const open = [];
  /** @type {number[]} */
  const alone = [];
  for (const { kind, to } of READERS[notation](text)) {
    if (kind !== "punctuation") continue;
    // Of `${` too.
    const at = to - 1;
    if (OPENING.includes(text[at])) {
      open.push(at);
    } else if (CLOSING.includes(text[at])) {
      const start = open.at(-1);
      if (start === undefined || OPENING.indexOf(text[start]) !== CLOSING.indexOf(text[at])) {
        alone.push(at);
      } else {
        open.pop();
        if (touching.includes(start) || touching.includes(at)) return [start, at];
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

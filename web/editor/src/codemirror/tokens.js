// What the pieces of JSON, of a command line, of Nix and of YAML are, for colours and brackets; other text gets as far as it makes sense.

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
const MOST_CHARACTERS_FROM_ABOVE = 200_000;

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
  let at = text.length > MOST_CHARACTERS_FROM_ABOVE ? text.lastIndexOf("\n", from - 1) + 1 : 0;
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

// What begins with a sign; a text without quotes goes on to the colon of a key or to a comment, in brackets to their next sign.
const YAML_PIECE =
  /((?<!\S)#.*)|([|>][-+\d]*(?=[ \t]*(?:#.*)?$)|[{}[\],]|-{1,3}(?!\S)|:(?=[\s,[\]{}]|$))|([&*!][^\s,[\]{}]*)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\n]|'')*'?/my;
const YAML_PLAIN = [/(?:[^\n:#]|:(?=\S)|(?<=\S)#)+/y, /(?:[^\n:#,[\]{}]|:(?=[^\s,[\]{}])|(?<=\S)#)+/y];
const YAML_IS_KEY = /[ \t]*:(?=[\s,[\]{}]|$)/my;
/** What is no text, though it has no quotes. */
const YAML_VALUE = /^(?:true|false|null|~|[-+]?\d+(?:\.\d*)?)$/;
/** What is put into a text; two signs put nothing in. */
const YAML_PUT_IN = /\$\$|(\$\{[^}\n]*\}?|\$[A-Za-z_]\w*)/g;

/**
 * Yields the tokens of YAML, as Compose has it, that touch `from` to `to`. A text without quotes is a string.
 * @param {string} text
 * @param {number} [from]
 * @param {number} [to]
 * @returns {Generator<Token>}
 */
export function* yamlTokens(text, from = 0, to = text.length) {
  /** How many brackets are open. */
  let depth = 0;
  /** What the lines of a text below its key are indented further than. */
  let above = Infinity;
  let line = text.length > MOST_CHARACTERS_FROM_ABOVE ? text.lastIndexOf("\n", from - 1) + 1 : 0;
  for (let end; line < Math.min(to, text.length); line = end + 1) {
    end = (text.indexOf("\n", line) + 1 || text.length + 1) - 1;
    /** @type {Token[]} */
    const found = [];
    const add = (/** @type {Token["kind"]} */ kind, /** @type {number} */ start, /** @type {number} */ stop) =>
      found.push({ kind, from: start, to: stop });
    let column = text.slice(line, end).search(/\S|$/);
    let at = line + column;
    const isText = column > above;
    if (at < end && !isText) above = Infinity;
    if (!column) depth = 0;
    while (at < end) {
      const start = at;
      YAML_PIECE.lastIndex = at;
      const [all, comment, sign, name] = (!isText && YAML_PIECE.exec(text)) || [];
      const plain = YAML_PLAIN[Math.min(depth, 1)];
      plain.lastIndex = at;
      at = isText ? end : at + (all ?? (plain.exec(text)?.[0] ?? text[at]).trimEnd()).length;
      const value = text.slice(start, at);
      YAML_IS_KEY.lastIndex = at;
      if (comment || name) {
        add(comment ? "comment" : "word", start, at);
      } else if (sign) {
        add("punctuation", start, at);
        if (/[{[]/.test(sign)) depth++;
        else if (depth && /[}\]]/.test(sign)) depth--;
        else if (sign === "-") column = start - line;
        else if (/[|>]/.test(sign)) above = column;
      } else if (!isText && YAML_IS_KEY.test(text)) {
        add("key", start, at);
        if (!depth) column = start - line;
      } else if (!isText && YAML_VALUE.test(value)) {
        add(/\d/.test(value) ? "number" : "word", start, at);
      } else {
        let before = start;
        for (const { index, 0: put, 1: isPut } of value.matchAll(YAML_PUT_IN)) {
          if (!isPut) continue;
          add("string", before, start + index);
          before = start + index + put.length;
          add("word", start + index, before);
        }
        add("string", before, at);
      }
      at += text.slice(at, end).search(/\S|$/);
    }
    yield* found.filter((it) => it.to > from && it.to > it.from);
  }
}

/** @type {Record<import("../editor.d.ts").Notation, (text: string, from?: number, to?: number) => Generator<Token>>} */
export const READERS = { json: tokens, shell: shellTokens, nix: nixTokens, yaml: yamlTokens };

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

// Line ends and the byte order mark: the editor holds LF only, the visitor's file gets back what it came with.

const BYTE_ORDER_MARK = "\uFEFF";

/**
 * The text as the editor holds it, and what `encode` needs to give the file its own form back. A file that mixes line
 * ends gets those of most of its lines.
 * @param {string} file
 * @returns {{ text: string, crlf: boolean, bom: boolean }}
 */
export function decode(file) {
  const bom = file.startsWith(BYTE_ORDER_MARK);
  const pairs = count(file, /\r\n/g);
  return {
    text: file.slice(bom ? 1 : 0).replace(/\r\n?/g, "\n"),
    crlf: pairs > count(file, /\n/g) - pairs,
    bom,
  };
}

/**
 * @param {string} text
 * @param {{ crlf: boolean, bom: boolean }} form
 */
export function encode(text, { crlf, bom }) {
  return (bom ? BYTE_ORDER_MARK : "") + (crlf ? text.replace(/\n/g, "\r\n") : text);
}

/**
 * @param {string} text
 * @param {RegExp} pattern
 */
function count(text, pattern) {
  return text.match(pattern)?.length ?? 0;
}

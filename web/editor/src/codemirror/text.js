// The document as one string.

/** @import { Text } from "@codemirror/state" */

/** @type {WeakMap<Text, string>} */
const known = new WeakMap();

/**
 * Returns the document's text with LF; joined once for each version of it.
 * @param {Text} document
 */
export function textOf(document) {
  let text = known.get(document);
  if (text === undefined) known.set(document, (text = document.toString()));
  return text;
}

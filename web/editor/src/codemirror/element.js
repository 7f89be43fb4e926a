// Making elements. Words become text nodes; nothing is ever read as HTML.

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} name its class
 * @param {string | Node[]} [content]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, name, content = []) {
  const made = document.createElement(tag);
  made.className = name;
  made.append(...(typeof content === "string" ? [content] : content));
  return made;
}

/**
 * Text in which what stands between backticks is code.
 * @param {string} text
 * @returns {Node[]}
 */
export function prose(text) {
  return text.split("`").map((part, index) => (index % 2 ? element("code", "", part) : document.createTextNode(part)));
}

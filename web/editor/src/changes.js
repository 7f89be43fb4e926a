// Who is told of a change, and when.

/** @import { ChangeListener } from "./editor.d.ts" */

/** How long a composition must rest before its text is told; phone keyboards hold every word in one until it ends. */
const REST_MILLISECONDS = 500;

/**
 * Keeps the listeners of one editor and counts the revisions told to them.
 * @param {() => string} getText
 * @param {number} [revision]
 */
export function changeFeed(getText, revision = 0) {
  /** @type {Set<ChangeListener>} */
  const listeners = new Set();
  let told = getText();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let rest;

  /** Tells the text if it is not the one told last. @param {string} [label] */
  function tell(label) {
    clearTimeout(rest);
    const text = getText();
    if (text === told) return;
    told = text;
    revision++;
    for (const listener of listeners) listener(text, revision, label);
  }

  return {
    tell,
    /** For a change in the middle of a composition. */
    tellWhenRested() {
      clearTimeout(rest);
      rest = setTimeout(tell, REST_MILLISECONDS);
    },
    revision: () => revision,
    /** @param {ChangeListener} listener */
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      clearTimeout(rest);
      listeners.clear();
    },
  };
}

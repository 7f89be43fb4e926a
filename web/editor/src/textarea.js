// The editor that is there from the first moment: the page's own text area, with the browser's undo.

import { changeFeed } from "./changes.js";
import { editsFit, mapPosition, mergeEdits } from "./edits.js";

/** @import { Edit, Editor } from "./editor.d.ts" */

/** Above this length browsers take seconds to insert text in an undoable way. */
const MOST_UNDOABLE_CHARACTERS = 200_000;

const FOCUS_EVENTS = ["focus", "blur", "focusin", "focusout", "change"];

/**
 * @param {HTMLTextAreaElement} element
 * @returns {Editor}
 */
export function textareaEditor(element) {
  const document = element.ownerDocument;
  const listening = new AbortController();
  const feed = changeFeed(() => element.value);
  let composing = false;
  /** @type {string | undefined} */
  let label;

  // What could not be done in the browser's undoable way, to be undone from here.
  /** @type {{ before: string, after: string }[]} */
  let past = [];
  /** @type {{ before: string, after: string }[]} */
  let future = [];

  /** @type {(type: string, react: () => void) => void} */
  const on = (type, react) => element.addEventListener(type, react, { signal: listening.signal });
  on("input", () => (composing ? feed.tellWhenRested() : feed.tell(label)));
  on("compositionstart", () => (composing = true));
  on("compositionend", () => {
    composing = false;
    feed.tell();
  });

  /** Runs an editing command, which needs focus, without anybody noticing that focus went away and back.
   * @param {string} command
   * @param {string} [argument] */
  function execute(command, argument) {
    // In a frame it would take focus from the page around.
    if (!document.hasFocus()) return false;
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    if (before === element) return document.execCommand(command, false, argument);
    const hush = (/** @type {Event} */ event) => event.stopImmediatePropagation();
    for (const type of FOCUS_EVENTS) window.addEventListener(type, hush, true);
    element.focus({ preventScroll: true });
    const done = document.activeElement === element && document.execCommand(command, false, argument);
    if (before && before !== document.body) before.focus({ preventScroll: true });
    else element.blur();
    for (const type of FOCUS_EVENTS) window.removeEventListener(type, hush, true);
    return done;
  }

  /** @param {Edit[]} edits @param {string} what @param {(position: number) => number} map */
  function replace(edits, what, map) {
    const text = element.value;
    const edit = mergeEdits(text, edits);
    const { selectionStart, selectionEnd, selectionDirection, scrollTop } = element;
    if (edit) {
      const { from, to, insert } = edit;
      const undoable = text !== "" && insert.length + (to - from) < MOST_UNDOABLE_CHARACTERS;
      label = what;
      element.setSelectionRange(from, to);
      if (!undoable || !execute(insert ? "insertText" : "delete", insert)) {
        element.setRangeText(insert, from, to);
        past.push({ before: text, after: element.value });
        future = [];
      }
      feed.tell(what);
      label = undefined;
    }
    element.setSelectionRange(map(selectionStart), map(selectionEnd), selectionDirection);
    element.scrollTop = scrollTop;
  }

  /** @param {"undo" | "redo"} command */
  function travel(command) {
    const [steps, others, here, there] = command === "undo"
      ? /** @type {const} */ ([past, future, "after", "before"])
      : /** @type {const} */ ([future, past, "before", "after"]);
    const step = steps.at(-1);
    if (step?.[here] !== element.value) return void execute(command);
    element.value = step[there];
    others.push(step);
    steps.pop();
    feed.tell();
  }

  return {
    getText: () => element.value,
    setText(text, what) {
      replace([{ from: 0, to: element.value.length, insert: text }], what, () => 0);
      element.scrollTop = 0;
    },
    restart(text, name) {
      element.value = text;
      element.ariaLabel = name;
      past = [];
      future = [];
      feed.tell(name);
    },
    apply(edits, what, revision = feed.revision()) {
      if (composing || revision !== feed.revision() || !editsFit(edits, element.value.length)) return false;
      replace(edits, what, (position) => mapPosition(edits, position));
      return true;
    },
    setDiagnostics() {
      // A text area cannot mark its text; the page's list of problems shows them.
    },
    reveal(from, to) {
      // Browsers scroll to the caret when focus arrives, not when the selection changes.
      element.blur();
      element.setSelectionRange(from, from);
      element.focus();
      element.setSelectionRange(from, to);
    },
    focus: () => element.focus(),
    undo: () => travel("undo"),
    redo: () => travel("redo"),
    onChange: feed.subscribe,
    state() {
      const { value, selectionStart, selectionEnd, selectionDirection, scrollTop } = element;
      const backward = selectionDirection === "backward";
      return {
        text: value,
        revision: feed.revision(),
        anchor: backward ? selectionEnd : selectionStart,
        head: backward ? selectionStart : selectionEnd,
        scrollTop,
        focused: document.activeElement === element,
      };
    },
    settled: () =>
      new Promise((done) => {
        // One turn later, since some browsers change the text only after they said that composing ended.
        const look = () => {
          if (!composing) done();
          else element.addEventListener("compositionend", () => setTimeout(look), { once: true });
        };
        look();
      }),
    destroy() {
      listening.abort();
      feed.close();
    },
  };
}

// The editor that takes the text area's place: CodeMirror in a shadow root.
//
// The site's policy allows style sheets from its own files only. In a shadow root CodeMirror adopts its styles instead of
// inserting a <style>, and ours come the same way; colours are the page's custom properties, which inherit.

import { acceptCompletion, closeBracketsKeymap } from "@codemirror/autocomplete";
import { history, historyKeymap, indentLess, indentMore, isolateHistory, moveLineDown, moveLineUp, redo, standardKeymap, toggleLineComment, undo } from "@codemirror/commands";
import { Annotation, EditorState } from "@codemirror/state";
import { closeHoverTooltips, EditorView, hasHoverTooltips, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers, placeholder, tooltips } from "@codemirror/view";

import { changeFeed } from "./changes.js";
import styles from "./codemirror.css";
import { diagnostics, diagnosticsKeymap, showDiagnostics } from "./codemirror/diagnostics.js";
import { find, findKeymap } from "./codemirror/find.js";
import { colourAs, language } from "./codemirror/language.js";
import { completion, info } from "./codemirror/services.js";
import { textOf } from "./codemirror/text.js";
import { editsFit, mapPosition } from "./edits.js";

/** @import { CodeMirrorModule, Edit } from "./editor.d.ts" */

/** What was done, in the words given to `apply` or `setText`. */
const label = Annotation.define();

/** How far from the edge a revealed place is, in pixels. */
const REVEAL_MARGIN = 48;

/** How far cards stay from the sides of the window, in pixels. */
const EDGE = 8;

/** @type {CodeMirrorModule["createEditor"]} */
export function createEditor(host, services, from = {}) {
  const root = host.attachShadow({ mode: "open" });
  if (!root.adoptedStyleSheets) throw new Error("This browser cannot adopt style sheets.");

  let { label: name = "Text" } = from;
  /** @param {string} doc @param {import("@codemirror/state").SelectionRange | { anchor: number, head?: number }} [selection] */
  const begin = (doc, selection) => EditorState.create({
    doc,
    selection,
    extensions: [
      diagnostics,
      lineNumbers(),
      language,
      find,
      history(),
      highlightSpecialChars({ addSpecialChars: /\u00a0/g }),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      info(services),
      completion(services),
      placeholder(from.placeholder ?? ""),
      tooltips({ tooltipSpace: () => ({ top: 0, left: EDGE, bottom: innerHeight, right: innerWidth - EDGE }) }),
      keymap.of([
        { key: "Tab", run: acceptCompletion },
        { key: "Escape", run: closeInfo },
        { key: "Alt-ArrowUp", run: moveLineUp },
        { key: "Alt-ArrowDown", run: moveLineDown },
        { key: "Mod-]", run: indentMore },
        { key: "Mod-[", run: indentLess },
        { key: "Mod-/", run: toggleLineComment },
        ...diagnosticsKeymap,
        ...findKeymap,
        ...closeBracketsKeymap,
        ...standardKeymap,
        ...historyKeymap,
      ]),
      EditorState.tabSize.of(2),
      EditorView.lineWrapping,
      // Editable text takes focus by itself; the tabindex says so to those who look for one, as checkers do.
      EditorView.contentAttributes.of(() => ({ "aria-label": name, autocapitalize: "off", tabindex: "0" })),
      EditorView.domEventHandlers({
        compositionend: () => void setTimeout(() => feed.tell()),
        beforeinput: typeOver,
        // Files are for the page to open, not to be inserted.
        drop: (event) => event.dataTransfer?.types.includes("Files") ?? false,
      }),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged) return;
        if (view.composing) feed.tellWhenRested();
        else feed.tell(update.transactions.map((transaction) => transaction.annotation(label)).find(Boolean));
      }),
    ],
  });
  const view = new EditorView({ state: begin(from.text ?? "", { anchor: from.anchor ?? 0, head: from.head }), parent: root, root });
  const feed = changeFeed(() => textOf(view.state.doc), from.revision);

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets.push(sheet);

  // Only once it has measured a line does it know how high those are that it has not drawn.
  const { scrollTop } = from;
  if (scrollTop) view.requestMeasure({ read() {}, write: () => (view.scrollDOM.scrollTop = scrollTop) });
  if (from.focused) view.contentDOM.focus({ preventScroll: true });

  /** @param {Edit[]} edits @param {string} what @param {(position: number) => number} map @param {boolean} scrollIntoView */
  function replace(edits, what, map, scrollIntoView = false) {
    const { anchor, head } = view.state.selection.main;
    view.dispatch({
      changes: edits,
      selection: { anchor: map(anchor), head: map(head) },
      annotations: [label.of(what), isolateHistory.of("full")],
      scrollIntoView,
    });
  }

  return {
    getText: () => textOf(view.state.doc),
    setText(text, what) {
      replace([{ from: 0, to: view.state.doc.length, insert: text }], what, () => 0, true);
    },
    restart(text, title) {
      name = title;
      view.setState(begin(text));
      feed.tell(title);
    },
    apply(edits, what, revision = feed.revision()) {
      if (view.composing || revision !== feed.revision() || !editsFit(edits, view.state.doc.length)) return false;
      replace(edits, what, (position) => mapPosition(edits, position));
      return true;
    },
    setDiagnostics(list, notation = "json") {
      view.dispatch({ effects: [showDiagnostics(list), ...colourAs(view.state, notation)] });
    },
    reveal(from, to) {
      const { length } = view.state.doc;
      view.dispatch({ selection: { anchor: Math.min(from, length), head: Math.min(to, length) } });
      const { main } = view.state.selection;
      view.dispatch({ effects: EditorView.scrollIntoView(main, { y: "nearest", yMargin: REVEAL_MARGIN }) });
      view.focus();
    },
    focus: () => view.focus(),
    undo: () => void undo(view),
    redo: () => void redo(view),
    onChange: feed.subscribe,
    state: () => ({
      text: textOf(view.state.doc),
      revision: feed.revision(),
      anchor: view.state.selection.main.anchor,
      head: view.state.selection.main.head,
      scrollTop: view.scrollDOM.scrollTop,
      focused: view.hasFocus,
    }),
    settled: () =>
      new Promise((done) => {
        if (!view.composing) done();
        else view.contentDOM.addEventListener("compositionend", () => done(), { once: true });
      }),
    destroy() {
      view.destroy();
      feed.close();
    },
  };
}

/** @param {EditorView} view */
function closeInfo(view) {
  if (!hasHoverTooltips(view.state)) return false;
  view.dispatch({ effects: closeHoverTooltips });
  return true;
}

/**
 * Types over a selection. A browser would give the new text the look of the old by a style attribute, which the site's
 * policy refuses.
 * @param {InputEvent} event
 * @param {EditorView} view
 */
function typeOver({ inputType, data }, view) {
  const { from, to, empty } = view.state.selection.main;
  if (inputType !== "insertText" || data === null || empty || view.composing) return false;
  const insert = () => view.state.update(view.state.replaceSelection(data), { userEvent: "input.type", scrollIntoView: true });
  if (!view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, data, insert))) view.dispatch(insert());
  return true;
}

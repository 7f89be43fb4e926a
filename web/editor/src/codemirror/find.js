// Finding words in the text. The browser's own search sees only the lines that are drawn.

import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, showPanel } from "@codemirror/view";

import { element } from "./element.js";
import { textOf } from "./text.js";

/** @import { Command } from "@codemirror/view" */

/** @type {import("@codemirror/state").StateEffectType<string | null>} */
const look = StateEffect.define();

/** @typedef {{ words: string | null, found: number[] }} Search what is looked for, if anybody does, and where it is */

/** @type {StateField<Search>} */
const search = StateField.define({
  create: () => /** @type {Search} */ ({ words: null, found: [] }),
  update(value, { docChanged, effects, newDoc }) {
    let { words } = value;
    for (const effect of effects) if (effect.is(look)) words = effect.value;
    return words === value.words && !docChanged ? value : { words, found: findAll(textOf(newDoc), words ?? "") };
  },
  provide: (field) => [
    showPanel.from(field, ({ words }) => (words === null ? null : panel)),
    EditorView.decorations.of(marks),
  ],
});

/**
 * Where the words begin, large and small letters alike.
 * @param {string} text
 * @param {string} words
 */
export function findAll(text, words) {
  const found = [];
  // Some letters are longer when small, which would shift every offset after them.
  const small = text.toLowerCase();
  const [where, what] = small.length === text.length ? [small, words.toLowerCase()] : [text, words];
  for (let at = 0; what && (at = where.indexOf(what, at)) >= 0; at += what.length) found.push(at);
  return found;
}

const FOUND = Decoration.mark({ class: "found" });
const HERE = Decoration.mark({ class: "found found--here" });

/** @param {EditorView} view */
function marks({ state, viewport }) {
  const { found, words } = state.field(search);
  const { main } = state.selection;
  const length = words?.length ?? 0;
  const visible = found.filter((at) => at + length >= viewport.from && at <= viewport.to);
  return Decoration.set(visible.map((at) => (at === main.from && main.to === at + length ? HERE : FOUND).range(at, at + length)));
}

/** @type {(step: 1 | -1) => Command} */
const findNext = (step) => (view) => {
  const { found, words } = view.state.field(search);
  if (words === null) return openFind(view);
  const { main } = view.state.selection;
  const next = step > 0 ? found.find((at) => at >= main.to) : found.findLast((at) => at < main.from);
  const at = next ?? found.at(step > 0 ? 0 : -1);
  if (at !== undefined) select(view, at);
  return true;
};

/** @param {EditorView} view @param {number} at */
function select(view, at) {
  const { words } = view.state.field(search);
  const selection = { anchor: at, head: at + (words?.length ?? 0) };
  view.dispatch({ selection, effects: EditorView.scrollIntoView(at, { y: "nearest", yMargin: 48 }), userEvent: "select.search" });
}

/** @type {Command} */
const openFind = (view) => {
  const { main } = view.state.selection;
  const selected = view.state.sliceDoc(main.from, main.to);
  const words = selected.includes("\n") ? "" : selected;
  view.dispatch({ effects: look.of(words || view.state.field(search).words || "") });
  const field = view.dom.querySelector("input");
  field?.focus();
  field?.select();
  return true;
};

/** @type {Command} */
const closeFind = (view) => {
  if (view.state.field(search).words === null) return false;
  view.dispatch({ effects: look.of(null) });
  view.focus();
  return true;
};

/** @type {import("@codemirror/view").PanelConstructor} */
function panel(view) {
  const field = element("input", "find__field");
  field.setAttribute("aria-label", "Find");
  field.placeholder = "Find";
  field.value = view.state.field(search).words ?? "";
  field.spellcheck = false;
  field.oninput = () => {
    view.dispatch({ effects: look.of(field.value) });
    const { found } = view.state.field(search);
    const { from } = view.state.selection.main;
    const at = found.find((place) => place >= from) ?? found[0];
    if (at !== undefined) select(view, at);
  };

  const count = element("output", "find__count");
  const button = (/** @type {string} */ name, /** @type {string} */ sign, /** @type {Command} */ run) => {
    const made = element("button", "find__button", sign);
    made.type = "button";
    made.title = made.ariaLabel = name;
    made.onclick = () => void run(view);
    return made;
  };
  const dom = element("div", "find", [
    field,
    count,
    button("Previous match", "↑", findNext(-1)),
    button("Next match", "↓", findNext(1)),
    button("Close", "×", closeFind),
  ]);
  dom.role = "search";
  dom.onkeydown = (event) => {
    if (event.isComposing) return;
    const run = event.key === "Escape" ? closeFind
      : event.key === "Enter" && event.target === field ? findNext(event.shiftKey ? -1 : 1)
      : undefined;
    if (run?.(view)) event.preventDefault();
  };

  const update = () => {
    const { found, words } = view.state.field(search);
    const { main } = view.state.selection;
    const here = found.indexOf(main.from) + 1;
    count.textContent = !words ? "" : found.length === 0 ? "Not found" : `${here || "–"} of ${found.length}`;
    if (field.value !== words) field.value = words ?? "";
  };
  update();
  return { dom, top: true, update };
}

export const find = search;

export const findKeymap = [
  { key: "Mod-f", run: openFind, scope: "editor" },
  { key: "F3", run: findNext(1), shift: findNext(-1), preventDefault: true },
  { key: "Mod-g", run: findNext(1), shift: findNext(-1), preventDefault: true },
  { key: "Escape", run: closeFind },
];

// Colours, brackets and indentation of JSON, of Nix and of YAML, and the colours of a command line.

import { closeBrackets } from "@codemirror/autocomplete";
import { indentService, indentUnit } from "@codemirror/language";
import { countColumn, EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, ViewPlugin } from "@codemirror/view";

import { textOf } from "./text.js";
import { bracketsAt, indentation, READERS } from "./tokens.js";

/** Lines indented further than this go on no further in: phones are narrow. */
const MOST_HANGING_COLUMNS = 8;

/** @param {string} name */
const mark = (name) => Decoration.mark({ class: name });

const TOKEN_MARKS = {
  comment: mark("code-comment"),
  key: mark("code-key"),
  string: mark("code-string"),
  number: mark("code-number"),
  word: mark("code-word"),
  punctuation: mark("code-punctuation"),
};
const PAIR = mark("code-pair");
const ALONE = mark("code-alone");

/** @type {import("@codemirror/state").StateEffectType<import("../editor.d.ts").Notation>} */
const change = StateEffect.define();

/** What the text is written in. @type {StateField<import("../editor.d.ts").Notation>} */
const notation = StateField.define({
  create: () => /** @type {import("../editor.d.ts").Notation} */ ("json"),
  update: (value, { effects }) => effects.find((it) => it.is(change))?.value ?? value,
});

/**
 * The effects that colour the text as this notation; none where it is so already.
 * @param {EditorState} state
 * @param {import("../editor.d.ts").Notation} next
 */
export const colourAs = (state, next) => (state.field(notation) === next ? [] : [change.of(next)]);

const colours = ViewPlugin.define(
  (view) => ({
    decorations: colour(view),
    update(update) {
      const isOther = update.startState.field(notation) !== update.state.field(notation);
      if (isOther || update.docChanged || update.viewportChanged) this.decorations = colour(update.view);
    },
  }),
  { decorations: (plugin) => plugin.decorations },
);

/** @param {import("@codemirror/view").EditorView} view */
function colour({ state, viewport }) {
  const marks = [];
  const read = READERS[state.field(notation)];
  for (const { kind, from, to } of read(textOf(state.doc), viewport.from, viewport.to)) {
    marks.push(TOKEN_MARKS[kind].range(from, to));
  }
  return Decoration.set(marks);
}

const brackets = ViewPlugin.define(
  (view) => ({
    decorations: pair(view),
    update(update) {
      if (update.docChanged || update.selectionSet || update.focusChanged) this.decorations = pair(update.view);
    },
  }),
  { decorations: (plugin) => plugin.decorations },
);

/** @param {import("@codemirror/view").EditorView} view */
function pair({ state, hasFocus }) {
  const { main } = state.selection;
  if (!hasFocus || !main.empty) return Decoration.none;
  const found = bracketsAt(textOf(state.doc), main.head, state.field(notation));
  return Decoration.set(found.map((at) => (found.length === 2 ? PAIR : ALONE).range(at, at + 1)));
}

/** A long line goes on below its own indentation, and a step further in. */
const hangingLines = ViewPlugin.define(
  (view) => ({
    decorations: hang(view),
    update(update) {
      if (update.docChanged || update.viewportChanged) this.decorations = hang(update.view);
    },
  }),
  { decorations: (plugin) => plugin.decorations },
);

/** @param {import("@codemirror/view").EditorView} view */
function hang({ state, viewport }) {
  const lines = [];
  for (let line = state.doc.lineAt(viewport.from); ; line = state.doc.lineAt(line.to + 1)) {
    lines.push(hanging(Math.min(columns(state, line.text), MOST_HANGING_COLUMNS) + 2).range(line.from));
    if (line.to >= viewport.to) return Decoration.set(lines);
  }
}

/** @param {number} characters */
const hanging = (characters) => Decoration.line({ attributes: { style: `--hang: ${characters}ch` } });

/** How far a line is indented; in YAML a key behind a dash is indented by that. @param {EditorState} state @param {string} line */
const columns = (state, line) => {
  const dashes = state.field(notation) === "yaml" ? /^\s*(?:- +(?=\S+:(?:\s|$)))*/ : /^\s*/;
  return countColumn(line, state.tabSize, dashes.exec(line)?.[0].length);
};

/** What is closed with what is opened, and how a line is made a comment, where there are comments. */
const LANGUAGES = {
  json: { closeBrackets: { brackets: ["{", "[", '"'], before: ",]}" } },
  shell: { closeBrackets: { brackets: ["{", "[", '"'], before: ",]}" }, commentTokens: { line: "#" } },
  nix: { closeBrackets: { brackets: ["{", "[", "(", '"'], before: ",;:)]}" }, commentTokens: { line: "#" } },
  yaml: { closeBrackets: { brackets: ["{", "[", '"', "'"], before: ",]}" }, commentTokens: { line: "#" } },
};

// What opens a level stands at the end of its line, and what closes it at the beginning.
const OPENS = { json: /[{[]\s*$/, shell: /[{[]\s*$/, nix: /(?:[{[(]|\blet|=\s*'')\s*(?:#.*)?$/, yaml: /(?:[{[:]|[|>]-?)\s*(?:#.*)?$/ };
const CLOSES = { json: /^\s*[}\]]/, shell: /^\s*[}\]]/, nix: /^\s*(?:[}\])]|''|in\b)/, yaml: /^\s*[}\]]/ };

export const language = [
  notation,
  colours,
  hangingLines,
  brackets,
  closeBrackets(),
  EditorState.languageData.of((state) => [LANGUAGES[state.field(notation)]]),
  indentUnit.compute(["doc"], (state) => indentation(textOf(state.doc))),
  indentService.of((context, position) => {
    const { state, unit } = context;
    const { text, from } = state.doc.lineAt(position);
    const opens = OPENS[state.field(notation)].test(text.slice(0, position - from));
    const closes = CLOSES[state.field(notation)].test(context.textAfterPos(position));
    return Math.max(0, columns(state, text) + (Number(opens) - Number(closes)) * unit);
  }),
];

// Marks under the text and in the margin for what is wrong with it.

import { StateEffect, StateField } from "@codemirror/state";
import { activateHover, Decoration, EditorView, gutter, GutterMarker, WidgetType } from "@codemirror/view";

/** @import { EditorState, Transaction } from "@codemirror/state" */
/** @import { Diagnostic } from "../editor.d.ts" */

/** From the worst on, each with its outline in a square of 16. Shape tells them apart where colour does not. */
const SEVERITIES = {
  error: { word: "Error", outline: "M4.7 2.3h6.6L14.7 8l-3.4 5.7H4.7L1.3 8z" },
  warning: { word: "Warning", outline: "M8 2 14.7 13.6H1.3z" },
  hint: { word: "Hint", outline: "M8 2.8a5.2 5.2 0 1 0 0 10.4A5.2 5.2 0 0 0 8 2.8z" },
};
const RANK = Object.keys(SEVERITIES);

/** @param {Diagnostic["severity"]} severity */
export function severityShape(severity) {
  const { word, outline } = SEVERITIES[severity];
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `severity severity--${severity}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", word);
  const path = svg.appendChild(document.createElementNS(svg.namespaceURI, "path"));
  path.setAttribute("d", outline);
  return svg;
}

/** A diagnostic about a place between two characters. */
class Point extends WidgetType {
  /** @param {Diagnostic["severity"]} severity */
  constructor(severity) {
    super();
    this.severity = severity;
  }
  /** @param {Point} other */
  eq(other) {
    return other.severity === this.severity;
  }
  toDOM() {
    const point = document.createElement("span");
    point.className = `point point--${this.severity}`;
    return point;
  }
}

/** @type {import("@codemirror/state").StateEffectType<Diagnostic[]>} */
const show = StateEffect.define();

const shown = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    marks = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(show)) marks = underline(transaction.state, effect.value);
    }
    return marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** @param {EditorState} state @param {Diagnostic[]} diagnostics */
function underline({ doc }, diagnostics) {
  // Of marks that begin together the last is the outermost; inside the worst, the style sheet leaves out the others.
  const worstLast = [...diagnostics].sort((a, b) => RANK.indexOf(b.severity) - RANK.indexOf(a.severity));
  const marks = worstLast.map((diagnostic) => {
    const from = Math.max(0, Math.min(diagnostic.from, doc.length));
    const to = Math.max(from, Math.min(diagnostic.to, doc.length));
    const { severity } = diagnostic;
    return /\S/.test(doc.sliceString(from, to))
      ? Decoration.mark({ class: `squiggle squiggle--${severity}`, diagnostic }).range(from, to)
      : Decoration.widget({ widget: new Point(severity), side: -1, diagnostic }).range(from);
  });
  return Decoration.set(marks, true);
}

/**
 * The effect that shows these diagnostics in place of those shown before.
 * @param {Diagnostic[]} diagnostics
 */
export const showDiagnostics = (diagnostics) => show.of(diagnostics);

/**
 * Diagnostics that touch the range, with where they are by now, the worst first.
 * @param {EditorState} state
 * @param {number} from
 * @param {number} [to]
 * @returns {{ from: number, to: number, diagnostic: Diagnostic }[]}
 */
export function diagnosticsIn(state, from, to = from) {
  /** @type {{ from: number, to: number, diagnostic: Diagnostic }[]} */
  const found = [];
  state.field(shown).between(from, to, (start, end, { spec: { diagnostic } }) => {
    found.push({ from: start, to: end, diagnostic });
  });
  const rank = (/** @type {typeof found[0]} */ { diagnostic }) => RANK.indexOf(diagnostic.severity);
  return found.sort((a, b) => rank(a) - rank(b));
}

class LineMark extends GutterMarker {
  /** @param {Diagnostic["severity"]} severity */
  constructor(severity) {
    super();
    this.severity = severity;
  }
  /** @param {LineMark} other */
  eq(other) {
    return other.severity === this.severity;
  }
  toDOM() {
    return severityShape(this.severity);
  }
}

/** @param {EditorView} view @param {{ from: number, to: number }} line */
function startingOn({ state }, line) {
  return diagnosticsIn(state, line.from, line.to).filter(({ from }) => from >= line.from);
}

const margin = gutter({
  class: "marks",
  lineMarker(view, line) {
    const [worst] = startingOn(view, line);
    return worst ? new LineMark(worst.diagnostic.severity) : null;
  },
  lineMarkerChange: (update) => update.startState.field(shown) !== update.state.field(shown),
  domEventHandlers: {
    click(view, line) {
      const [worst] = startingOn(view, line);
      if (!worst) return false;
      goTo(view, worst.from);
      return true;
    },
  },
});

/** Puts the caret there and shows what is known of the place. @param {EditorView} view @param {number} position */
function goTo(view, position) {
  view.dispatch({ selection: { anchor: position }, scrollIntoView: true, userEvent: "select" });
  view.focus();
  showInfo(view);
}

/** Shows what is known of the caret's place until it leaves. @param {EditorView} view */
export function showInfo(view) {
  const until = (/** @type {Transaction} */ { docChanged, selection }) => docChanged || selection !== undefined;
  activateHover(view, view.state.selection.main.head, 1, { until });
  return true;
}

/** @type {(step: 1 | -1) => import("@codemirror/view").Command} */
const goToDiagnostic = (step) => (view) => {
  const { state } = view;
  const places = [...new Set(diagnosticsIn(state, 0, state.doc.length).map(({ from }) => from))].sort((a, b) => a - b);
  if (places.length === 0) return false;
  const { head } = state.selection.main;
  const next = step > 0 ? places.find((place) => place > head) : places.findLast((place) => place < head);
  const place = next ?? places.at(step > 0 ? 0 : -1) ?? head;
  goTo(view, place);
  const words = diagnosticsIn(view.state, place).map(({ diagnostic: { severity, message } }) =>
    `${SEVERITIES[severity].word}: ${message}`);
  view.dispatch({ effects: EditorView.announce.of(words.join(". ").replaceAll("`", "")) });
  return true;
};

export const diagnostics = [shown, margin];

export const diagnosticsKeymap = [
  { key: "F8", run: goToDiagnostic(1), shift: goToDiagnostic(-1) },
  { key: "Mod-k Mod-i", run: showInfo },
];

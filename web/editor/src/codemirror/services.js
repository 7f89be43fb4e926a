// What the page knows of the text, shown at the pointer and while typing.

import { autocompletion, pickedCompletion, startCompletion } from "@codemirror/autocomplete";
import { hoverTooltip } from "@codemirror/view";

import { diagnosticsIn, severityShape } from "./diagnostics.js";
import { element, prose } from "./element.js";
import { textOf } from "./text.js";

/** @import { Completion, Hover, Services } from "../editor.d.ts" */

/** @param {Services} services */
export function info(services) {
  return hoverTooltip(({ state }, position) => {
    const wrong = diagnosticsIn(state, position);
    const hover = services.hover?.(textOf(state.doc), position);
    const [place = hover] = wrong;
    if (!place) return null;
    return {
      pos: place.from,
      end: place.to,
      create: () => ({ dom: card(wrong.map(({ diagnostic }) => diagnostic), hover), offset: { x: 0, y: 4 } }),
    };
  }, { hideOnChange: true });
}

/** @param {import("../editor.d.ts").Diagnostic[]} wrong @param {Hover | null} [hover] */
function card(wrong, hover) {
  const facts = (hover?.lines ?? []).flatMap(({ label, value }) => [element("dt", "", label), element("dd", "", value)]);
  return element("div", "card", [
    ...wrong.map(({ severity, message }) =>
      element("p", `card__wrong card__wrong--${severity}`, [severityShape(severity), element("span", "", prose(message))])),
    ...(hover ? [
      element("div", "card__about", [
        element("p", "card__title", hover.title),
        ...(hover.text ? [element("p", "card__text", prose(hover.text))] : []),
        ...(facts.length ? [element("dl", "card__facts", facts)] : []),
      ]),
    ] : []),
  ]);
}

/** @param {Services} services */
export function completion(services) {
  /** @type {import("@codemirror/autocomplete").CompletionSource} */
  const source = ({ state, pos, explicit }) => {
    // While somebody types, only words and strings are completed, not every space and bracket.
    if (!explicit && !/["\w-]/.test(state.sliceDoc(pos - 1, pos))) return null;
    const offered = services.complete?.(textOf(state.doc), pos);
    if (!offered) return null;
    const typed = state.sliceDoc(offered.from, pos).replace(/^["\s]+/, "");
    const items = rank(offered.items, typed);
    if (items.length === 0) return null;
    return {
      from: offered.from,
      to: offered.to,
      filter: false,
      getMatch: ({ label }) => {
        const at = label.toLowerCase().indexOf(typed.toLowerCase());
        return typed ? [at, at + typed.length] : [];
      },
      options: items.map((item) => ({
        label: item.label,
        detail: item.detail,
        info: item.info ? () => element("div", "", prose(item.info ?? "")) : undefined,
        apply: insert(item),
      })),
    };
  };
  // A Tab pressed as the list appears takes its first item; with a delay it would leave the text.
  return autocompletion({ override: [source], icons: false, activateOnTypingDelay: 30, interactionDelay: 0 });
}

/**
 * The items that hold what was typed, those that begin with it first.
 * @param {Completion[]} items
 * @param {string} typed
 */
export function rank(items, typed) {
  const at = (/** @type {Completion} */ { label }) => label.toLowerCase().indexOf(typed.toLowerCase());
  const begin = items.filter((item) => at(item) === 0);
  return [...begin, ...items.filter((item) => at(item) > 0)];
}

/** @type {(item: Completion) => (...place: [import("@codemirror/view").EditorView, import("@codemirror/autocomplete").Completion, number, number]) => void} */
const insert = (item) => (view, completion, from, to) => {
  view.dispatch({
    changes: { from, to, insert: item.insert },
    selection: { anchor: from + (item.caret ?? item.insert.length) },
    annotations: pickedCompletion.of(completion),
    userEvent: "input.complete",
    scrollIntoView: true,
  });
  if (item.kind === "key") startCompletion(view);
};

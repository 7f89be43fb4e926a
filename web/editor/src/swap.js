// How one editor takes another's place without the visitor losing anything.

/** @import { ChangeListener, CodeMirrorModule, Editor, EditorHost, State } from "./editor.d.ts" */

/**
 * Resolves to the editor that `load` brings, or to the present one when that fails. `load` resolves to a function that
 * makes the new editor from the state of the old one.
 * @param {Editor} current
 * @param {() => Promise<(from: State) => Editor>} load
 * @returns {Promise<Editor>}
 */
export async function upgrade(current, load) {
  try {
    const create = await load();
    await current.settled();
    const next = create(current.state());
    current.destroy();
    return next;
  } catch (error) {
    console.warn("The plain text area stays:", error);
    return current;
  }
}

/**
 * An editor that stands before whichever is live, so that callers need not know.
 * @param {Editor} live
 * @param {(load: () => Promise<CodeMirrorModule>, services: import("./editor.d.ts").Services) => () => Promise<(from: State) => Editor>} maker
 *   turns the arguments of `EditorHost.upgrade` into those of `upgrade`
 * @returns {EditorHost}
 */
export function hostEditor(live, maker) {
  /** @type {Map<ChangeListener, () => void>} */
  const listeners = new Map();
  /** @type {Parameters<Editor["setDiagnostics"]>} */
  let told = [[]];
  /** @type {Promise<boolean> | undefined} */
  let upgrading;
  /** @type {(value?: undefined) => void} */
  let tellUpgraded = () => {};
  /** @type {Promise<void>} */
  const upgraded = new Promise((done) => (tellUpgraded = done));

  return {
    getText: () => live.getText(),
    setText: (text, label) => live.setText(text, label),
    restart: (text, name) => live.restart(text, name),
    apply: (edits, label, revision) => live.apply(edits, label, revision),
    setDiagnostics(list, notation) {
      told = [list, notation];
      live.setDiagnostics(list, notation);
    },
    reveal: (from, to) => live.reveal(from, to),
    focus: () => live.focus(),
    undo: () => live.undo(),
    redo: () => live.redo(),
    onChange(listener) {
      listeners.set(listener, live.onChange(listener));
      return () => {
        listeners.get(listener)?.();
        listeners.delete(listener);
      };
    },
    state: () => live.state(),
    settled: () => live.settled(),
    destroy: () => live.destroy(),
    upgraded,
    upgrade(load, services = {}) {
      upgrading ??= upgrade(live, maker(load, services)).then((next) => {
        const isNew = next !== live;
        if (isNew) {
          live = next;
          for (const listener of listeners.keys()) listeners.set(listener, live.onChange(listener));
          live.setDiagnostics(...told);
        } else {
          upgrading = undefined;
        }
        tellUpgraded();
        return isNew;
      });
      return upgrading;
    },
  };
}

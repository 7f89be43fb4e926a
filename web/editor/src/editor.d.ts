/**
 * What the page knows of an editor. Two implementations keep this contract, the text area (`textarea.js`) and
 * CodeMirror (`codemirror.js`); `openEditor` in `index.js` gives one object that stands before whichever is live.
 *
 * Offsets are UTF-16 units into the text, line ends are LF. The editor owns the text: every change, whoever makes it,
 * comes back through `onChange`.
 */
export interface Editor {
  getText(): string;

  /**
   * Replaces everything, as one undo step (an example was chosen, a file opened). The caret goes to the start.
   * `label` says what was done, in the page's words; it comes back through `onChange`.
   */
  setText(text: string, label: string): void;

  /**
   * Begins anew with another kind of text, called `name`: nothing of the one before can be undone. It comes back through
   * `onChange` like a `setText`.
   */
  restart(text: string, name: string): void;

  /**
   * Applies sorted, disjoint edits as one undo step. The caret keeps its place between the same characters; focus stays
   * where it is. Returns false and changes nothing when the edits are for a text that is no longer there: `revision`
   * (that of the text they were computed from) is not the current one, they do not fit, or something is being composed.
   */
  apply(edits: Edit[], label: string, revision?: number): boolean;

  /**
   * Shows these in place of those shown before, and colours the text as this notation, JSON unless another is named.
   * They follow the text until the next call.
   */
  setDiagnostics(diagnostics: Diagnostic[], notation?: Notation): void;

  /** Selects the range, scrolls it into view and takes focus. */
  reveal(from: number, to: number): void;

  focus(): void;
  undo(): void;
  redo(): void;

  /**
   * Calls back after every change, undo and `apply` included. Of text that is being composed (an input method; phone
   * keyboards compose every word) it tells only when that ends or rests for a moment. `label` is that of the `apply` or
   * `setText` that made the change, and undefined for typing and undo. Returns a function that ends the calls.
   */
  onChange(callback: ChangeListener): () => void;

  state(): State;

  /** Resolves when nothing is being composed. */
  settled(): Promise<void>;

  destroy(): void;
}

/** The page's editor: the same object before and after CodeMirror takes over. */
export interface EditorHost extends Editor {
  /**
   * Puts CodeMirror in the text area's place: `load` is `() => import("…/codemirror.js")`. Text, selection, scroll and
   * focus are kept, and a composition is waited for. Resolves to true then, and to false when loading failed: the text
   * area stays, and a later call may try again.
   */
  upgrade(load: () => Promise<CodeMirrorModule>, services?: Services): Promise<boolean>;

  /** Resolves when the first `upgrade` has come to its end, whichever. */
  readonly upgraded: Promise<void>;
}

/** What `codemirror.js` exports. `host` is an element of the page; the editor lives in its shadow root. */
export interface CodeMirrorModule {
  createEditor(host: HTMLElement, services: Services, from?: Partial<State> & Labels): Editor;
}

export type ChangeListener = (text: string, revision: number, label: string | undefined) => void;

export interface Edit {
  from: number;
  to: number;
  insert: string;
}

/** What a text is written in. */
export type Notation = "json" | "shell" | "nix" | "yaml";

export interface Diagnostic {
  from: number;
  to: number;
  severity: "error" | "warning" | "hint";
  message: string;
  /** The rule's id. */
  id: string;
}

/** What another implementation needs to go on where this one is. */
export interface State {
  text: string;
  /** Grows by one with every change that is told. */
  revision: number;
  /** The selection runs from `anchor` to `head`; the caret is at `head`. */
  anchor: number;
  head: number;
  /** In CSS pixels. */
  scrollTop: number;
  focused: boolean;
}

/** What the text area says of itself. */
export interface Labels {
  /** Its accessible name. */
  label?: string;
  placeholder?: string;
}

/** What the page knows about the text; both answer at once. Only CodeMirror asks. */
export interface Services {
  hover?(text: string, position: number): Hover | null | undefined;
  complete?(text: string, position: number): Completions | null | undefined;
}

/** Plain text throughout: nothing of it is read as HTML. In `text` and messages, backticks hold code. */
export interface Hover {
  /** The place it speaks of. */
  from: number;
  to: number;
  title: string;
  /** Facts, such as "Default" and "15". */
  lines?: { label: string; value: string }[];
  text?: string;
}

export interface Completions {
  /** The part of the text that the chosen item's `insert` replaces. */
  from: number;
  to: number;
  items: Completion[];
}

export interface Completion {
  /** Shown, and matched with what is typed between `from` and the caret (a quote before it does not count). */
  label: string;
  /** Short, shown after the label. */
  detail?: string;
  /** A sentence or two, shown beside the chosen item. */
  info?: string;
  insert: string;
  /** Where the caret goes, counted from the start of `insert`; its end when absent. */
  caret?: number;
  /** After a key its values are offered at once. */
  kind: "key" | "value";
}

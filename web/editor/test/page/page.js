// The smallest page that has the editor; what tests need of it hangs on window.

import { openEditor } from "/dist/editor.js";

const editor = openEditor(document.getElementById("source"));
const changes = [];
editor.onChange((text, revision, label) => changes.push({ text, revision, label }));

const KEYS = ["bip", "default-address-pools", "dns", "log-driver", "log-opts", "mtu", "registry-mirrors"];

/** Stands for the core: knows a few keys and what can follow them. */
const services = {
  hover(text, position) {
    for (const { 0: found, 1: key, index } of text.matchAll(/"([\w-]+)"(?=\s*:)/g)) {
      if (position < index || position > index + found.length || !KEYS.includes(key)) continue;
      return {
        from: index,
        to: index + found.length,
        title: key,
        text: `What ${key} does, in a sentence of <b>plain</b> text that is long enough to need a second line.`,
        lines: [{ label: "Type", value: "address with prefix" }, { label: "Default", value: "172.17.0.1/16" }, { label: "Since", value: "1.10" }],
      };
    }
    return null;
  },
  complete(text, position) {
    const before = text.slice(0, position);
    const value = /"log-driver"\s*:\s*("?[\w-]*)$/.exec(before);
    if (value) {
      const items = ["json-file", "journald", "local", "none"].map((name) => ({ label: name, insert: `"${name}"`, kind: "value" }));
      return { from: position - value[1].length, to: position + (text[position] === '"' ? 1 : 0), items };
    }
    const key = /(?:[{,]\s*)("?[\w-]*)$/.exec(before);
    if (!key) return null;
    const items = KEYS.map((name) => ({
      label: name,
      detail: "text",
      info: `What ${name} does, in a sentence or two.`,
      insert: name === "dns" ? '"dns": []' : `"${name}": `,
      caret: name === "dns" ? 8 : undefined,
      kind: "key",
    }));
    return { from: position - key[1].length, to: position + (text[position] === '"' ? 1 : 0), items };
  },
};

const upgrade = () => editor.upgrade(() => import("/dist/codemirror.js"), services);
Object.assign(window, { editor, changes, upgrade });

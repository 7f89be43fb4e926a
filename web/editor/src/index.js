// What the first view needs of the editor. CodeMirror is a file of its own, which `EditorHost.upgrade` is given.

import { hostEditor } from "./swap.js";
import { textareaEditor } from "./textarea.js";

/** @import { EditorHost } from "./editor.d.ts" */

/**
 * Makes the page's text area an editor. CodeMirror later stands right after it, in an element of the same class, which
 * therefore has the same place and font; the text area is then `hidden`.
 * @param {HTMLTextAreaElement} textarea
 * @returns {EditorHost}
 */
export function openEditor(textarea) {
  return hostEditor(textareaEditor(textarea), (load, services) => async () => {
    const { createEditor } = await load();
    return (from) => {
      const place = document.createElement("div");
      place.className = textarea.className;
      textarea.after(place);
      try {
        const label = textarea.labels?.[0];
        const name = textarea.ariaLabel ?? label?.textContent?.trim();
        const editor = createEditor(place, services, { ...from, label: name, placeholder: textarea.placeholder });
        textarea.hidden = true;
        label?.addEventListener("click", editor.focus);
        return editor;
      } catch (error) {
        place.remove();
        throw error;
      }
    };
  });
}

// How edits act on a text and on positions in it. Everything here is pure.

/** @import { Edit } from "./editor.d.ts" */

/**
 * Whether the edits are sorted, disjoint and inside a text of this length.
 * @param {Edit[]} edits
 * @param {number} length
 */
export function editsFit(edits, length) {
  let end = 0;
  for (const { from, to } of edits) {
    if (!(from >= end && to >= from && to <= length)) return false;
    end = to;
  }
  return true;
}

/**
 * One edit that does what all of them do, or null when nothing changes. A single replacement is a single undo step
 * everywhere; it leaves out what stays the same at its ends.
 * @param {string} text
 * @param {Edit[]} edits
 * @returns {Edit | null}
 */
export function mergeEdits(text, edits) {
  if (edits.length === 0) return null;
  let from = edits[0].from;
  let to = edits[edits.length - 1].to;
  let insert = "";
  let end = from;
  for (const edit of edits) {
    insert += text.slice(end, edit.from) + edit.insert;
    end = edit.to;
  }
  let start = 0;
  while (from < to && start < insert.length && text[from] === insert[start]) from++, start++;
  let stop = insert.length;
  while (from < to && start < stop && text[to - 1] === insert[stop - 1]) to--, stop--;
  return from === to && start === stop ? null : { from, to, insert: insert.slice(start, stop) };
}

/**
 * Where a position is after the edits: between the same characters, before what is inserted right there, and inside a
 * replacement as far from its start as it was.
 * @param {Edit[]} edits
 * @param {number} position
 */
export function mapPosition(edits, position) {
  let shift = 0;
  for (const { from, to, insert } of edits) {
    if (position <= from) break;
    if (position < to) return from + shift + Math.min(position - from, insert.length);
    shift += insert.length - (to - from);
  }
  return position + shift;
}

// Links: the dialog, and addresses that are pasted onto words.

import { Plugin, TextSelection } from "../../vendor/prosemirror/prosemirror.min.js";
import { ask } from "./dialog.js";
import { unplaced } from "./element.js";
import { schema } from "./schema.js";
import { t } from "./words.js";

const { link } = schema.marks;

// As people type addresses: without https:// or mailto:.
export function address(typed) {
  const text = unplaced(typed.trim());
  if (/^[^\s@/:]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return `mailto:${text}`;
  if (/^[a-z][a-z0-9+.-]*:|^[/#?]|^\{\{/i.test(text)) return text;
  return /^[^\s/]+\.[^\s/]{2,}(\/|$)/.test(text) ? `https://${text}` : text;
}

export const isSafe = (href) => !/^\s*(javascript|vbscript|data|file):/i.test(href);

// The whole link around the cursor: { from, to, mark }.
export function linkAround({ selection: { $from, $to, from, to } }) {
  const mark = link.isInSet($from.marksAcross($to) ?? $from.marks()) ?? link.isInSet($from.nodeAfter?.marks ?? []);
  if (!mark || !$from.sameParent($to)) return null;
  let start = from, end = to, at = $from.start();
  $from.parent.forEach((child) => {
    const stop = at + child.nodeSize;
    if (mark.isInSet(child.marks)) {
      if (stop === start || (at < start && start <= stop)) start = at;
      if (at === end || (at <= end && end < stop)) end = stop;
    }
    at = stop;
  });
  return { from: start, to: end, mark };
}

export async function editLink(view) {
  const { state } = view;
  const around = linkAround(state);
  const { from, to } = around ?? state.selection;
  const isNew = !around && state.selection.empty;
  const fields = [{
    name: "href", label: t("link-href"), kind: "search", required: true, value: around?.mark.attrs.href, isAddress: true, hint: t("link-hint"),
  }];
  if (isNew) fields.push({ name: "text", label: t("link-text") });
  const said = await ask({
    title: around ? t("link-edit") : t("link"), fields, other: around ? t("link-remove") : undefined,
    finish: ({ href, text }) => {
      if (!isSafe(href)) throw new Error(t("link-unsafe"));
      return { href: address(href), text };
    },
  });
  view.focus();
  if (!said) return;
  const { tr } = view.state;
  if (said === true) tr.removeMark(from, to, link);
  else {
    const mark = link.create({ ...around?.mark.attrs, href: said.href });
    if (isNew) {
      tr.replaceSelectionWith(schema.text(said.text || said.href.replace(/^(mailto:|https?:\/\/)/, ""), [...(state.storedMarks ?? []), mark]), false);
    } else {
      tr.removeMark(from, to, link).addMark(from, to, mark);
      tr.setSelection(TextSelection.create(tr.doc, to));
    }
    tr.removeStoredMark(link);
  }
  view.dispatch(tr.scrollIntoView());
}

const ADDRESS = /^(https?:\/\/|mailto:)\S+$/i;

export const pastedLinks = new Plugin({
  props: {
    handlePaste(view, event) {
      const text = event.clipboardData?.getData("text/plain").trim() ?? "";
      const { selection, tr } = view.state;
      const { $from, $to, from, to, empty } = selection;
      if (!ADDRESS.test(text) || !$from.sameParent($to) || $from.parent.type.spec.code) return false;
      const mark = link.create({ href: unplaced(text) });
      if (empty) tr.replaceSelectionWith(schema.text(text, [mark]), false).removeStoredMark(link);
      else tr.addMark(from, to, mark);
      view.dispatch(tr.scrollIntoView());
      return true;
    },
  },
});

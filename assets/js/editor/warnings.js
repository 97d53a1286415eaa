// What mail programs do not show, said under the block that has it. The preview's report names the
// blocks by number (data-block), in the language of its email (data-language).

import { Decoration, DecorationSet, Plugin, PluginKey } from "../../vendor/prosemirror/prosemirror.min.js";
import { element } from "./element.js";

const key = new PluginKey("warnings");

const note = (text) => () => element("p", { class: "editor-warning", role: "note", contenteditable: "false" }, text);

function marks(doc, warnings) {
  const found = [];
  doc.forEach((node, pos, index) => {
    const texts = warnings.filter(({ block }) => block === index).map(({ text }) => text);
    if (texts.length === 0) return;
    const end = pos + node.nodeSize, text = texts.join(" ");
    found.push(Decoration.node(pos, end, { class: "editor-warned" }));
    found.push(Decoration.widget(end, note(text), { key: `warning-${text}`, side: -1, ignoreSelection: true }));
  });
  return DecorationSet.create(doc, found);
}

export const warnings = new Plugin({
  key,
  state: {
    init: () => DecorationSet.empty,
    apply(transaction, shown) {
      const said = transaction.getMeta(key);
      return said ? marks(transaction.doc, said) : shown.map(transaction.mapping, transaction.doc);
    },
  },
  props: { decorations: (state) => key.getState(state) },
});

// Marks the blocks that the report beside a form names, if it is on the text in this language.
export function warn(view, lang) {
  const report = document.getElementById("email-report");
  if (!report || report.dataset.language !== lang) return;
  const said = [...report.querySelectorAll("[data-block]")].map((line) => ({
    block: Number(line.dataset.block),
    text: line.querySelector("[data-warning]").textContent,
  }));
  view.dispatch(view.state.tr.setMeta(key, said));
}

// Hints in empty lines: what one can do there.

import { Decoration, DecorationSet, Plugin } from "../../vendor/prosemirror/prosemirror.min.js";
import { schema } from "./schema.js";
import { t } from "./words.js";

export const hints = new Plugin({
  props: {
    decorations({ doc, selection: { $from, empty } }) {
      const isBlank = doc.childCount === 1 && doc.firstChild.type === schema.nodes.paragraph && doc.firstChild.content.size === 0;
      const isHere = empty && $from.parent.type === schema.nodes.paragraph && $from.parent.content.size === 0;
      if (!isBlank && !isHere) return null;
      const [from, to] = isBlank ? [0, 2] : [$from.before(), $from.after()];
      return DecorationSet.create(doc, [Decoration.node(from, to, { class: "editor-hint", "data-placeholder": t("empty-hint") })]);
    },
  },
});

// Markdown that becomes what it means while it is typed.

import {
  InputRule, TextSelection, inputRules, textblockTypeInputRule, wrappingInputRule,
} from "../../vendor/prosemirror/prosemirror.min.js";
import { address, isSafe } from "./link.js";
import { schema } from "./schema.js";

const { nodes, marks } = schema;

// The first group is what is before the mark's signs, the last what gets the mark.
function markRule(pattern, type) {
  return new InputRule(pattern, (state, match, start, end) => {
    const text = match.at(-1);
    const signs = (match[0].length - match[1].length - text.length) / 2;
    const from = start + match[1].length;
    if (!state.doc.resolve(from).parent.type.allowsMarkType(type)) return null;
    // The last sign is not in the document yet.
    return state.tr.delete(from + signs + text.length, end).delete(from, from + signs)
      .addMark(from, from + text.length, type.create()).removeStoredMark(type);
  }, { inCodeMark: false });
}

const link = new InputRule(/(!?)\[([^\][]*)\]\(([^()\s]+)\)$/, (state, [, isImage, text, href], start, end) => {
  if (!isSafe(href)) return null;
  if (isImage) return state.tr.replaceWith(start, end, nodes.image.create({ src: href, alt: text }));
  if (!text) return null;
  const mark = marks.link.create({ href: address(href) });
  const node = schema.text(text, mark.addToSet(state.doc.resolve(start).marks()));
  return state.tr.replaceWith(start, end, node).removeStoredMark(marks.link);
}, { inCodeMark: false });

const mergeTag = new InputRule(/\{\{\s*([^{}]+?)\s*\}\}$/, (state, [, tag], start, end) => (
  state.tr.replaceWith(start, end, nodes.merge_tag.create({ tag }))
), { inCodeMark: false });

const divider = new InputRule(/^(---|\*\*\*|___|—-)$/, (state, match, start) => {
  const $start = state.doc.resolve(start);
  if ($start.parent.type !== nodes.paragraph || !$start.node(-1).canReplaceWith($start.index(-1), $start.indexAfter(-1), nodes.divider)) return null;
  const pos = $start.before();
  const tr = state.tr.replaceWith(pos, $start.after(), [nodes.divider.create(), nodes.paragraph.create()]);
  return tr.setSelection(TextSelection.create(tr.doc, pos + 2));
});

// A caption, a button and a cell stay what they are.
const inText = ({ match, handler }) => new InputRule(match, (state, found, start, end) => (
  [nodes.paragraph, nodes.heading].includes(state.doc.resolve(start).parent.type) ? handler(state, found, start, end) : null
));

const isNext = (match, node) => node.childCount + node.attrs.start === Number(match[1]);

export const rules = inputRules({
  rules: [
    ...[
      textblockTypeInputRule(/^(#{1,6})\s$/, nodes.heading, (match) => ({ level: match[1].length })),
      textblockTypeInputRule(/^```(\w*)\s$/, nodes.code_block, (match) => ({ language: match[1] })),
      wrappingInputRule(/^\s*([-+*])\s$/, nodes.bullet_list),
      wrappingInputRule(/^(\d{1,9})[.)]\s$/, nodes.ordered_list, (match) => ({ start: Number(match[1]) }), isNext),
      wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
    ].map(inText),
    divider, mergeTag, link,
    markRule(/(^|[^\p{L}\p{N}*])\*\*([^*\s](?:[^*]*[^*\s])?)\*\*$/u, marks.strong),
    markRule(/(^|[^\p{L}\p{N}_])__([^_\s](?:[^_]*[^_\s])?)__$/u, marks.strong),
    markRule(/(^|[^\p{L}\p{N}*])\*([^*\s](?:[^*]*[^*\s])?)\*$/u, marks.em),
    markRule(/(^|[^\p{L}\p{N}_])_([^_\s](?:[^_]*[^_\s])?)_$/u, marks.em),
    markRule(/(^|[^~])~~([^~\s](?:[^~]*[^~\s])?)~~$/u, marks.strike),
    markRule(/(^|[^`])`([^`]+)`$/u, marks.code),
  ],
});

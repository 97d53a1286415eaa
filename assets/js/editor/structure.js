// Blocks among blocks: which one the cursor is in, inserting, moving, copying and deleting.

import { AllSelection, NodeSelection, Selection, TextSelection } from "../../vendor/prosemirror/prosemirror.min.js";
import { holdsBlocks, schema } from "./schema.js";

const isMovable = (node, parent) => holdsBlocks(parent) || ["list_item", "table_row"].includes(node.type.name) || parent.type.name === "gallery";

// The selected block and those around it, the innermost first: { node, pos, parent, index }.
export function blocksAround({ doc, selection }) {
  const found = [];
  const { $from } = selection instanceof AllSelection ? Selection.atStart(doc) : selection;
  if (selection instanceof NodeSelection && selection.node.isBlock) {
    found.push({ node: selection.node, pos: selection.from, parent: $from.parent, index: $from.index() });
  }
  for (let depth = $from.depth; depth > 0; depth--) {
    found.push({ node: $from.node(depth), pos: $from.before(depth), parent: $from.node(depth - 1), index: $from.index(depth - 1) });
  }
  return found;
}

export const movable = (state) => blocksAround(state).filter(({ node, parent }) => isMovable(node, parent));

// The block at a position of the document.
export function blockAt(state, pos) {
  const $pos = state.doc.resolve(pos);
  return { node: $pos.nodeAfter, pos, parent: $pos.parent, index: $pos.index() };
}

// Puts the cursor into a block, or selects one without text.
export function enter(tr, pos) {
  const node = tr.doc.nodeAt(pos);
  const isAtom = node?.isAtom && NodeSelection.isSelectable(node);
  return tr.setSelection(isAtom ? NodeSelection.create(tr.doc, pos) : Selection.near(tr.doc.resolve(pos + 1)));
}

// After inserting: into the text of the block, or to the line below one without.
function goOn(tr, pos) {
  const node = tr.doc.nodeAt(pos), end = pos + node.nodeSize;
  if (!node.isAtom) {
    if (node.isTextblock && node.content.size > 0) tr.setSelection(TextSelection.create(tr.doc, pos + 1, end - 1));
    else enter(tr, pos);
    return;
  }
  if (!tr.doc.resolve(end).nodeAfter?.isTextblock) tr.insert(end, schema.nodes.paragraph.create());
  tr.setSelection(TextSelection.create(tr.doc, end + 1));
}

// Inserts blocks where the cursor is: in place of an empty paragraph, or below.
export function insertBlocks(view, nodes) {
  const { state } = view;
  const fits = (parent, index) => nodes.every(({ type }) => parent.canReplaceWith(index, index, type));
  const around = blocksAround(state).find(({ parent, index }) => holdsBlocks(parent) && fits(parent, index));
  const { tr } = state;
  let pos = around ? around.pos + around.node.nodeSize : state.doc.content.size;
  const isBlank = around?.node.type === schema.nodes.paragraph && around.node.content.size === 0;
  if (isBlank) {
    pos = around.pos;
    tr.replaceWith(pos, pos + around.node.nodeSize, nodes);
  } else tr.insert(pos, nodes);
  goOn(tr, nodes.slice(0, -1).reduce((at, node) => at + node.nodeSize, pos));
  view.dispatch(tr.scrollIntoView());
  view.focus();
}

export const insertBlock = (view, node) => insertBlocks(view, [node]);

function exchange(state, { node, pos, parent, index }, by) {
  const other = parent.child(index + by);
  const start = by < 0 ? pos - other.nodeSize : pos;
  const tr = state.tr.replaceWith(start, start + node.nodeSize + other.nodeSize, by < 0 ? [node, other] : [other, node]);
  const shift = by < 0 ? -other.nodeSize : other.nodeSize;
  const { selection } = state;
  tr.setSelection(selection instanceof NodeSelection
    ? NodeSelection.create(tr.doc, selection.from + shift)
    : TextSelection.between(tr.doc.resolve(selection.anchor + shift), tr.doc.resolve(selection.head + shift)));
  return tr.scrollIntoView();
}

// A command: the innermost block that has a neighbour there changes places with it.
export const move = (by, only) => (state, dispatch) => {
  const can = ({ parent, index }) => index + by >= 0 && index + by < parent.childCount;
  const block = only ? [only].find(can) : movable(state).find(can);
  if (!block) return false;
  dispatch?.(exchange(state, block, by));
  return true;
};

export function duplicate(view, { node, pos }) {
  view.dispatch(enter(view.state.tr.insert(pos + node.nodeSize, node), pos + node.nodeSize).scrollIntoView());
}

export function remove(view, { node, pos, parent }) {
  const { tr } = view.state;
  const isLast = parent.childCount === 1;
  if (isLast && parent.type.name === "gallery") tr.delete(pos - 1, pos + node.nodeSize + 1);
  else if (isLast) tr.replaceWith(pos, pos + node.nodeSize, schema.nodes.paragraph.create());
  else tr.delete(pos, pos + node.nodeSize);
  tr.setSelection(Selection.near(tr.doc.resolve(Math.min(pos, tr.doc.content.size))));
  view.dispatch(tr.scrollIntoView());
  view.focus();
}

// A command: a new paragraph below the outermost block.
export function leave(state, dispatch) {
  const { $to } = state.selection;
  if ($to.depth === 0) return false;
  const pos = $to.after(1);
  dispatch?.(enter(state.tr.insert(pos, schema.nodes.paragraph.create()), pos).scrollIntoView());
  return true;
}

// A command: paragraphs, headings and code become one of these. Captions and buttons stay what they are.
export const setStyle = (type, attrs) => (state, dispatch) => {
  const { tr } = state, styles = [schema.nodes.paragraph, schema.nodes.heading, schema.nodes.code_block];
  let isAny = false;
  for (const { $from, $to } of state.selection.ranges) {
    state.doc.nodesBetween($from.pos, $to.pos, (node, pos) => {
      const isSkipped = node.content.size === 0 && !state.selection.empty;
      if (isSkipped || !styles.includes(node.type)) return;
      isAny = true;
      const start = tr.mapping.map(pos + 1);
      tr.setBlockType(start, start, type, attrs);
    });
  }
  if (isAny) dispatch?.(tr.scrollIntoView());
  return isAny;
};

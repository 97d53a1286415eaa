// The keys of the editor.

import {
  AllSelection, NodeSelection, Selection, TextSelection, baseKeymap, chainCommands, exitCode, goToNextCell, keymap, lift, liftListItem, redo,
  selectParentNode, sinkListItem, splitListItem, toggleMark, undo, undoInputRule, wrapIn, wrapInList,
} from "../../vendor/prosemirror/prosemirror.min.js";
import { changeSettings, hasSettings } from "./blocks.js";
import { editLink } from "./link.js";
import { schema } from "./schema.js";
import { blocksAround, enter, leave, move, setStyle } from "./structure.js";
import { breakInCell, enterInCell } from "./table.js";
import { editTag } from "./tags.js";
import { announce } from "./announce.js";
import { t } from "./words.js";

const { nodes, marks } = schema;

function hardBreak(state, dispatch) {
  const { $from } = state.selection;
  // A heading of Markdown is one line.
  if ($from.parent.type === nodes.heading || !$from.parent.type.contentMatch.matchType(nodes.hard_break)) return false;
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
}

// A line that is ``` begins code.
function fence(state, dispatch) {
  const { $cursor } = state.selection;
  const [, language] = $cursor?.parent.textContent.match(/^```(\w*)$/) ?? [];
  if (language === undefined || $cursor.parent.type !== nodes.paragraph || $cursor.parentOffset < $cursor.parent.content.size) return false;
  const tr = state.tr.delete($cursor.start(), $cursor.end());
  dispatch?.(tr.setBlockType($cursor.start(), undefined, nodes.code_block, { language }));
  return true;
}

// Enter in a caption or a button goes on below it: there is one line of each.
function below(state, dispatch) {
  const { $head } = state.selection;
  if (![nodes.picture, nodes.button].includes($head.parent.type)) return false;
  let depth = $head.depth;
  if ($head.node(depth - 1).type === nodes.gallery) depth -= 1;
  const pos = $head.after(depth);
  dispatch?.(enter(state.tr.insert(pos, nodes.paragraph.create()), pos).scrollIntoView());
  return true;
}

// Enter on a selected block or chip opens what can be set about it.
function settings(state, dispatch, view) {
  const { selection } = state;
  if (!(selection instanceof NodeSelection)) return false;
  const { node, from } = selection;
  if (node.type === nodes.merge_tag) {
    if (dispatch) editTag(view, from);
    return true;
  }
  if (!hasSettings(node.type)) return false;
  if (dispatch) changeSettings(view, { node, pos: from });
  return true;
}

// At the start of a heading or of code, Backspace makes it a paragraph.
function plain(state, dispatch) {
  const { $cursor } = state.selection;
  if (!$cursor || $cursor.parentOffset > 0 || ![nodes.heading, nodes.code_block].includes($cursor.parent.type)) return false;
  return setStyle(nodes.paragraph)(state, dispatch);
}

// Backspace behind a block that has no text, or in an empty picture, selects it before it is gone.
function selectBefore(state, dispatch) {
  const { $cursor } = state.selection;
  if (!$cursor || $cursor.parentOffset > 0) return false;
  if ([nodes.picture, nodes.button].includes($cursor.parent.type)) {
    dispatch?.(state.tr.setSelection(NodeSelection.create(state.doc, $cursor.before())));
    return true;
  }
  const before = $cursor.depth > 0 && state.doc.resolve($cursor.before()).nodeBefore;
  const isWhole = before && [nodes.table, nodes.columns, nodes.if, nodes.social, nodes.gallery, nodes.picture, nodes.button].includes(before.type);
  if (!isWhole) return false;
  dispatch?.(state.tr.setSelection(NodeSelection.create(state.doc, $cursor.before() - before.nodeSize)));
  return true;
}

const moved = (by, key) => (state, dispatch, view) => {
  const isDone = move(by)(state, dispatch);
  if (dispatch && view) announce(view, t(isDone ? key : "not-moved"));
  return true;
};

const inCode = (state, dispatch) => {
  if (!state.selection.$from.parent.type.spec.code) return false;
  dispatch?.(state.tr.insertText("\t"));
  return true;
};

// Ctrl+A selects the document; commands for blocks want what is between its first and its last word.
function inText(command) {
  return (state, dispatch) => {
    if (!(state.selection instanceof AllSelection)) return command(state, dispatch);
    const { doc } = state, { lastChild } = doc;
    const end = lastChild.content.size === 0 && doc.childCount > 1 ? doc.content.size - lastChild.nodeSize : doc.content.size;
    const selection = TextSelection.between(Selection.atStart(doc).$from, doc.resolve(end), -1);
    return command(state.apply(state.tr.setSelection(selection)), dispatch);
  };
}

// A command: wraps in a list of a kind, changes the kind of the list around, or takes it away.
export function toggleList(type) {
  return inText((state, dispatch) => {
    const lists = [nodes.bullet_list, nodes.ordered_list];
    const list = blocksAround(state).find(({ node }) => lists.includes(node.type));
    if (!list) return wrapInList(type)(state, dispatch);
    if (list.node.type === type) return liftListItem(nodes.list_item)(state, dispatch);
    if (list.parent.type === nodes.social) return false;
    dispatch?.(state.tr.setNodeMarkup(list.pos, type, { loose: list.node.attrs.loose }));
    return true;
  });
}

export const toggleQuote = inText((state, dispatch) => {
  const isQuote = blocksAround(state).some(({ node }) => node.type === nodes.blockquote);
  return isQuote ? lift(state, dispatch) : wrapIn(nodes.blockquote)(state, dispatch);
});

export const keys = (editor) => [
  keymap({
    "Mod-b": toggleMark(marks.strong), "Mod-i": toggleMark(marks.em), "Mod-e": toggleMark(marks.code), "Mod-Shift-x": toggleMark(marks.strike),
    "Mod-k": (state, dispatch, view) => { editLink(view); return true; },
    "Mod-z": undo, "Mod-y": redo, "Shift-Mod-z": redo,
    "Mod-Alt-0": setStyle(nodes.paragraph),
    ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`Mod-Alt-${level}`, setStyle(nodes.heading, { level })])),
    "Mod-Shift-7": toggleList(nodes.ordered_list), "Mod-Shift-8": toggleList(nodes.bullet_list), "Mod-Shift-9": toggleQuote,
    "Alt-ArrowUp": moved(-1, "moved-up"), "Alt-ArrowDown": moved(1, "moved-down"),
    "Alt-F10": () => { editor.toolbar.focus(); return true; },
    Enter: chainCommands(settings, fence, enterInCell, below, splitListItem(nodes.list_item)),
    "Mod-Enter": chainCommands(exitCode, leave),
    "Shift-Enter": chainCommands(exitCode, breakInCell, hardBreak, () => true),
    Tab: chainCommands(goToNextCell(1), newRow, sinkListItem(nodes.list_item), inCode),
    "Shift-Tab": chainCommands(goToNextCell(-1), liftListItem(nodes.list_item)),
    Backspace: chainCommands(undoInputRule, plain, selectBefore),
    Escape: selectParentNode,
  }),
  keymap(baseKeymap),
];

// Tab in the last cell of a table adds a row.
function newRow(state, dispatch) {
  const cell = blocksAround(state).find(({ node }) => node.type.spec.tableRole === "row");
  if (!cell || !state.selection.$head.parent.type.spec.tableRole) return false;
  const row = nodes.table_row.create(null, Array.from({ length: cell.node.childCount }, () => nodes.table_cell.create()));
  const pos = cell.pos + cell.node.nodeSize;
  const tr = state.tr.insert(pos, row);
  dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(pos + 2))).scrollIntoView());
  return true;
}

// Tables as Markdown has them: one head row, no joined cells, an alignment for each column.

import {
  Decoration, DecorationSet, Plugin, TableMap, addColumnAfter, addColumnBefore, addRowAfter, addRowBefore, deleteColumn,
  deleteRow, deleteTable, isInTable, selectedRect,
} from "../../vendor/prosemirror/prosemirror.min.js";
import { schema } from "./schema.js";
import { leave } from "./structure.js";
import { t } from "./words.js";

const { table, table_row: row, table_cell: cell, table_header: header } = schema.nodes;

export function newTable(rows = 3, columns = 3) {
  const line = (type) => row.create(null, Array.from({ length: columns }, () => type.create()));
  return table.create(null, [line(header), ...Array.from({ length: rows - 1 }, () => line(cell))]);
}

const inHeadRow = (state) => isInTable(state) && selectedRect(state).top === 0;

function align(to) {
  return (state, dispatch) => {
    if (!isInTable(state)) return false;
    const { map, left, right, tableStart } = selectedRect(state);
    const { tr } = state;
    for (let line = 0; line < map.height; line++) {
      for (let column = left; column < right; column++) {
        const pos = tableStart + map.map[line * map.width + column];
        tr.setNodeAttribute(pos, "align", to);
      }
    }
    dispatch?.(tr);
    return true;
  };
}

function alignment(state) {
  const { map, left, table: node } = selectedRect(state);
  return node.nodeAt(map.map[left])?.attrs.align ?? "";
}

// What can be done in the table that the cursor is in.
export function tableActions(view) {
  const { state } = view;
  const run = (command) => () => { command(view.state, view.dispatch); view.focus(); };
  const { map } = selectedRect(state);
  const now = alignment(state);
  const aligned = (value, key) => ({ label: t(key), run: run(align(value)), pressed: now === value });
  return [
    { label: t("row-above"), run: run(addRowBefore), disabled: inHeadRow(state) },
    { label: t("row-below"), run: run(addRowAfter) },
    { label: t("row-delete"), run: run(deleteRow), disabled: map.height === 1 || inHeadRow(state) },
    { label: t("column-before"), run: run(addColumnBefore) },
    { label: t("column-after"), run: run(addColumnAfter) },
    { label: t("column-delete"), run: run(deleteColumn), disabled: map.width === 1 },
    { heading: t("column-align") },
    aligned("", "align-none"), aligned("left", "align-left"), aligned("center", "align-center"), aligned("right", "align-right"),
    { heading: t("table") },
    { label: t("table-delete"), icon: "trash-2", run: run(deleteTable) },
  ];
}

// Enter goes to the cell below; from the last row, out of the table.
export function enterInCell(state, dispatch, view) {
  const { $head } = state.selection;
  if (![cell, header].includes($head.parent.type)) return false;
  const tableNode = $head.node(-2), start = $head.start(-2);
  const map = TableMap.get(tableNode);
  const here = map.findCell($head.before() - start);
  if (here.bottom >= map.height) return leave(state, dispatch, view);
  const below = start + map.map[here.bottom * map.width + here.left];
  dispatch?.(state.tr.setSelection(state.selection.constructor.near(state.doc.resolve(below + 1))).scrollIntoView());
  return true;
}

// In a cell a new line is what GitHub's Markdown has for it.
export function breakInCell(state, dispatch) {
  if (![cell, header].includes(state.selection.$head.parent.type)) return false;
  dispatch?.(state.tr.replaceSelectionWith(schema.nodes.raw.create({ text: "<br>" })).scrollIntoView());
  return true;
}

// After each change: the first row is the head, cells are not joined, a new column is aligned as its head.
function normalize(tr, node, pos) {
  let isChanged = false;
  const heads = node.firstChild;
  node.forEach((line, offset, number) => {
    const type = number === 0 ? header : cell;
    line.forEach((one, inner, column) => {
      const align = heads.maybeChild(column)?.attrs.align ?? "";
      const { colspan, rowspan, colwidth } = one.attrs;
      if (one.type === type && one.attrs.align === align && colspan === 1 && rowspan === 1 && colwidth === null) return;
      tr.setNodeMarkup(pos + 1 + offset + 1 + inner, type, { ...one.attrs, align, colspan: 1, rowspan: 1, colwidth: null });
      isChanged = true;
    });
  });
  return isChanged;
}

export const plainTables = new Plugin({
  props: {
    // A head without a word yet is none.
    decorations({ doc }) {
      const found = [];
      doc.descendants((node, pos) => {
        if (node.type === header && node.content.size === 0) found.push(Decoration.node(pos, pos + node.nodeSize, { role: "cell" }));
        return !node.isTextblock;
      });
      return DecorationSet.create(doc, found);
    },
  },
  appendTransaction(transactions, before, state) {
    if (!transactions.some(({ docChanged }) => docChanged)) return null;
    const { tr } = state;
    let isChanged = false;
    state.doc.descendants((node, pos) => {
      if (node.type === table) isChanged = normalize(tr, node, pos) || isChanged;
      return node.type !== table && !node.isTextblock;
    });
    return isChanged ? tr : null;
  },
});

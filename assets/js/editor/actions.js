// What can be done with a block: the items of its menus and of its bar.

import { isInTable } from "../../vendor/prosemirror/prosemirror.min.js";
import { announce } from "./announce.js";
import { changeSettings, blockName, hasSettings } from "./blocks.js";
import { canKeep, keepAsSnippet } from "./snippets.js";
import { blocksAround, duplicate, leave, movable, move, remove } from "./structure.js";
import { tableActions } from "./table.js";
import { t } from "./words.js";

// The innermost block around the cursor that something can be set about.
export const settable = (state) => blocksAround(state).find(({ node }) => hasSettings(node.type));

export function moveAction(view, by, block) {
  const isUp = by < 0;
  return {
    label: t(isUp ? "move-up" : "move-down"), icon: isUp ? "arrow-up" : "arrow-down", keys: `Alt ${isUp ? "↑" : "↓"}`,
    disabled: !move(by, block)(view.state),
    run: () => {
      move(by, block)(view.state, view.dispatch);
      announce(view, t(isUp ? "moved-up" : "moved-down"));
      view.focus();
    },
  };
}

export const settingsAction = (view, block) => ({
  label: t("settings-of", { block: blockName(block.node.type) }), icon: "settings", run: () => changeSettings(view, block),
});
export const duplicateAction = (view, block) => ({ label: t("duplicate"), icon: "copy", run: () => { duplicate(view, block); view.focus(); } });
const keepAction = (view, block) => ({ label: t("snippet-keep"), icon: "puzzle", run: () => keepAsSnippet(view, block) });
export const deleteAction = (view, block) => ({
  label: t("delete"), icon: "trash-2",
  run: () => {
    remove(view, block);
    announce(view, t("deleted", { block: blockName(block.node.type) }));
  },
});

// Of the block that is given, or that the cursor is in.
export function actionsOf(view, given) {
  const block = given ?? movable(view.state)[0];
  if (!block) return [];
  const set = given && hasSettings(given.node.type) ? given : settable(view.state);
  return [
    { heading: blockName(block.node.type) },
    ...(set ? [settingsAction(view, set)] : []),
    moveAction(view, -1, given), moveAction(view, 1, given),
    duplicateAction(view, block),
    ...(canKeep(block) ? [keepAction(view, block)] : []),
    { label: t("write-below"), icon: "plus", keys: "Ctrl ↵", run: () => { leave(view.state, view.dispatch); view.focus(); } },
    deleteAction(view, block),
    ...(isInTable(view.state) ? [{ heading: t("table") }, ...tableActions(view)] : []),
  ];
}

// The bar below the text: which block the cursor is in, and what can be done with it.

import { isInTable, Plugin } from "../../vendor/prosemirror/prosemirror.min.js";
import { deleteAction, duplicateAction, moveAction, settable, settingsAction } from "./actions.js";
import { blockName, hasSettings } from "./blocks.js";
import { element, icon, iconButton } from "./element.js";
import { toggleMenu } from "./menu.js";
import { rove, stopAt } from "./roving.js";
import { schema } from "./schema.js";
import { blocksAround, movable } from "./structure.js";
import { tableActions } from "./table.js";
import { t } from "./words.js";

const { table } = schema.nodes;

function blockOf(state) {
  if (isInTable(state)) return blocksAround(state).find(({ node }) => node.type === table);
  return settable(state) ?? movable(state)[0];
}

class Bar {
  #buttons = [];

  constructor(view, dom) {
    this.view = view;
    this.dom = dom;
    dom.addEventListener("mousedown", (event) => event.preventDefault());
    rove(dom, () => this.#buttons, () => view.focus());
    this.update(view);
  }

  update({ state }) {
    const block = blockOf(state);
    const isSame = this.shown && block && this.shown.node === block.node && this.shown.pos === block.pos && this.shown.parent === block.parent;
    if (isSame) return;
    this.shown = block;
    const at = this.#buttons.indexOf(document.activeElement);
    this.draw(block);
    if (at >= 0) this.#buttons[Math.min(at, this.#buttons.length - 1)]?.focus();
  }

  draw(block) {
    if (!block) return this.dom.replaceChildren();
    const { view } = this;
    const actions = [
      ...(hasSettings(block.node.type) ? [settingsAction(view, block)] : []),
      moveAction(view, -1, block), moveAction(view, 1, block), duplicateAction(view, block), deleteAction(view, block),
    ];
    this.#buttons = actions.map(({ label, icon: drawing, run, disabled }) => {
      const made = iconButton(drawing, label, { class: "editor-tool", "aria-disabled": disabled ? "true" : null });
      made.addEventListener("click", () => { if (!disabled) run(); });
      return made;
    });
    if (block.node.type === table) this.#buttons.unshift(this.tableButton());
    stopAt(this.#buttons, this.#buttons[0]);
    return this.dom.replaceChildren(element("span", { class: "editor-bar-name" }, blockName(block.node.type)), ...this.#buttons);
  }

  tableButton() {
    const made = element("button", { type: "button", class: "editor-tool editor-tool--text", "aria-label": t("rows-columns"), "aria-haspopup": "menu", "aria-expanded": "false" },
      icon("table"), element("span", {}, t("rows-columns")), icon("chevron-down"));
    made.addEventListener("click", () => toggleMenu(made, t("rows-columns"), tableActions(this.view)));
    return made;
  }
}

export const newBar = () => element("div", { class: "editor-bar", role: "toolbar", "aria-label": t("block-actions") });
export const blockBar = (dom) => new Plugin({ view: (view) => new Bar(view, dom) });

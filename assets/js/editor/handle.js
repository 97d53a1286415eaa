// The handle beside the block under the pointer: drag it to move the block, press it for its menu.
// Keyboards have Alt with the arrows, and the same menu in the toolbar.

import { NodeSelection, Plugin } from "../../vendor/prosemirror/prosemirror.min.js";
import { actionsOf } from "./actions.js";
import { iconButton, isRightToLeft } from "./element.js";
import { openMenu } from "./menu.js";
import { holdsBlocks } from "./schema.js";
import { blockAt } from "./structure.js";
import { t } from "./words.js";

// The position of the innermost block of a holder at a point.
function posAt(view, x, y) {
  const box = view.dom.getBoundingClientRect();
  // The handle stands beside the text: look at what is level with it.
  const within = Math.min(Math.max(x, box.left + 48), box.right - 24);
  const found = view.posAtCoords({ left: within, top: y });
  if (!found) return null;
  const $pos = view.state.doc.resolve(found.inside >= 0 ? found.inside : found.pos);
  if (found.inside >= 0 && $pos.nodeAfter && holdsBlocks($pos.parent)) return found.inside;
  for (let depth = $pos.depth; depth > 0; depth--) if (holdsBlocks($pos.node(depth - 1))) return $pos.before(depth);
  return null;
}

class Handle {
  constructor(view) {
    this.view = view;
    this.dom = iconButton("grip-vertical", t("handle"), { class: "editor-handle", draggable: "true", tabindex: "-1", "aria-haspopup": "menu", "aria-expanded": "false", hidden: true });
    this.place = view.dom.parentElement;
    this.place.append(this.dom);
    this.onMove = (event) => this.show(posAt(view, event.clientX, event.clientY));
    this.place.addEventListener("pointermove", this.onMove);
    this.place.addEventListener("pointerleave", () => { if (!this.isDragged && this.dom.getAttribute("aria-expanded") !== "true") this.dom.hidden = true; });
    this.dom.addEventListener("click", () => openMenu(this.dom, t("handle"), actionsOf(view, blockAt(view.state, this.pos))));
    this.dom.addEventListener("dragstart", (event) => this.drag(event));
    this.dom.addEventListener("dragend", () => { this.isDragged = false; this.dom.hidden = true; });
  }

  show(pos) {
    if (this.isDragged || this.dom.getAttribute("aria-expanded") === "true" || !this.view.editable) return;
    const dom = pos === null ? null : this.view.nodeDOM(pos);
    this.dom.hidden = !(dom instanceof Element);
    if (this.dom.hidden) return;
    this.pos = pos;
    const box = dom.getBoundingClientRect(), place = this.place.getBoundingClientRect();
    const isRight = isRightToLeft(this.view.dom);
    const beside = isRight ? place.right - box.right : box.left - place.left;
    this.dom.style.top = `${box.top - place.top + Math.min(2, box.height / 4)}px`;
    this.dom.style.insetInlineStart = `${Math.max(0, beside - this.dom.offsetWidth - 2)}px`;
  }

  drag(event) {
    const { view, pos } = this;
    const selection = NodeSelection.create(view.state.doc, pos);
    view.dispatch(view.state.tr.setSelection(selection));
    const slice = selection.content();
    const { dom, text } = view.serializeForClipboard(slice);
    event.dataTransfer.clearData();
    event.dataTransfer.setData("text/html", dom.innerHTML);
    event.dataTransfer.setData("text/plain", text);
    event.dataTransfer.effectAllowed = "copyMove";
    const shown = view.nodeDOM(pos);
    if (shown instanceof Element) event.dataTransfer.setDragImage(shown, 8, 8);
    view.dragging = { slice, move: true, node: selection };
    this.isDragged = true;
  }

  update() {
    if (!this.isDragged && this.dom.getAttribute("aria-expanded") !== "true") this.dom.hidden = true;
  }

  destroy() {
    this.dom.remove();
  }
}

export const dragHandle = new Plugin({ view: (view) => new Handle(view) });

// The menu of "/": blocks by name, chosen while the cursor stays in the text.

import { Plugin, PluginKey } from "../../vendor/prosemirror/prosemirror.min.js";
import { announce } from "./announce.js";
import { BLOCKS } from "./blocks.js";
import { element, icon, newId } from "./element.js";
import { toggleList, toggleQuote } from "./keys.js";
import { place } from "./menu.js";
import { schema } from "./schema.js";
import { setStyle } from "./structure.js";
import { t } from "./words.js";

const { nodes } = schema;
const LONGEST = 24;
const key = new PluginKey("slash");

const command = (made) => (view) => { made(view.state, view.dispatch); view.focus(); };
const entry = (label, drawing, run, words) => ({ label, icon: drawing, run: command(run), words });
const TEXTS = [
  ...[1, 2, 3, 4].map((level) => entry(t("heading-level", { level }), "heading", setStyle(nodes.heading, { level }), `heading h${level} title`)),
  entry(t("bullet-list"), "list", toggleList(nodes.bullet_list), "bullet unordered list"),
  entry(t("ordered-list"), "list-ordered", toggleList(nodes.ordered_list), "ordered numbered list"),
  entry(t("quote"), "quote", toggleQuote, "quote"),
];

// What is typed after "/": { from, to, query }.
function query({ selection: { $from, empty } }) {
  if (!empty || $from.parent.type.spec.code) return null;
  const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - LONGEST), $from.parentOffset, undefined, "\ufffc");
  const [whole, , typed] = before.match(/(^|[\s\ufffc])\/([\p{L}\p{N}][\p{L}\p{N} ]*|)$/u) ?? [];
  if (whole === undefined) return null;
  return { from: $from.pos - typed.length - 1, to: $from.pos, query: typed.toLowerCase() };
}

function matching(typed) {
  const all = [...TEXTS, ...BLOCKS];
  const begins = ({ label, words }) => `${label} ${words}`.toLowerCase().split(/\s+/).some((word) => word.startsWith(typed));
  const has = ({ label, words }) => `${label} ${words}`.toLowerCase().includes(typed);
  return [...all.filter(begins), ...all.filter((one) => !begins(one) && has(one))];
}

class SlashMenu {
  constructor(view) {
    this.view = view;
    this.dom = element("ul", { id: newId("slash"), class: "editor-menu editor-slash", role: "listbox", "aria-label": t("insert-block"), popover: "manual", tabindex: "0" });
    this.dom.addEventListener("mousedown", (event) => event.preventDefault());
    view.dom.parentElement.append(this.dom);
    this.isOpen = false;
  }

  update(view, before) {
    const found = view.hasFocus() && view.editable ? query(view.state) : null;
    if (!found || found.from === this.dismissed) {
      if (!found) this.dismissed = undefined;
      return this.close();
    }
    // Opened by typing, not by a cursor that comes by.
    if (!this.isOpen && before?.doc.eq(view.state.doc)) return undefined;
    if (this.isOpen && this.found.query === found.query && this.found.from === found.from) return undefined;
    this.found = found;
    this.items = matching(found.query);
    if (this.items.length === 0) return this.close();
    this.draw();
    return undefined;
  }

  draw() {
    this.dom.replaceChildren(...this.items.map(({ label, icon: drawing }, at) => {
      const option = element("li", { id: newId("option"), class: "editor-menu-item", role: "option", "aria-selected": "false" }, icon(drawing), element("span", {}, label));
      option.addEventListener("click", () => this.choose(at));
      return option;
    }));
    if (!this.isOpen) {
      this.dom.dir = getComputedStyle(document.body).direction;
      this.dom.showPopover();
      this.isOpen = true;
      this.view.dom.setAttribute("aria-controls", this.dom.id);
    }
    announce(this.view, t("slash-count", { count: this.items.length }));
    place(this.dom, this.view.coordsAtPos(this.found.from));
    this.mark(0);
  }

  mark(at) {
    this.dom.children[this.at]?.setAttribute("aria-selected", "false");
    this.at = (at + this.items.length) % this.items.length;
    const option = this.dom.children[this.at];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.view.dom.setAttribute("aria-activedescendant", option.id);
  }

  choose(at) {
    const { from, to } = this.found;
    this.close();
    this.view.dispatch(this.view.state.tr.delete(from, to));
    this.items[at].run(this.view);
  }

  close() {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.dom.hidePopover();
    this.view.dom.removeAttribute("aria-activedescendant");
    this.view.dom.removeAttribute("aria-controls");
    announce(this.view, "");
  }

  key({ key: pressed }) {
    if (!this.isOpen) return false;
    if (pressed === "ArrowDown") this.mark(this.at + 1);
    else if (pressed === "ArrowUp") this.mark(this.at - 1);
    else if (pressed === "Enter" || pressed === "Tab") this.choose(this.at);
    else if (pressed === "Escape") {
      this.dismissed = this.found.from;
      this.close();
    } else return false;
    return true;
  }

  destroy() {
    this.dom.remove();
  }
}

export function slashMenu() {
  let menu;
  return new Plugin({
    key,
    view: (view) => (menu = new SlashMenu(view)),
    props: {
      handleKeyDown: (view, event) => !event.isComposing && menu.key(event),
      handleDOMEvents: { blur: () => { menu?.close(); return false; } },
    },
  });
}

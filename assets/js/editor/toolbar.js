// The toolbar above the text.

import { isInTable, redo, redoDepth, toggleMark, undo, undoDepth } from "../../vendor/prosemirror/prosemirror.min.js";
import { actionsOf } from "./actions.js";
import { BLOCKS, blockName } from "./blocks.js";
import { element, icon, iconButton, isMac } from "./element.js";
import { toggleList, toggleQuote } from "./keys.js";
import { editLink, linkAround } from "./link.js";
import { toggleMenu } from "./menu.js";
import { insertPicture } from "./picture.js";
import { rove } from "./roving.js";
import { schema } from "./schema.js";
import { blocksAround, insertBlock, setStyle } from "./structure.js";
import { newTable } from "./table.js";
import { editTag } from "./tags.js";
import { t } from "./words.js";

const { nodes, marks } = schema;
const keysOf = (keys) => (isMac ? keys.replace("Mod-", "⌘").replace("Alt-", "⌥").replace("Shift-", "⇧") : keys.replace("Mod-", "Ctrl+").replaceAll("-", "+"));
const ariaKeys = (keys) => keys.replace("Mod-", isMac ? "Meta+" : "Control+").replaceAll("-", "+");

const hasMark = ({ selection: { from, $from, to, empty }, storedMarks, doc }, type) => (
  empty ? Boolean(type.isInSet(storedMarks ?? $from.marks())) : doc.rangeHasMark(from, to, type)
);
const isWithin = (state, type) => blocksAround(state).some(({ node }) => node.type === type);

export class Toolbar {
  #tools = [];

  constructor(editor, id) {
    this.editor = editor;
    this.dom = element("div", { class: "editor-toolbar", role: "toolbar", "aria-label": t("toolbar"), "aria-controls": id });
    this.style = this.#button("type", "pilcrow", { "aria-haspopup": "menu", "aria-expanded": "false" });
    this.style.classList.add("editor-tool--wide");
    this.style.addEventListener("click", () => this.#openStyles());
    this.#add(this.style, {});
    this.#group(
      this.#mark("bold", "bold", marks.strong, "Mod-b"), this.#mark("italic", "italic", marks.em, "Mod-i"),
      this.#mark("strike", "strikethrough", marks.strike, "Mod-Shift-x"), this.#mark("code", "code", marks.code, "Mod-e"),
      this.#tool("link", "link", "Mod-k", (view) => editLink(view), (state) => Boolean(linkAround(state))),
    );
    this.#group(
      this.#command("bullet-list", "list", "Mod-Shift-8", toggleList(nodes.bullet_list), (state) => isWithin(state, nodes.bullet_list)),
      this.#command("ordered-list", "list-ordered", "Mod-Shift-7", toggleList(nodes.ordered_list), (state) => isWithin(state, nodes.ordered_list)),
      this.#command("quote", "quote", "Mod-Shift-9", toggleQuote, (state) => isWithin(state, nodes.blockquote)),
    );
    this.#group(
      this.#tool("picture-new", "image", "", (view) => insertPicture(view)),
      this.#tool("table-new", "table", "", (view) => insertBlock(view, newTable())),
      this.#tool("tag", "braces", "", (view) => editTag(view)),
      this.#menu("insert-block", "plus", () => BLOCKS.map(({ label, icon: drawing, run }) => ({ label, icon: drawing, run: () => run(this.view) }))),
      this.#menu("block-actions", "grip-vertical", () => actionsOf(this.view)),
    );
    this.#group(
      this.#command("undo", "undo-2", "Mod-z", undo, undefined, (state) => undoDepth(state) > 0),
      this.#command("redo", "redo-2", "Mod-Shift-z", redo, undefined, (state) => redoDepth(state) > 0),
    );
    this.source = element("button", { type: "button", class: "editor-tool editor-tool--source", "aria-pressed": "false" }, icon("file-code"), element("span", {}, t("source")));
    this.source.addEventListener("click", () => editor.toggleSource());
    this.#add(this.source, { isAlways: true });
    this.dom.append(this.source);
    this.#tools[0].dom.tabIndex = 0;
    rove(this.dom, () => this.#tools.map(({ dom }) => dom), () => editor.focus());
    // The selection of the text stays.
    this.dom.addEventListener("mousedown", (event) => { if (event.target.closest(".editor-tool")) event.preventDefault(); });
  }

  get view() {
    return this.editor.view;
  }

  focus() {
    (this.#tools.find(({ dom }) => dom.tabIndex === 0) ?? this.#tools[0]).dom.focus();
  }

  #group(...buttons) {
    this.dom.append(element("div", { class: "editor-tools" }, ...buttons));
  }

  #add(dom, tool) {
    dom.tabIndex = -1;
    this.#tools.push({ dom, ...tool });
    return dom;
  }

  #button(key, drawing, attributes = {}, keys = "") {
    const label = keys ? `${t(key)} (${keysOf(keys)})` : t(key);
    const button = iconButton(drawing, t(key), { class: "editor-tool", "aria-keyshortcuts": keys ? ariaKeys(keys) : null, ...attributes });
    button.title = label;
    if (key === "type") this.dom.append(button);
    return button;
  }

  #tool(key, drawing, keys, run, isOn, can) {
    const button = this.#button(key, drawing, isOn ? { "aria-pressed": "false" } : {}, keys);
    button.addEventListener("click", () => { if (button.getAttribute("aria-disabled") !== "true") run(this.view); });
    return this.#add(button, { isOn, can });
  }

  #command(key, drawing, keys, command, isOn, can = (state) => command(state)) {
    return this.#tool(key, drawing, keys, (view) => {
      command(view.state, view.dispatch, view);
      view.focus();
    }, isOn, (state) => can(state));
  }

  #mark(key, drawing, type, keys) {
    return this.#command(key, drawing, keys, toggleMark(type), (state) => hasMark(state, type));
  }

  #menu(key, drawing, items) {
    const button = this.#button(key, drawing, { "aria-haspopup": "menu", "aria-expanded": "false" });
    button.addEventListener("click", () => { if (button.getAttribute("aria-disabled") !== "true") toggleMenu(button, t(key), items()); });
    return this.#add(button, {});
  }

  #openStyles() {
    if (this.style.getAttribute("aria-disabled") === "true") return;
    const { parent } = this.view.state.selection.$from;
    const set = (type, attrs) => () => {
      setStyle(type, attrs)(this.view.state, this.view.dispatch);
      this.view.focus();
    };
    const heading = (level) => ({
      label: t("heading-level", { level }), run: set(nodes.heading, { level }), keys: keysOf(`Mod-Alt-${level}`),
      pressed: parent.type === nodes.heading && parent.attrs.level === level,
    });
    toggleMenu(this.style, t("type"), [
      { label: t("block-paragraph"), run: set(nodes.paragraph), pressed: parent.type === nodes.paragraph, keys: keysOf("Mod-Alt-0") },
      ...[1, 2, 3, 4, 5, 6].map(heading),
      { label: t("block-code-block"), run: set(nodes.code_block), pressed: parent.type === nodes.code_block },
    ]);
  }

  update(state) {
    const { parent } = state.selection.$from;
    const isSource = this.editor.isSource;
    for (const { dom, isOn, can, isAlways } of this.#tools) {
      if (isOn) dom.setAttribute("aria-pressed", String(!isSource && isOn(state)));
      const isOff = isSource && !isAlways || !isSource && can && !can(state);
      if (isOff) dom.setAttribute("aria-disabled", "true");
      else dom.removeAttribute("aria-disabled");
    }
    const name = parent.type === nodes.heading ? t("heading-level", { level: parent.attrs.level }) : blockName(parent.inlineContent ? parent.type : nodes.paragraph);
    const shown = isInTable(state) ? t("table") : name;
    if (this.style.dataset.shown !== shown) {
      this.style.dataset.shown = shown;
      this.style.replaceChildren(element("span", {}, shown), icon("chevron-down"));
      this.style.setAttribute("aria-label", `${t("type")}: ${shown}`);
    }
    this.source.setAttribute("aria-pressed", String(isSource));
  }
}

// The editor of one text, over the textarea that has its Markdown. The textarea stays in the form:
// it is what is saved, what autosaving keeps, and the view of the source.

import { EditorState, EditorView, Plugin, dropCursor, gapCursor, history, tableEditing } from "../../vendor/prosemirror/prosemirror.min.js";
import { announce } from "./announce.js";
import { blockBar, newBar } from "./bar.js";
import { Counts } from "./counts.js";
import { read, write } from "./document.js";
import { element, newId } from "./element.js";
import { dragHandle } from "./handle.js";
import { keys } from "./keys.js";
import { pastedLinks } from "./link.js";
import { cleanPaste } from "./paste.js";
import { pictures } from "./picture.js";
import { hints } from "./hints.js";
import { rules } from "./rules.js";
import { schema } from "./schema.js";
import { slashMenu } from "./slash.js";
import { plainTables } from "./table.js";
import { Toolbar } from "./toolbar.js";
import { nodeViews } from "./views.js";
import { t } from "./words.js";
import { warn, warnings } from "./warnings.js";

const PAUSE_MS = 500;

// There is always a line to write in below the last block.
const lastLine = new Plugin({
  appendTransaction(transactions, before, { doc, tr }) {
    const isText = doc.lastChild?.type === schema.nodes.paragraph;
    return isText ? null : tr.insert(doc.content.size, schema.nodes.paragraph.create()).setMeta("addToHistory", false);
  },
});

// The bar below the text stays in sight above the one that saves.
function standAbove(foot, bar) {
  if (!bar) return;
  new ResizeObserver(() => { foot.style.insetBlockEnd = `${bar.offsetHeight}px`; }).observe(bar);
}

export class Editor {
  isSource = false;
  #timer;
  #isChanged = false;
  #writing = null;
  #shownSource;

  // Resolves to undefined where the server cannot read the text: the textarea stays as it is.
  static async start(area) {
    try {
      const doc = await read(area.dataset.readUrl, area.value);
      return new Editor(area, doc);
    } catch (error) {
      console.warn("editor:", error.message);
      return undefined;
    }
  }

  constructor(area, doc) {
    this.area = area;
    this.#shownSource = area.value;
    const id = newId("text");
    const label = area.labels?.[0];
    if (label) label.id ||= `${area.id}-label`;
    // The language of the text, not that of the page.
    const lang = this.lang = area.closest("[lang]:not(html)")?.lang;
    const attributes = {
      id, role: "textbox", "aria-multiline": "true", class: "editor-text",
      ...(label ? { "aria-labelledby": label.id } : { "aria-label": t("text") }),
      ...(area.getAttribute("aria-invalid") && { "aria-invalid": area.getAttribute("aria-invalid") }),
      ...(lang && { lang }), dir: area.dir || "auto",
    };
    this.body = element("div", { class: "editor-body" });
    this.toolbar = new Toolbar(this, id);
    this.counts = new Counts(lang);
    const said = element("p", { class: "visually-hidden", role: "status", "data-editor-said": true });
    const help = element("p", { id: `${id}-keys`, hidden: true }, t("keys-hint"));
    attributes["aria-describedby"] = [help.id, area.getAttribute("aria-describedby")].filter(Boolean).join(" ");
    this.bar = newBar();
    const foot = element("div", { class: "editor-foot" }, this.bar, this.counts.dom, help, said);
    this.dom = element("div", { class: "editor" }, this.toolbar.dom, this.body, foot);
    standAbove(foot, area.form?.querySelector(".form-bar"));
    area.before(this.dom);
    this.view = new EditorView(this.body, {
      state: this.#state(doc), nodeViews, attributes,
      dispatchTransaction: (transaction) => this.#apply(transaction),
    });
    this.counts.show(doc);
    // What is typed here is not the form's: its fields change when the Markdown is written.
    this.dom.addEventListener("input", (event) => event.stopPropagation());
    this.dom.addEventListener("focusout", (event) => { if (!this.dom.contains(event.relatedTarget)) this.write(); });
    // Labels and the list of what is wrong lead to the textarea.
    area.addEventListener("focus", () => { if (!this.isSource) this.focus(); });
    area.addEventListener("input", () => { if (this.isSource) this.counts.dom.textContent = ""; });
    this.#show();
  }

  #state(doc) {
    return EditorState.create({
      doc,
      plugins: [
        slashMenu(), rules, ...keys(this), history(), dropCursor({ class: "editor-drop", color: false }), gapCursor(), hints,
        cleanPaste, pastedLinks, pictures, plainTables, tableEditing(), lastLine, warnings, blockBar(this.bar), dragHandle,
      ],
    });
  }

  #apply(transaction) {
    const state = this.view.state.apply(transaction);
    this.view.updateState(state);
    this.toolbar.update(state);
    if (!transaction.docChanged) return;
    this.counts.update(state.doc);
    this.#isChanged = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.write(), PAUSE_MS);
  }

  // Marks what the preview's report says of its blocks.
  warn() {
    warn(this.view, this.lang);
  }

  get isBehind() {
    return !this.isSource && (this.#isChanged || this.#writing !== null);
  }

  // Puts the Markdown of the text into the textarea. Resolves to whether that worked.
  write() {
    this.#writing ??= this.#writeAll().finally(() => { this.#writing = null; });
    return this.#writing;
  }

  async #writeAll() {
    clearTimeout(this.#timer);
    while (this.#isChanged) {
      this.#isChanged = false;
      try {
        const markdown = await write(this.area.dataset.writeUrl, this.view.state.doc);
        if (markdown === this.area.value) continue;
        this.area.value = markdown;
        this.#shownSource = markdown;
        this.area.dispatchEvent(new Event("input", { bubbles: true }));
      } catch (error) {
        this.#isChanged = true;
        announce(this.view, t("not-written", { why: error.message }), true);
        return false;
      }
      if (this.dom.querySelector(".editor-fault")) announce(this.view, "");
    }
    return true;
  }

  #show() {
    this.dom.classList.toggle("editor--source", this.isSource);
    this.body.hidden = this.isSource;
    this.area.classList.toggle("editor-under", !this.isSource);
    this.area.tabIndex = this.isSource ? 0 : -1;
    if (this.isSource) this.area.removeAttribute("aria-hidden");
    else this.area.setAttribute("aria-hidden", "true");
    // How Markdown is written.
    const hint = document.getElementById(`${this.area.id}-hint`);
    if (hint) hint.hidden = !this.isSource;
    // Buttons that write into the textarea.
    for (const one of this.area.form?.querySelectorAll("[data-editor-replaces]") ?? []) one.hidden = !this.isSource;
    this.toolbar.update(this.view.state);
  }

  async toggleSource() {
    const isFromSource = this.isSource;
    if (isFromSource ? !(await this.#readSource()) : !(await this.write())) return;
    this.isSource = !isFromSource;
    this.#shownSource = this.area.value;
    this.#show();
    if (isFromSource) this.counts.show(this.view.state.doc);
    announce(this.view, t(this.isSource ? "source-shown" : "source-left"));
    this.focus();
  }

  // What was typed as Markdown, as one change that can be undone.
  async #readSource() {
    if (this.area.value === this.#shownSource) return true;
    try {
      const doc = await read(this.area.dataset.readUrl, this.area.value);
      const { tr } = this.view.state;
      this.view.dispatch(tr.replaceWith(0, tr.doc.content.size, doc.content));
      this.#isChanged = false;
      clearTimeout(this.#timer);
      return true;
    } catch (error) {
      announce(this.view, t("not-read", { why: error.message }), true);
      return false;
    }
  }

  focus() {
    if (this.isSource) this.area.focus();
    else this.view.focus();
  }
}


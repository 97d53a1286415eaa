// How blocks look that are more than an element of HTML.

import { blockName, changeSettings } from "./blocks.js";
import { element, icon } from "./element.js";
import { PictureView } from "./picture.js";
import { TagView } from "./tags.js";
import { t } from "./words.js";

const ICONS = {
  file: "paperclip", audio: "music", video: "film", embed: "panel-top", event: "calendar-days", events: "calendar-days",
  post: "newspaper", snippet: "puzzle", posts: "newspaper", feed: "rss", spacer: "move-vertical", html: "code-xml", markdown: "file-code",
};

function summary({ type, attrs }) {
  switch (type.name) {
    case "spacer": return t(`size-${attrs.size}`);
    case "events": case "posts": return String(attrs.count);
    case "event": case "post": return attrs.slug;
    default: return attrs.name || attrs.title || attrs.href;
  }
}

// A block without text of its own: what it is, and what it shows.
class CardView {
  constructor(node, view, getPos) {
    this.dom = element("div", { contenteditable: "false" });
    this.dom.addEventListener("dblclick", () => changeSettings(view, { node: this.node, pos: getPos() }));
    this.update(node);
  }

  update(node) {
    if (this.node && node.type !== this.node.type) return false;
    this.node = node;
    const { type, attrs } = node;
    const code = attrs.html ?? attrs.text;
    const what = code === undefined ? element("span", { class: "editor-card-what", dir: "auto" }, summary(node)) : element("pre", { dir: "ltr" }, code);
    this.dom.className = `editor-card editor-card--${type.name}`;
    this.dom.replaceChildren(icon(ICONS[type.name]), element("span", { class: "editor-card-name" }, blockName(type)), what);
    return true;
  }

  ignoreMutation() {
    return true;
  }
}

function heading(node) {
  const { type, attrs } = node;
  switch (type.name) {
    case "callout": return t(`callout-kind-${attrs.kind}`);
    case "if": return t("if-condition", { condition: attrs.condition });
    case "else": return t("otherwise");
    case "social": return t(node.textContent.trim() === "" ? "social-empty" : "block-social");
    default: return "";
  }
}

// A block around others, with a line that says what it is.
class BoxView {
  constructor(node) {
    this.heading = element("p", { class: "editor-box-heading", contenteditable: "false" });
    this.contentDOM = element("div", { class: "editor-box-content" });
    this.dom = element("div", {}, this.heading, this.contentDOM);
    this.update(node);
  }

  update(node) {
    if (this.node && node.type !== this.node.type) return false;
    this.node = node;
    const { type, attrs } = node;
    this.dom.className = `editor-box editor-${type.name}`;
    if (attrs.kind) this.dom.dataset.kind = attrs.kind;
    this.heading.replaceChildren(element("bdi", {}, heading(node)));
    this.heading.hidden = this.heading.textContent === "";
    return true;
  }

  ignoreMutation(mutation) {
    return mutation.type !== "selection" && !this.contentDOM.contains(mutation.target);
  }
}

// A button as readers see it; one writes into it.
class ButtonView {
  constructor(node) {
    this.contentDOM = element("span", { class: "editor-button-text", "data-placeholder": t("button-text") });
    this.dom = element("div", { class: "editor-button" }, this.contentDOM);
    this.update(node);
  }

  update(node) {
    if (this.node && node.type !== this.node.type) return false;
    this.node = node;
    Object.assign(this.dom.dataset, { align: node.attrs.align, kind: node.attrs.kind });
    this.dom.title = node.attrs.href;
    this.contentDOM.toggleAttribute("data-empty", node.content.size === 0);
    return true;
  }
}

class ColumnsView {
  constructor(node) {
    this.dom = this.contentDOM = element("div", { class: "editor-columns" });
    this.update(node);
  }

  update(node) {
    if (this.node && node.type !== this.node.type) return false;
    this.node = node;
    this.dom.dataset.split = node.attrs.split;
    return true;
  }
}

const card = (node, view, getPos) => new CardView(node, view, getPos);
const box = (node) => new BoxView(node);

export const nodeViews = {
  picture: (node, view, getPos) => new PictureView(node, view, getPos),
  merge_tag: (node, view, getPos) => new TagView(node, view, getPos),
  button: (node) => new ButtonView(node),
  columns: (node) => new ColumnsView(node),
  callout: box, if: box, then: box, else: box, social: box,
  ...Object.fromEntries(Object.keys(ICONS).map((name) => [name, card])),
};

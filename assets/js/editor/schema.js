// What a text may consist of. Nodes, marks and attributes have the names of the server's
// document (src/document/), so its JSON is the editor's.

import { Schema } from "../../vendor/prosemirror/prosemirror.min.js";

const text = (value = "") => ({ default: value, validate: "string" });
const number = (value) => ({ default: value, validate: "number" });
// Attributes that the editor does not know: kept as they are.
const EXTRA = { extra: { default: null } };
// Whether there is space between the items of a list, as Markdown has it.
const LOOSE = { loose: { default: false, validate: "boolean" } };

// In HTML that is copied, a block that HTML has no element for is a <div> with its attributes as data.
function block(name, attrs, spec = {}) {
  const own = Object.keys(attrs);
  const read = (dom) => {
    try {
      const given = JSON.parse(dom.dataset.attrs ?? "{}");
      const isKind = (key) => typeof given[key] === typeof attrs[key].default;
      return Object.fromEntries(own.filter(isKind).map((key) => [key, given[key]]));
    } catch {
      return {};
    }
  };
  const draw = (node) => {
    const data = Object.fromEntries(own.map((key) => [key, node.attrs[key]]));
    return { class: `editor-${name}`, "data-block": name, "data-attrs": JSON.stringify(data) };
  };
  const isLeaf = !spec.content;
  return {
    group: "block", attrs: { ...attrs, ...EXTRA }, ...(isLeaf ? { atom: true, selectable: true } : { defining: true }),
    parseDOM: [{ tag: `div[data-block=${name}]`, getAttrs: read }],
    toDOM: (node) => (isLeaf ? ["div", draw(node)] : ["div", draw(node), 0]),
    draggable: false, ...spec,
  };
}

const cell = (tag) => ({
  // No hard break: a line of a Markdown table is one line.
  content: "(text | image | merge_tag | raw)*",
  // The last three are what prosemirror-tables counts with; cells of Markdown are never joined.
  attrs: { align: text(), ...EXTRA, colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null } },
  isolating: true,
  tableRole: tag === "th" ? "header_cell" : "cell",
  parseDOM: [{ tag, getAttrs: (dom) => ({ align: dom.dataset.align ?? "" }) }],
  toDOM: (node) => [tag, { ...(node.attrs.align && { "data-align": node.attrs.align }), ...(tag === "th" && { scope: "col" }) }, 0],
});

const chip = (name, attr, spec) => ({
  inline: true, group: "inline", atom: true, selectable: true, attrs: { [attr]: text(), ...EXTRA },
  parseDOM: [{ tag: `span[data-${name}]`, getAttrs: (dom) => ({ [attr]: dom.getAttribute(`data-${name}`) }) }],
  ...spec,
});

const nodes = {
  doc: { content: "block+", attrs: { version: { default: 1 } } },
  paragraph: { group: "block", content: "inline*", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
  heading: {
    group: "block", content: "inline*", defining: true, attrs: { level: number(2), ...EXTRA },
    parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level } })),
    toDOM: (node) => [`h${node.attrs.level}`, 0],
  },
  blockquote: { group: "block", content: "block+", defining: true, parseDOM: [{ tag: "blockquote" }], toDOM: () => ["blockquote", 0] },
  code_block: {
    group: "block", content: "text*", marks: "", code: true, defining: true, attrs: { language: text(), ...EXTRA },
    parseDOM: [{ tag: "pre", preserveWhitespace: "full", getAttrs: (dom) => ({ language: dom.dataset.language ?? "" }) }],
    toDOM: (node) => ["pre", { ...(node.attrs.language && { "data-language": node.attrs.language }), dir: "ltr" }, ["code", 0]],
  },
  divider: { group: "block", parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
  bullet_list: { group: "block", content: "list_item+", attrs: { ...LOOSE, ...EXTRA }, parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
  ordered_list: {
    group: "block", content: "list_item+", attrs: { start: number(1), ...LOOSE, ...EXTRA },
    parseDOM: [{ tag: "ol", getAttrs: (dom) => ({ start: dom.start ?? 1 }) }],
    toDOM: (node) => ["ol", node.attrs.start === 1 ? {} : { start: node.attrs.start }, 0],
  },
  list_item: { content: "block+", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },

  table: { group: "block", content: "table_row+", tableRole: "table", isolating: true, parseDOM: [{ tag: "table" }], toDOM: () => ["table", ["tbody", 0]] },
  table_row: { content: "(table_header | table_cell)+", tableRole: "row", parseDOM: [{ tag: "tr" }], toDOM: () => ["tr", 0] },
  table_cell: cell("td"),
  table_header: cell("th"),

  picture: {
    group: "block", content: "inline*", defining: true, isolating: true, selectable: true,
    attrs: { src: text(), alt: text(), width: text(), href: text(), ...EXTRA },
    parseDOM: [{
      tag: "figure", contentElement: (dom) => dom.querySelector("figcaption") ?? document.createElement("figcaption"),
      getAttrs: (dom) => {
        const img = dom.querySelector("img[src]");
        return img && { src: img.getAttribute("src"), alt: img.getAttribute("alt") ?? "", width: dom.dataset.width ?? "", href: dom.dataset.href ?? "" };
      },
    }],
    toDOM: ({ attrs: { src, alt, width, href } }) => ["figure", { ...(width && { "data-width": width }), ...(href && { "data-href": href }) },
      ["img", { src, alt }], ["figcaption", 0]],
  },
  gallery: block("gallery", {}, { content: "picture*" }),
  button: block("button", { href: text(), align: text("start"), kind: text("main") }, { content: "inline*", isolating: true }),
  spacer: block("spacer", { size: text("medium") }),
  columns: block("columns", { split: text("1-1") }, { content: "column+", isolating: true }),
  column: block("column", {}, { group: "", content: "block+", isolating: true }),
  callout: block("callout", { kind: text("note") }, { content: "block+" }),
  file: block("file", { href: text(), name: text() }),
  audio: block("audio", { href: text(), title: text() }),
  video: block("video", { href: text(), poster: text(), title: text() }),
  embed: block("embed", { href: text(), title: text(), description: text(), picture: text() }),
  event: block("event", { slug: text() }),
  post: block("post", { slug: text() }),
  snippet: block("snippet", { name: text() }),
  events: block("events", { count: number(3) }),
  posts: block("posts", { count: number(3) }),
  feed: block("feed", { name: text(), count: number(5) }),
  social: block("social", {}, { content: "(bullet_list | paragraph)+", isolating: true }),
  if: block("if", { condition: text() }, { content: "then else?", isolating: true }),
  then: block("then", {}, { group: "", content: "block+", isolating: true }),
  else: block("else", {}, { group: "", content: "block+", isolating: true }),
  html: block("html", { html: text() }),
  markdown: block("markdown", { text: text() }),

  text: { group: "inline" },
  hard_break: { inline: true, group: "inline", selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"], linebreakReplacement: true },
  image: {
    inline: true, group: "inline", attrs: { src: text(), alt: text(), title: text(), ...EXTRA },
    parseDOM: [{ tag: "img[src]", getAttrs: (dom) => ({ src: dom.getAttribute("src"), alt: dom.getAttribute("alt") ?? "", title: dom.title }) }],
    toDOM: ({ attrs: { src, alt, title } }) => ["img", { src, alt, ...(title && { title }) }],
  },
  merge_tag: chip("merge-tag", "tag", {
    toDOM: (node) => ["span", { class: "editor-tag", "data-merge-tag": node.attrs.tag }, `{{ ${node.attrs.tag} }}`],
    leafText: (node) => `{{ ${node.attrs.tag} }}`,
  }),
  raw: chip("raw", "text", {
    toDOM: (node) => ["span", { class: "editor-raw", "data-raw": node.attrs.text }, node.attrs.text],
    leafText: (node) => node.attrs.text,
  }),
};

const marks = {
  link: {
    inclusive: false, attrs: { href: text(), title: text(), ...EXTRA },
    parseDOM: [{ tag: "a[href]", getAttrs: (dom) => ({ href: dom.getAttribute("href"), title: dom.title }) }],
    toDOM: ({ attrs: { href, title } }) => ["a", { href, ...(title && { title }) }, 0],
  },
  strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
  em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
  strike: { parseDOM: [{ tag: "s" }, { tag: "del" }], toDOM: () => ["s", 0] },
  code: { code: true, parseDOM: [{ tag: "code" }], toDOM: () => ["code", 0] },
};

export const schema = new Schema({ nodes, marks });

// Blocks in which others are inserted and moved. Those of a list are its items.
const HOLDERS = new Set(["doc", "blockquote", "column", "callout", "then", "else"]);
export const holdsBlocks = (node) => HOLDERS.has(node.type.name);

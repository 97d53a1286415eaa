// Turns what other programs put on the clipboard into the blocks of a text: Word with its lists
// that are none, Google Docs with its styles in place of elements, Pages with its classes, and
// pages of the web with all that is around their text.

import { Fragment, Plugin, Slice } from "../../vendor/prosemirror/prosemirror.min.js";
import { isSafe } from "./link.js";
import { schema } from "./schema.js";
import { unplaced } from "./element.js";

const GONE = "script, style, head, meta, title, link, noscript, template, iframe, object, svg, canvas, form, button, input, select, textarea, nav, [hidden], [aria-hidden=true]";
const BLOCKS = new Set("address article aside blockquote center dd details div dl dt figure figcaption footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table tbody td tfoot th thead tr ul".split(" "));
const KEPT = new Set("p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code hr table tr td th br strong em s a img figure figcaption".split(" "));
const SAME = { b: "strong", i: "em", strike: "s", del: "s", kbd: "code", tt: "code", samp: "code", cite: "em", caption: "p", dt: "p", dd: "p", summary: "p", address: "p" };

const SHEETS = /<style[^>]*>(.*?)<\/style>/gis;

// Styles by "element.class", as Pages writes them: span.s1 {font-weight: bold}.
function classStyles(html) {
  const styles = new Map();
  for (const [, sheet] of html.matchAll(SHEETS)) {
    for (const [, names, body] of sheet.replace(/<!--|-->|\/\*.*?\*\//gs, "").matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
      for (const name of names.split(",")) styles.set(name.trim().toLowerCase(), body);
    }
  }
  return styles;
}

function styleOf(node, styles) {
  const name = node.localName;
  const classes = [...node.classList].flatMap((one) => [styles.get(`.${one.toLowerCase()}`), styles.get(`${name}.${one.toLowerCase()}`)]);
  return [...classes, node.dataset.pastedStyle].filter(Boolean).join(";").toLowerCase();
}

function marksOf(style) {
  const found = [];
  if (/font-weight:\s*(bold|[6-9]00)|font:\s*(italic\s+)?bold/.test(style)) found.push("strong");
  if (/font-style:\s*(italic|oblique)|font:\s*(bold\s+)?italic/.test(style)) found.push("em");
  if (/text-decoration[^;]*line-through/.test(style)) found.push("s");
  return found;
}

const isPlain = (style, name) => (name === "strong" && /font-weight:\s*(normal|[1-4]00)/.test(style)) || (name === "em" && /font-style:\s*normal/.test(style));

// Word's paragraphs with a bullet are items of lists, by their level.
function wordLists(body) {
  for (const first of [...body.querySelectorAll("[data-pasted-style*=mso-list]")]) {
    if (!first.isConnected || first.closest("ul[data-word], ol[data-word]") || !/^(p|div|h\d)$/.test(first.localName)) continue;
    const stack = [];
    let next = first;
    let place;
    while (next && /mso-list:\s*l\d/i.test(next.dataset?.pastedStyle ?? "")) {
      const line = next;
      next = line.nextElementSibling;
      const level = Number(line.dataset.pastedStyle.match(/level(\d+)/i)?.[1] ?? 1);
      const mark = [...line.querySelectorAll("[data-pasted-style]")].find((one) => /mso-list:\s*ignore/i.test(one.dataset.pastedStyle));
      const sign = mark?.textContent.replace(/\s/g, "") ?? "";
      mark?.remove();
      const kind = /^[\p{L}\p{N}]{1,4}[.)]$/u.test(sign) ? "ol" : "ul";
      while (stack.length > level) stack.pop();
      if (stack.length === level && stack.at(-1).localName !== kind) stack.pop();
      while (stack.length < level) {
        const list = document.createElement(kind);
        list.dataset.word = "";
        const start = kind === "ol" ? Number.parseInt(sign, 10) : 1;
        if (start > 1) list.setAttribute("start", start);
        const parent = stack.at(-1);
        if (!parent) {
          place = list;
          line.before(list);
        } else (parent.lastElementChild ?? parent.appendChild(document.createElement("li"))).append(list);
        stack.push(list);
      }
      const item = document.createElement("li");
      item.append(...line.childNodes);
      stack.at(-1).append(item);
      line.remove();
    }
    place?.normalize();
  }
}

// Google Docs and old editors put a list into a list, not into its item.
function nestedLists(body) {
  for (const list of body.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")) {
    const item = list.previousElementSibling;
    if (item?.localName === "li") item.append(list);
    else {
      const made = document.createElement("li");
      list.before(made);
      made.append(list);
    }
  }
}

function address(href) {
  try {
    const url = new URL(href, document.baseURI);
    // Google Docs leads through a page of its own.
    const through = url.hostname === "www.google.com" && url.pathname === "/url" && (url.searchParams.get("q") ?? url.searchParams.get("url"));
    if (through) return through;
    return url.origin === location.origin ? unplaced(url.pathname) + url.search + url.hash : href;
  } catch {
    return href;
  }
}

const isTiny = (img) => ["width", "height"].some((name) => img.hasAttribute(name) && Number.parseInt(img.getAttribute(name), 10) <= 2);

function copyInto(target, node, styles, context) {
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) {
      const text = context.pre ? child.data : child.data.replace(/[\s\u00a0]+/g, " ");
      if (text) target.append(text);
    } else if (child.nodeType === Node.ELEMENT_NODE) copyElement(target, child, styles, context);
  }
}

function copyElement(target, node, styles, context) {
  const style = styleOf(node, styles);
  if (/display:\s*none|mso-hide:\s*all|visibility:\s*hidden/.test(style)) return;
  const name = SAME[node.localName] ?? node.localName;
  let inner = target;
  const into = (made) => { inner.append(made); inner = made; };
  const isHeading = /^h[1-6]$/.test(name);
  const isTitle = /^(MsoTitle|MsoSubtitle)$/.test(node.className);
  if (isTitle) into(document.createElement(node.className === "MsoTitle" ? "h1" : "h2"));
  else if (name === "img") {
    const src = node.getAttribute("src") ?? "";
    if (!/^(https?:|\/)/i.test(src) || isTiny(node)) return;
    const img = document.createElement("img");
    img.setAttribute("src", address(src));
    img.alt = node.getAttribute("alt") ?? "";
    inner.append(img);
    return;
  } else if (name === "a") {
    const href = node.getAttribute("href") ?? "";
    if (href && !href.startsWith("#") && isSafe(href)) {
      const link = document.createElement("a");
      link.setAttribute("href", address(href));
      into(link);
    }
  } else if (name === "br") {
    if (context.heading) inner.append(" ");
    else if (!/apple-interchange-newline/i.test(node.className)) inner.append(document.createElement("br"));
    return;
  } else if (KEPT.has(name)) {
    const isMark = ["strong", "em", "s"].includes(name);
    if (!(isMark && (isPlain(style, name) || (name === "strong" && context.heading)))) into(document.createElement(name));
    if (name === "ol" && node.hasAttribute("start")) inner.setAttribute("start", node.getAttribute("start"));
    if ((name === "td" || name === "th") && node.colSpan > 1) inner.dataset.span = Math.min(node.colSpan, 50);
    const align = /text-align:\s*(center|right)/.exec(style)?.[1] ?? node.getAttribute("align");
    // Word aligns the paragraphs in a cell.
    const cell = /^(p|td|th)$/.test(name) && inner.closest("td, th");
    if (cell && /^(center|right)$/.test(align ?? "")) cell.dataset.align ??= align;
  } else if (BLOCKS.has(name) && !["thead", "tbody", "tfoot"].includes(name)) into(document.createElement("div"));
  const isBlock = BLOCKS.has(name);
  // A block of bold text is bold in Pages; a heading is not.
  const heading = context.heading || isHeading || isTitle;
  if (!["td", "th", "tr", "table"].includes(name)) {
    for (const mark of marksOf(style)) {
      if (mark === "strong" && heading) continue;
      if (isBlock && node.querySelector("p, div, li, table")) continue;
      if (!inner.closest(mark)) into(document.createElement(mark));
    }
  }
  copyInto(inner, node, styles, { heading, pre: context.pre || name === "pre" });
}

const isEmpty = (node) => node.textContent.trim() === "" && !node.querySelector("img, hr, br + br");

// A cell is one line of text: its paragraphs are parted by breaks.
function flattenCell(cell) {
  for (const block of cell.querySelectorAll("p, div, li, h1, h2, h3, h4, h5, h6, pre, blockquote")) {
    if (block.nextElementSibling || block.parentElement !== cell) block.after(document.createElement("br"));
    block.replaceWith(...block.childNodes);
  }
  for (const list of cell.querySelectorAll("ul, ol, figure")) list.replaceWith(...list.childNodes);
  while (cell.lastChild?.nodeName === "BR" || (cell.lastChild?.nodeType === Node.TEXT_NODE && cell.lastChild.data.trim() === "")) cell.lastChild.remove();
  for (const line of [...cell.querySelectorAll("br")]) {
    const raw = document.createElement("span");
    raw.dataset.raw = "<br>";
    line.replaceWith(raw);
  }
  for (let left = Number(cell.dataset.span ?? 1) - 1; left > 0; left--) cell.after(document.createElement(cell.localName));
  cell.removeAttribute("data-span");
}

const isBold = (cell) => [...cell.childNodes].every((node) => node.nodeName === "STRONG" || node.textContent.trim() === "");

// A head row is bold by itself.
function plainHead(table) {
  const cells = [...(table.querySelector("tr")?.children ?? [])];
  if (!cells.every(isBold)) return;
  for (const bold of cells.flatMap((cell) => [...cell.children])) if (bold.localName === "strong") bold.replaceWith(...bold.childNodes);
}

function tables(body) {
  for (const table of body.querySelectorAll("table")) {
    // A table in a table, or of one cell, is there for its look.
    const cells = table.querySelectorAll("td, th");
    if (!body.contains(table) || cells.length > 1 && !table.querySelector("table")) continue;
    const made = document.createElement("div");
    for (const cell of cells) if (cell.closest("table") === table) made.append(...cell.childNodes, document.createElement("p"));
    table.replaceWith(made);
  }
  for (const cell of body.querySelectorAll("td, th")) flattenCell(cell);
  for (const table of body.querySelectorAll("table")) plainHead(table);
}

// A picture on its own is a block.
function figures(body) {
  for (const img of body.querySelectorAll("img")) {
    if (img.closest("figure, td, th")) continue;
    let whole = img;
    while (whole.parentElement !== body && /^(p|a|div|strong|em)$/.test(whole.parentElement.localName) && isEmpty(whole.parentElement.cloneNode()) && whole.parentElement.textContent.trim() === "" && whole.parentElement.querySelectorAll("img").length === 1) whole = whole.parentElement;
    if (whole === img && img.parentElement !== body && img.parentElement.localName !== "div" && img.parentElement.localName !== "li") continue;
    const figure = document.createElement("figure");
    const href = img.closest("a")?.getAttribute("href");
    if (href) figure.dataset.href = href;
    whole.replaceWith(figure);
    figure.append(img);
  }
}

// HTML of the clipboard as HTML that the schema reads.
function clean(html) {
  // Our own.
  if (/data-pm-slice/.test(html)) return html;
  const styles = classStyles(html);
  // Styles and scripts are read as text: the page's policy would report them.
  const safe = html.replace(SHEETS, "")
    .replace(/<[^>]+>/g, (tag) => tag.replace(/\sstyle\s*=/i, " data-pasted-style=").replace(/\son\w+\s*=/gi, " data-gone="))
    .replace(/<!\[if[^\]]*\]>|<!\[endif\]>/gi, "").replace(/<\/?o:p[^>]*>/gi, "");
  const page = new window.DOMParser().parseFromString(safe, "text/html");
  page.querySelectorAll(GONE).forEach((one) => one.remove());
  wordLists(page.body);
  nestedLists(page.body);
  const made = document.createElement("template").content.ownerDocument.createElement("body");
  copyInto(made, page.body, styles, {});
  tables(made);
  figures(made);
  for (const one of [...made.querySelectorAll("p, div, h1, h2, h3, h4, h5, h6, li, strong, em, s, a, blockquote")].reverse()) {
    if (isEmpty(one) && !one.querySelector("table")) one.remove();
  }
  return made.innerHTML;
}

const TAG = /\{\{\s*([^{}]+?)\s*\}\}/g;

function textWithTags(node) {
  const parts = [];
  let at = 0;
  for (const { 0: whole, 1: tag, index } of node.text.matchAll(TAG)) {
    if (index > at) parts.push(node.cut(at, index));
    parts.push(schema.nodes.merge_tag.create({ tag }, null, node.marks));
    at = index + whole.length;
  }
  return at === 0 ? node : [...parts, ...(at < node.text.length ? [node.cut(at)] : [])];
}

// {{ name }} in pasted text is a merge tag, except in code.
function withTags(fragment) {
  const made = [];
  fragment.forEach((node) => {
    if (node.isText && node.text.includes("{{") && !schema.marks.code.isInSet(node.marks)) made.push(textWithTags(node));
    else made.push(node.type.spec.code ? node : node.copy?.(withTags(node.content)) ?? node);
  });
  return Fragment.fromArray(made.flat());
}

export const cleanPaste = new Plugin({
  props: {
    transformPastedHTML: clean,
    transformPasted: (slice) => new Slice(withTags(slice.content), slice.openStart, slice.openEnd),
  },
});

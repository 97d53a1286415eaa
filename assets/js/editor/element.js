// Makes elements. Scripts and styles in attributes are forbidden by the pages' policy, so nothing
// here takes HTML.

const PLACE = new URL("../../../", import.meta.url);
const ICONS = new URL("vendor/lucide/editor.svg", new URL("assets/", PLACE));
const SVG = "http://www.w3.org/2000/svg";

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${ICONS.pathname}#${name}`);
  drawing.append(use);
  return drawing;
}

// A button of which only the icon is seen.
export function iconButton(name, label, attributes = {}) {
  return element("button", { type: "button", "aria-label": label, title: label, ...attributes }, icon(name));
}

let count = 0;
export const newId = (what) => `editor-${what}-${++count}`;

// Where a path of the site is in this installation, which may be below a path of its own.
export function placed(path) {
  const isOurs = path.startsWith("/") && !path.startsWith("//");
  const base = PLACE.pathname.replace(/\/$/, "");
  return isOurs && !(base && path.startsWith(`${base}/`)) ? `${base}${path}` : path;
}

// The same the other way round: texts name paths of the site without that.
export function unplaced(path) {
  const base = PLACE.pathname.replace(/\/$/, "");
  return base && path.startsWith(`${base}/`) ? path.slice(base.length) : path;
}

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
export const isRightToLeft = (dom) => getComputedStyle(dom).direction === "rtl";

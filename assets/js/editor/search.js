// Suggests posts, events and files for a field, by the search of every page: a combobox with a list.

import { element, newId } from "./element.js";
import { t } from "./words.js";

const PAUSE_MS = 150;
const url = () => document.querySelector("form[data-palette-url]")?.dataset.paletteUrl;

// Found things that a text can link to. `within` is the beginning of their paths.
async function find(query, within) {
  const answer = await fetch(`${url()}?${new URLSearchParams({ q: query })}`, { headers: { Accept: "application/json" }, redirect: "error" });
  if (!answer.ok) return [];
  const { groups = [] } = await answer.json();
  return groups.flatMap(({ items }) => items).filter(({ link }) => link?.startsWith(within));
}

// `pick` is given what was chosen, and returns the field's value.
export function suggest(input, { within = "/", pick = ({ link }) => link }) {
  if (!url()) return;
  const list = element("ul", { id: newId("found"), class: "editor-found", role: "listbox", "aria-label": t("found"), hidden: true });
  const status = element("p", { class: "visually-hidden", role: "status" });
  // Over what follows: buttons stay where they are when the list goes.
  const box = element("div", { class: "editor-combo" });
  input.replaceWith(box);
  box.append(input, list, status);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" })) {
    input.setAttribute(name, value);
  }
  let items = [], shown = -1, asked = 0, timer;

  function mark(at) {
    list.children[shown]?.setAttribute("aria-selected", "false");
    shown = at;
    const option = list.children[at];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }
  function fill(found) {
    items = found;
    list.replaceChildren(...found.map(({ title, detail }, at) => {
      const option = element("li", { id: newId("option"), role: "option", "aria-selected": "false" }, element("span", { dir: "auto" }, title));
      if (detail) option.append(" ", element("small", {}, detail));
      option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(at); });
      return option;
    }));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    mark(-1);
  }
  function choose(at) {
    input.value = pick(items[at]);
    fill([]);
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    const query = input.value.trim(), number = ++asked;
    // People who type an address need no suggestions.
    if (query.length < 2 || /^(https?:|mailto:|tel:|\/|#)|^\S+\.\S+$/.test(query)) return fill([]);
    timer = setTimeout(async () => {
      const found = await find(query, within).catch(() => []);
      if (number !== asked) return;
      fill(found);
      status.textContent = t("found-count", { count: found.length });
    }, PAUSE_MS);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const { key } = event;
    if (key === "ArrowDown") mark((shown + 1) % items.length);
    else if (key === "ArrowUp") mark((shown - 1 + items.length) % items.length);
    else if (key === "Enter" && shown >= 0) choose(shown);
    else if (key === "Escape") fill([]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  input.addEventListener("blur", () => fill([]));
}

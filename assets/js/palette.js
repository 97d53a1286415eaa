// The command palette and the keyboard shortcuts, on every page.
//
//   <form class="admin-search" action="/admin/search" data-palette-url="/admin/search" data-help-url="/admin/shortcuts"
//         data-title="Search everything" data-hint="Up and down to choose, …" data-failed="…" data-keys>
//     <input id="admin-search" name="q"> <kbd hidden></kbd> …
//   </form>
//
// Ctrl+K or ⌘K opens a dialog: a combobox with a list of what the URL finds, as JSON:
// {groups: [{heading, items: [{title, detail, path}]}], status}. Where data-keys is not there, the user has
// turned off the shortcuts of single keys (WCAG 2.1.4). These never act in a field or while a dialog is open.
// Without the script the form leads to the page with the same results.

const form = document.querySelector("form[data-palette-url]");
const PAUSE_MS = 120;
const SECOND_KEY_MS = 1500;
const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

class Palette {
  #shown = -1;
  #options = [];
  #asked = 0;
  #timer = 0;

  constructor({ paletteUrl, title, hint, failed }) {
    this.url = paletteUrl;
    this.failed = failed;
    this.list = element("div", { id: "palette-list", class: "palette-list", role: "listbox", "aria-label": title });
    this.input = element("input", {
      class: "input", type: "text", role: "combobox", "aria-label": title, "aria-autocomplete": "list", "aria-controls": "palette-list",
      "aria-expanded": "false", "aria-describedby": "palette-hint", placeholder: title, autocomplete: "off", spellcheck: "false", maxlength: "100",
    });
    this.status = element("p", { class: "palette-hint", role: "status" });
    this.dialog = element("dialog", { class: "palette", "aria-label": title },
      this.input, this.list, this.status, element("p", { id: "palette-hint", class: "palette-hint" }, hint));
    this.input.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#ask(), PAUSE_MS);
    });
    this.input.addEventListener("keydown", (event) => this.#key(event));
    // A click beside the dialog closes it, as Escape does.
    this.dialog.addEventListener("click", (event) => { if (event.target === this.dialog) this.dialog.close(); });
    document.body.append(this.dialog);
  }

  open() {
    if (this.dialog.open) return;
    this.dialog.showModal();
    this.input.focus();
    this.input.select();
  }

  #key(event) {
    if (event.isComposing) return;
    const { key } = event;
    if (key === "Enter") {
      event.preventDefault();
      const option = this.#options[this.#shown];
      if (option) option.click();
      else if (this.input.value.trim()) location.assign(this.#address());
      return;
    }
    const count = this.#options.length;
    if (count === 0 || (key !== "ArrowDown" && key !== "ArrowUp")) return;
    event.preventDefault();
    this.#show(key === "ArrowDown" ? (this.#shown + 1) % count : (this.#shown - 1 + count) % count);
  }

  #address() {
    return `${this.url}?${new URLSearchParams({ q: this.input.value.trim() })}`;
  }

  async #ask() {
    const number = ++this.#asked;
    if (!this.input.value.trim()) {
      this.#fill({ groups: [], status: "" });
      return;
    }
    try {
      const answer = await fetch(this.#address(), { headers: { Accept: "application/json" }, redirect: "error" });
      if (!answer.ok) throw new Error(`${answer.status}`);
      const found = await answer.json();
      // An answer may be overtaken by the next one.
      if (number === this.#asked) this.#fill(found);
    } catch {
      if (number === this.#asked) this.#fill({ groups: [], status: this.failed });
    }
  }

  #fill({ groups, status }) {
    this.#options = [];
    this.list.replaceChildren(...groups.map(({ heading, items }, at) => {
      const name = element("p", { id: `palette-group-${at}`, class: "palette-heading", role: "presentation" }, heading);
      const options = items.map(({ title, detail, path }) => {
        const option = element("a", { id: `palette-${this.#options.length}`, class: "palette-option", role: "option", "aria-selected": "false", tabindex: "-1", href: path },
          element("span", { dir: "auto" }, title));
        if (detail) option.append(" ", element("small", {}, detail));
        this.#options.push(option);
        return option;
      });
      return element("div", { role: "group", "aria-labelledby": `palette-group-${at}` }, name, ...options);
    }));
    this.status.textContent = status;
    this.input.setAttribute("aria-expanded", String(this.#options.length > 0));
    this.#show(this.#options.length > 0 ? 0 : -1);
  }

  #show(at) {
    this.#options[this.#shown]?.setAttribute("aria-selected", "false");
    this.#shown = at;
    const option = this.#options[at];
    if (!option) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }
}

let palette;
function openPalette() {
  palette ??= new Palette(form.dataset);
  palette.open();
}

function isField(target) {
  return target instanceof Element && (target.isContentEditable || target.closest("input, textarea, select, [role=textbox], [role=combobox]") !== null);
}

const follow = (link) => link?.click();
// Only what the navigation offers to this user.
const page = (path) => () => follow([...document.querySelectorAll("#nav a")].find((link) => new URL(link.href).pathname.endsWith(path)));

function goToSearch() {
  const input = form.querySelector("input");
  if (input.checkVisibility()) input.focus();
  else openPalette();
}

const KEYS = {
  "/": goToSearch,
  "?": () => location.assign(form.dataset.helpUrl),
  n: () => follow(document.querySelector(".head a[href$='/new']")),
};
const AFTER_G = { p: page("/admin/posts"), c: page("/admin/campaigns"), s: page("/admin/subscribers") };

// The Latin letter of a key, also where the layout has a letter of another script on it.
function letter({ key, code }) {
  return /^[^\x00-\x7f]$/.test(key) && code.startsWith("Key") ? code.slice(3).toLowerCase() : key;
}

let lastG = -Infinity;
function single(event) {
  const key = letter(event);
  const isSecond = event.timeStamp - lastG < SECOND_KEY_MS;
  lastG = -Infinity;
  const act = isSecond ? AFTER_G[key] : KEYS[key];
  if (act) {
    event.preventDefault();
    act();
  } else if (key === "g") lastG = event.timeStamp;
}

if (form) {
  const mark = form.querySelector("kbd");
  mark.textContent = isMac ? "⌘K" : "Ctrl K";
  mark.hidden = false;
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.repeat || event.altKey) return;
    const isOtherDialog = document.querySelector("dialog[open]") !== null;
    // By the place of the key too: with a Cyrillic layout it has another letter.
    if ((isMac ? event.metaKey : event.ctrlKey) && !event.shiftKey && (event.key.toLowerCase() === "k" || event.code === "KeyK")) {
      event.preventDefault();
      if (!isOtherDialog) openPalette();
      return;
    }
    if (event.ctrlKey || event.metaKey || isOtherDialog || isField(event.target) || !("keys" in form.dataset)) return;
    single(event);
  });
}

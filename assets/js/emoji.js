// Inserts emoji into subjects, preheaders and plain texts.
//
//   <template data-emoji data-insert="Insert an emoji: {field}" data-title="Emoji" data-search="Search"
//             data-none="No emoji found" data-close="Close" data-faces="Faces" …></template>
//
// Each text field of a form whose name begins with subject, preheader or title, and each textarea
// that is not the block editor's, gets a button. The list is loaded when a button is pressed first.
// In the dialog arrow keys move between emoji; Enter in the search takes the first one.

const FIELDS = "input[name^=subject], input[name^=preheader], input[name^=title], textarea:not([data-editor])";

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// Case and marks make no difference to a search.
const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

function insert(field, emoji) {
  field.focus();
  field.setRangeText(emoji, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function groupsOf(words, list, wanted) {
  const groups = [];
  for (const [group, emoji] of Object.entries(list)) {
    const found = emoji.filter(([, names]) => plain(names).includes(wanted));
    if (found.length > 0) groups.push([words[group] ?? group, found]);
  }
  return groups;
}

function buttons(groups) {
  return groups.map(([title, emoji]) => element("section", { "aria-label": title },
    element("h3", { class: "small soft" }, title),
    element("div", { class: "emoji-grid" }, ...emoji.map(([sign, names]) => {
      const name = names.split("|")[0];
      return element("button", { type: "button", class: "emoji", "aria-label": name, title: name, "data-sign": sign }, sign);
    }))));
}

// Arrow keys move among the emoji as they stand on the screen.
function move(event, all) {
  const at = all.indexOf(event.target);
  if (at < 0) return;
  const rtl = getComputedStyle(event.target).direction === "rtl";
  const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[event.key];
  let next;
  if (step) next = all[at + step];
  else if (event.key === "Home") next = all[0];
  else if (event.key === "End") next = all.at(-1);
  else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const { left, top } = event.target.getBoundingClientRect();
    const isBelow = event.key === "ArrowDown";
    const rows = all.filter((one) => {
      const its = one.getBoundingClientRect().top;
      return isBelow ? its > top + 4 : its < top - 4;
    });
    const edge = rows.map((one) => one.getBoundingClientRect().top);
    const row = isBelow ? Math.min(...edge) : Math.max(...edge);
    const distance = (one) => Math.abs(one.getBoundingClientRect().left - left);
    next = rows.filter((_, place) => Math.abs(edge[place] - row) < 4).sort((a, b) => distance(a) - distance(b))[0];
  } else return;
  event.preventDefault();
  next?.focus();
}

async function open(field, words) {
  const { list } = await import("/assets/js/emoji-list.js");
  const language = document.documentElement.lang.split("-")[0];
  const search = element("input", { class: "input", id: "emoji-search", type: "search", autocomplete: "off", autofocus: "" });
  const status = element("p", { class: "visually-hidden", role: "status" });
  const found = element("div", { class: "emoji-groups" });
  const close = element("button", { class: "button", value: "" }, words.close);
  const dialog = element("dialog", { class: "dialog emoji-dialog", "aria-labelledby": "emoji-title" },
    element("form", { method: "dialog", class: "stack" },
      element("h2", { id: "emoji-title" }, words.title),
      element("div", { class: "field" }, element("label", { for: "emoji-search" }, words.search), search),
      status, found,
      element("div", { class: "form-actions" }, close)));
  const all = () => [...found.querySelectorAll("[data-sign]")];
  const show = () => {
    const groups = groupsOf(words, list(language), plain(search.value.trim()));
    found.replaceChildren(...buttons(groups));
    if (groups.length === 0) found.append(element("p", { class: "soft" }, words.none));
    status.textContent = groups.length === 0 ? words.none : String(all().length);
  };
  const take = (button) => dialog.close(button.dataset.sign);
  search.addEventListener("input", show);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      const first = all()[0];
      if (first) take(first);
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      all()[0]?.focus();
    }
  });
  found.addEventListener("click", (event) => {
    const button = event.target.closest("[data-sign]");
    if (button) take(button);
  });
  found.addEventListener("keydown", (event) => move(event, all()));
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue) insert(field, dialog.returnValue);
    else field.focus();
  });
  show();
  document.body.append(dialog);
  dialog.showModal();
}

function equip(field, words) {
  const label = field.labels?.[0]?.textContent.trim() ?? "";
  const name = words.insert.replace("{field}", label);
  const button = element("button", { type: "button", class: "emoji-open", "aria-label": name, title: name, "aria-haspopup": "dialog" }, "☺");
  button.addEventListener("click", () => open(field, words));
  field.after(button);
}

const words = document.querySelector("template[data-emoji]")?.dataset;
if (words) {
  for (const field of document.querySelectorAll(FIELDS)) {
    if (field.form?.matches("[data-preview-url]") && field.type !== "hidden") equip(field, words);
  }
}

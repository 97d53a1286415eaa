// In a table with data-select-rows the box in its head selects all rows, and a click with Shift,
// or Shift and Space, selects those from the last one clicked to this one. Without the script
// each row is selected by itself.

const TABLE = "table[data-select-rows]";
let last = null;

const boxes = (table) => [...table.querySelectorAll("tbody input[type=checkbox]")];
const head = (table) => table.querySelector("[data-select-all]");

function show(table) {
  const all = boxes(table);
  const count = all.filter((box) => box.checked).length;
  head(table).checked = count > 0 && count === all.length;
  head(table).indeterminate = count > 0 && count < all.length;
}

function start() {
  for (const table of document.querySelectorAll(TABLE)) {
    head(table).hidden = false;
    show(table);
  }
}

document.addEventListener("click", (event) => {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || box.type !== "checkbox") return;
  const table = box.closest(TABLE);
  if (!table) return;
  const all = boxes(table);
  if (box === head(table)) {
    for (const one of all) one.checked = box.checked;
  } else if (event.shiftKey && all.includes(last)) {
    const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
    for (const one of all.slice(from, to + 1)) one.checked = box.checked;
  }
  if (box !== head(table)) last = box;
  show(table);
});

// The live search brings a new table; a page of the browser's history comes with its boxes.
document.addEventListener("htmx:afterSettle", start);
addEventListener("pageshow", start);
start();

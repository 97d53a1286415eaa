// Uploads files that are dropped or pasted into a text and inserts their Markdown.
//
//   <form data-upload-url="/admin/media" data-uploading="{file} is on its way" data-not-uploaded="{file} could not be uploaded: {why}" …>
//     <textarea class="body" …>
//     <label data-upload hidden>Add a picture<input type="file" multiple></label>
//     <button type="button" data-write="| Name | Number |…" hidden>Add a table</button>
//
// Files are posted there as multipart form data with `Accept: application/json`; the response is
// {items: [{markdown}]}, or {detail} on errors. The button writes its text. This script shows both.

let count = 0;

// As a block of its own: without an empty line, a picture below a table is a row of that.
export function write(area, text) {
  const before = area.value.slice(0, area.selectionStart);
  const after = area.value.slice(area.selectionEnd);
  const gap = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const end = after === "" || after.startsWith("\n") ? "\n" : "\n\n";
  area.setRangeText(`${gap}${text}${end}`, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function replace(area, mark, text) {
  const at = area.value.indexOf(mark);
  if (at < 0) return;
  area.setRangeText(text, at, at + mark.length, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

export const withoutEnding = (name) => name.replace(/\.[^.]*$/, "");

// Resolves to what the library says of the file.
export async function send(url, file) {
  const body = new FormData();
  body.append("file", file, file.name);
  const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "error" });
  const { items = [], detail } = await answer.json();
  if (!answer.ok || items.length === 0) throw new Error(detail ?? `${answer.status}`);
  return items;
}

async function upload({ uploadUrl: url, uploading, notUploaded }, area, file) {
  const mark = `![${uploading.replace("{file}", file.name)}, ${++count}]()`;
  write(area, mark);
  try {
    const items = await send(url, file);
    // The file name is the first alternative text; the author knows a better one.
    const name = withoutEnding(file.name);
    replace(area, mark, items.map(({ markdown }) => markdown.replace(/^!\[\]/, `![${name}]`)).join("\n"));
  } catch (error) {
    replace(area, mark, `(${notUploaded.replace("{file}", file.name).replace("{why}", error.message)})`);
  }
}

function watch(form) {
  const areas = [...form.querySelectorAll("textarea.body")];
  const takeAll = async (area, files) => { for (const file of files) await upload(form.dataset, area, file); };

  for (const area of areas) {
    area.addEventListener("dragover", (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      area.classList.add("body--drop");
    });
    area.addEventListener("dragleave", () => area.classList.remove("body--drop"));
    area.addEventListener("drop", (event) => {
      area.classList.remove("body--drop");
      if (event.dataTransfer.files.length === 0) return;
      event.preventDefault();
      takeAll(area, event.dataTransfer.files);
    });
    area.addEventListener("paste", (event) => {
      if (event.clipboardData.files.length === 0) return;
      event.preventDefault();
      takeAll(area, event.clipboardData.files);
    });
  }

  const shown = () => areas.find((one) => one.offsetParent !== null) ?? areas[0];

  for (const button of form.querySelectorAll("[data-write]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      write(shown(), button.dataset.write);
      shown().focus();
    });
  }

  const label = form.querySelector("[data-upload]");
  const input = label?.querySelector("input[type=file]");
  if (!input) return;
  label.hidden = false;
  input.addEventListener("change", async () => {
    await takeAll(shown(), input.files);
    input.value = "";
  });
}

document.querySelectorAll("form[data-upload-url]").forEach(watch);

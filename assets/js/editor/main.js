// The editor on the fields for long texts:
//
//   <textarea data-editor data-read-url="/admin/document/read" data-write-url="/admin/document/write" …>
//   … <div data-editor-replaces>buttons that do the same for the textarea</div>
//
// The first address turns Markdown (field `markdown`) into a document, the second a document (field
// `document`) into Markdown. Without this script, or where the text cannot be read, the textarea is
// what one writes in. The texts are in the template of admin/editor_words.html.

import { Editor } from "./editor.js";

const editors = new Map();

async function start(area) {
  const editor = await Editor.start(area);
  if (!editor) return;
  editors.set(area, editor);
  editor.warn();
}

document.addEventListener("emailreport", ({ target }) => {
  for (const [area, editor] of editors) if (area.form === target) editor.warn();
});

// A form in many languages shows one of them: the others wait until they are looked at.
const seen = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    start(target);
  }
}, { rootMargin: "400px" });
document.querySelectorAll("textarea[data-editor]").forEach((area) => seen.observe(area));

const behind = (form) => [...editors].filter(([area, editor]) => area.form === form && editor.isBehind).map(([, editor]) => editor);

// A form is sent with what was just typed. Before all others that listen for it: for them the form
// is sent once.
document.addEventListener("submit", async (event) => {
  const form = event.target, waiting = behind(form);
  if (waiting.length === 0) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const written = await Promise.all(waiting.map((editor) => editor.write()));
  const failed = written.indexOf(false);
  if (failed >= 0) waiting[failed].focus();
  else form.requestSubmit(event.submitter);
}, true);

document.addEventListener("visibilitychange", () => {
  if (document.hidden) for (const editor of editors.values()) if (editor.isBehind) editor.write();
});

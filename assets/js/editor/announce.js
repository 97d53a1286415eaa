// Says something to screen readers, and to everybody what has gone wrong.

export function announce(view, text, isFault = false) {
  const place = view.dom.closest(".editor");
  const line = place?.querySelector("[data-editor-said]");
  if (!line) return;
  line.textContent = text;
  line.classList.toggle("editor-fault", isFault);
  line.classList.toggle("visually-hidden", !isFault);
}

// Copies a text:
//
//   <button type="button" data-copy="the text" data-copied="Copied" data-not-copied="Not copied" hidden>Copy<span …> the name</span></button>
//
// The button shows once this script runs and the browser lets pages write to the clipboard,
// which it does over https and on this machine.

async function copy(button) {
  const label = button.firstChild;
  const before = label.data;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    label.data = button.dataset.copied;
  } catch {
    label.data = button.dataset.notCopied;
  }
  setTimeout(() => { label.data = before; }, 2000);
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}

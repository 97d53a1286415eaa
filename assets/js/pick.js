// Shows the picker of files in a dialog and inserts the Markdown of the one that is chosen:
//
//   <a href="/admin/media/pick" target="_blank" data-pick="Close" data-not-picked="The files cannot be shown">Choose from media</a>
//
// The page behind the link has an element with data-picker; its buttons with data-insert are shown here.
// Its forms and links stay in the dialog. Without this script the link opens the page, where the Markdown
// can be copied.

import { write } from "./insert.js";

function shownArea() {
  const areas = [...document.querySelectorAll("textarea.body")];
  return areas.find((area) => area.offsetParent !== null) ?? areas[0];
}

// `choose` is given the Markdown; `back` has the focus afterwards.
export function pick(address, { label, close: closing, failed, choose, back = document.activeElement }) {
  const home = new URL(address, document.baseURI);
  const dialog = document.createElement("dialog");
  dialog.className = "dialog dialog--wide";
  dialog.setAttribute("aria-label", label);
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button button--small";
  close.textContent = closing;
  close.addEventListener("click", () => dialog.close());
  const place = document.createElement("div");
  place.setAttribute("aria-live", "polite");
  dialog.append(close, place);
  dialog.addEventListener("close", () => { dialog.remove(); back?.focus(); });

  async function show(url) {
    try {
      const answer = await fetch(url, { redirect: "error" });
      if (!answer.ok) throw new Error(`${answer.status}`);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const picker = page.querySelector("[data-picker]");
      for (const button of picker.querySelectorAll("[data-insert]")) button.hidden = false;
      for (const button of picker.querySelectorAll("[data-copy]")) button.remove();
      place.replaceChildren(document.adoptNode(picker));
      place.querySelector("input[type=search]")?.focus();
    } catch {
      place.textContent = failed;
    }
  }

  dialog.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (button) {
      choose(button.dataset.insert);
      dialog.close();
      return;
    }
    const inner = event.target.closest("a[href]");
    if (!inner) return;
    const url = new URL(inner.getAttribute("href"), home);
    // Elsewhere, such as to upload a file: in another window, so that nothing typed is lost.
    if (url.pathname !== home.pathname) {
      inner.target = "_blank";
      return;
    }
    event.preventDefault();
    show(url);
  });
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    const url = new URL(home);
    url.search = new URLSearchParams(new FormData(event.target));
    show(url);
  });
  document.body.append(dialog);
  dialog.showModal();
  show(home);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-pick]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  pick(link.href, {
    label: link.textContent.trim(), close: link.dataset.pick, failed: link.dataset.notPicked, back: link,
    choose: (markdown) => write(shownArea(), markdown),
  });
});

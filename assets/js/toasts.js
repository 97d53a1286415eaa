// The message of the last request (the macro toast) can be closed, and is read out: what is in a
// live region when the page comes is not, so it is put there once more. It never goes by itself:
// who reads slowly, or looks away, would miss it and its Undo.

const toasts = document.querySelector("[data-toasts]");

function close() {
  const held = toasts.contains(document.activeElement);
  toasts.remove();
  if (!held) return;
  const heading = document.querySelector("main h1") ?? document.querySelector("main");
  heading.tabIndex = -1;
  heading.focus();
}

if (toasts) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--small button--quiet toast-close";
  button.setAttribute("aria-label", toasts.dataset.toasts);
  button.textContent = "\u00d7";
  const toast = toasts.firstElementChild;
  toast.append(button);
  setTimeout(() => toast.replaceWith(toast), 200);
  toasts.addEventListener("click", (event) => {
    if (event.target.closest(".toast-close")) close();
  });
  toasts.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
}

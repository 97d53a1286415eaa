// A form with data-confirm shows a dialog before it is submitted.
//
//   <form method="post" action="…/cancel" data-confirm="412 messages will not be sent."
//         data-confirm-title="Cancel this campaign?" data-confirm-yes="Cancel campaign" data-confirm-no="Keep sending">
//
// A form with data-confirm has all four. What is in its <template data-confirm-details> is shown
// below the text. The dialog adds confirmed=yes. The response to a POST without
// it is a page with the same question, so this works without JavaScript too.

const FIELD = "confirmed";

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function details(form) {
  const template = form.querySelector("template[data-confirm-details]");
  return template ? [template.content.cloneNode(true)] : [];
}

function ask(form, submitter) {
  const { confirm, confirmTitle, confirmYes, confirmNo } = form.dataset;
  const no = element("button", { class: "button", value: "no", autofocus: "" }, confirmNo);
  const yes = element("button", { class: "button button--danger", value: "yes" }, confirmYes);
  const title = element("h2", { id: "confirm-title" }, confirmTitle);
  const dialog = element("dialog", { class: "dialog", "aria-labelledby": "confirm-title", "aria-describedby": "confirm-text" },
    element("form", { method: "dialog", class: "stack" },
      title,
      element("p", { id: "confirm-text" }, confirm),
      ...details(form),
      element("div", { class: "form-actions" }, yes, no)));
  dialog.addEventListener("close", () => {
    const agreed = dialog.returnValue === "yes";
    dialog.remove();
    if (!agreed) return;
    form.append(element("input", { type: "hidden", name: FIELD, value: "yes" }));
    form.requestSubmit(submitter);
  });
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-confirm]") || form.elements.namedItem(FIELD)) return;
  event.preventDefault();
  ask(form, event.submitter);
});

// A page restored from the browser's history asks again.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const input of document.querySelectorAll(`form[data-confirm] > input[name=${FIELD}]`)) input.remove();
});

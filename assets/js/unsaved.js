// Lets the browser ask before a form is left whose changes were not saved.
//
//   <form method="post" data-unsaved="true">
//
// "true" where the page already shows what was not saved, as after a form was refused.

function watch(form) {
  let isChanged = form.dataset.unsaved === "true", isSubmitted = false;
  form.addEventListener("input", () => { isChanged = true; });
  form.addEventListener("submit", () => { isSubmitted = true; });
  addEventListener("beforeunload", (event) => { if (isChanged && !isSubmitted) event.preventDefault(); });
  // A page restored from the browser's history is edited again.
  addEventListener("pageshow", () => { isSubmitted = false; });
}

document.querySelectorAll("form[data-unsaved]").forEach(watch);

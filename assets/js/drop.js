// Uploads files that are dropped on a form with data-drop.
//
//   <form method="post" enctype="multipart/form-data" data-drop>
//     <input type="file" multiple> … <span data-drop-status="Uploading …" role="status"></span>
//
// Without this script it is an ordinary form.

const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

for (const form of document.querySelectorAll("form[data-drop]")) {
  const input = form.querySelector("input[type=file]");
  const status = form.querySelector("[data-drop-status]");
  const mark = (on) => form.toggleAttribute("data-over", on);

  for (const name of ["dragenter", "dragover"]) {
    form.addEventListener(name, (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      mark(true);
    });
  }
  form.addEventListener("dragleave", () => mark(false));
  form.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    mark(false);
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
  form.addEventListener("submit", () => {
    if (status) status.textContent = status.dataset.dropStatus;
  });
}

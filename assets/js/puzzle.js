// Solves the proof of work of the form around it, instead of a visual captcha.
//
//   <form …> … <p role="status" data-puzzle="/join-puzzle" data-doing="…" data-done="…"></p>
//              <input type="hidden" name="altcha"></form>
//
// A worker starts when the form gets focus. A form submitted earlier is sent when the worker is done. If
// anything fails, the form is sent without a solution, and the server then delays the confirmation.

const GOOD_FOR_MS = 25 * 60 * 1000;

async function solve(url) {
  const started = performance.now();
  const puzzle = await (await fetch(url)).json();
  const worker = new Worker(new URL("puzzle-worker.js", import.meta.url), { type: "module" });
  try {
    const number = await new Promise((found, failed) => {
      worker.onmessage = ({ data }) => found(data);
      worker.onerror = failed;
      worker.postMessage(puzzle);
    });
    const { algorithm, challenge, salt, signature } = puzzle;
    const took = Math.round(performance.now() - started);
    return btoa(JSON.stringify({ algorithm, challenge, number, salt, signature, took }));
  } finally {
    worker.terminate();
  }
}

function attend(status) {
  const form = status.closest("form");
  const field = form.elements.namedItem("altcha");
  const { puzzle, doing, done } = status.dataset;
  let work = null;
  let begun = 0;
  let ended = false;

  function begin() {
    if (work && performance.now() - begun < GOOD_FOR_MS) return work;
    [begun, ended] = [performance.now(), false];
    status.textContent = doing;
    work = solve(puzzle)
      .then((solution) => { field.value = solution; status.textContent = done; })
      .catch(() => { status.textContent = ""; })
      .then(() => { ended = true; });
    return work;
  }

  form.addEventListener("focusin", begin);
  form.addEventListener("submit", (event) => {
    const { submitter } = event;
    const working = begin();
    if (ended) return;
    event.preventDefault();
    // Not within this event: a form cannot be submitted again while it is being submitted.
    working.then(() => setTimeout(() => form.requestSubmit(submitter)));
  });
  // A page restored from the browser's history contains a used solution.
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    [work, field.value, status.textContent] = [null, "", ""];
  });
}

document.querySelectorAll("[data-puzzle]").forEach(attend);

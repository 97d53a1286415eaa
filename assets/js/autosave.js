// Keeps what is typed into a form before it is saved, so that no closed window loses it.
//
//   <form data-autosave-url="/admin/posts/7/autosave" …>
//     <span data-autosave-status role="status"></span>
//
// The form's fields are posted there a moment after the last change. What was kept is offered
// when the form is next opened. Sending the form ends it: what is saved need not be kept.

const DELAY_MS = 2000;
// What a browser sends on while its window closes.
const PARTING_OCTETS = 60000;

function watch(form) {
  const status = form.querySelector("[data-autosave-status]");
  let timer, request, isOver = false, isChanged = false;

  const say = (text) => { if (status) status.textContent = text; };
  const fields = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));

  async function keep(isParting = false) {
    clearTimeout(timer);
    if (isOver || !isChanged) return;
    request?.abort();
    request = new AbortController();
    const body = fields();
    if (isParting && body.toString().length > PARTING_OCTETS) return;
    try {
      const answer = await fetch(form.dataset.autosaveUrl, {
        method: "POST", body, redirect: "error", keepalive: isParting, signal: request.signal,
      });
      if (!answer.ok) throw new Error(`${answer.status}`);
      isChanged = false;
      const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" }).format(new Date());
      say(`Kept at ${time}, not saved yet`);
    } catch (error) {
      if (error.name !== "AbortError") say("What you type cannot be kept at the moment; save soon");
    }
  }

  form.addEventListener("input", (event) => {
    if (event.target.type === "file" || event.target.type === "radio") return;
    isChanged = true;
    clearTimeout(timer);
    timer = setTimeout(keep, DELAY_MS);
  });
  form.addEventListener("submit", (event) => {
    // A preview is sent into its frame, and the form stays.
    if (event.submitter?.formTarget || event.defaultPrevented) return;
    isOver = true;
    clearTimeout(timer);
    request?.abort();
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(true); });
  // A page brought back by the browser's history is typed into again.
  addEventListener("pageshow", () => { isOver = false; });
}

document.querySelectorAll("form[data-autosave-url]").forEach(watch);

// Autosaves a form, so that closing the window loses nothing.
//
//   <form data-autosave-url="/admin/posts/7/autosave" …>
//     <span data-autosave-status data-kept="Kept at {time}, not saved yet" data-not-kept="…" role="status"></span>
//
// The form's fields are posted there shortly after the last change. The form offers the autosaved
// text when it is next opened. Autosaving ends when the form is submitted.

const DELAY_MS = 2000;
// The limit of browsers on requests that outlive the page (keepalive).
const BEACON_LIMIT = 60000;

const language = document.documentElement.lang || undefined;

function watch(form) {
  const status = form.querySelector("[data-autosave-status]");
  let timer, request, isOver = false, isChanged = false;

  const words = status?.dataset ?? {};
  const say = (text) => { if (status) status.textContent = text ?? ""; };
  const fields = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));

  async function keep(isParting = false) {
    clearTimeout(timer);
    if (isOver || !isChanged) return;
    request?.abort();
    request = new AbortController();
    const body = fields();
    if (isParting && body.toString().length > BEACON_LIMIT) return;
    try {
      const answer = await fetch(form.dataset.autosaveUrl, {
        method: "POST", body, redirect: "error", keepalive: isParting, signal: request.signal,
      });
      if (!answer.ok) throw new Error(`${answer.status}`);
      isChanged = false;
      const time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" }).format(new Date());
      say(words.kept?.replace("{time}", time));
    } catch (error) {
      if (error.name !== "AbortError") say(words.notKept);
    }
  }

  form.addEventListener("input", (event) => {
    if (event.target.type === "file" || event.target.type === "radio") return;
    isChanged = true;
    clearTimeout(timer);
    timer = setTimeout(keep, DELAY_MS);
  });
  form.addEventListener("submit", (event) => {
    // A preview goes to its frame; the form stays open.
    if (event.submitter?.formTarget || event.defaultPrevented) return;
    isOver = true;
    clearTimeout(timer);
    request?.abort();
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(true); });
  // A page restored from the browser's history is edited again.
  addEventListener("pageshow", () => { isOver = false; });
}

document.querySelectorAll("form[data-autosave-url]").forEach(watch);

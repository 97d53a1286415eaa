// Updates the preview beside a form while the author types.
//
//   <form data-preview-url="/admin/campaigns/7/preview" …>
//     <button formaction="/admin/campaigns/7/preview" formtarget="preview" formnovalidate>Refresh preview</button>
//   <iframe name="preview" data-preview sandbox="allow-same-origin" title="Preview"></iframe>
//   <pre data-preview-text></pre>
//   <div data-preview-report></div>
//   <input type="radio" name="view" value="html|phone|dark|text|header">
//
// The form's fields are posted to data-preview-url: into the frame for HTML, and by fetch with
// `Accept: text/plain` for the text or the header (?part=header), and for the report on the email
// (?part=report), a page whose #email-report is put here, which an event `emailreport` on the form
// tells. A dark screen is ?part=dark. The frame loads the HTML itself instead of using srcdoc, because
// a srcdoc document inherits this page's Content-Security-Policy, which forbids the inline styles of
// emails. The response must have its own policy: default-src 'none'; style-src 'unsafe-inline';
// img-src 'self' https: data:; frame-ancestors 'self'; sandbox allow-same-origin.
// The sandbox allows no scripts; allow-same-origin only lets this page keep the scroll position.

const DELAY_MS = 400;

// A response sandboxed without allow-same-origin cannot be inspected; it is loaded and starts at the top.
function isBlank(frame) {
  try { return frame.contentWindow.location.href === "about:blank"; } catch { return false; }
}

function scrollOf(frame) {
  try { return frame.contentWindow.scrollY; } catch { return 0; }
}

function watch(form) {
  const url = form.dataset.previewUrl;
  const text = document.querySelector("[data-preview-text]");
  const report = document.querySelector("[data-preview-report]");
  const preview = text?.closest(".compose-preview");
  const view = () => preview?.querySelector("[name=view]:checked")?.value ?? "html";
  let frame = document.querySelector("iframe[data-preview]");
  let timer, incoming, generation = 0;
  const requests = {};

  // Loads a second, hidden frame and swaps it in: no flicker, no history entries.
  function refreshHtml() {
    incoming?.remove();
    const next = incoming = frame.cloneNode(false);
    next.name = `preview-${++generation}`;
    next.removeAttribute("src");
    next.classList.add("preview-incoming");
    next.setAttribute("aria-hidden", "true");
    frame.after(next);

    const courier = document.createElement("form");
    Object.assign(courier, { method: "post", action: view() === "dark" ? `${url}?part=dark` : url, target: next.name, hidden: true });
    for (const [name, value] of new FormData(form)) {
      if (typeof value !== "string") continue;
      // A textarea keeps line breaks, which a hidden input would not.
      const field = document.createElement("textarea");
      field.name = name;
      field.value = value;
      courier.append(field);
    }
    document.body.append(courier);
    next.addEventListener("load", () => {
      if (incoming !== next || isBlank(next)) return;
      const scrolled = scrollOf(frame);
      next.classList.remove("preview-incoming");
      next.removeAttribute("aria-hidden");
      if (scrolled > 0) next.contentWindow.scrollTo(0, scrolled);
      next.name = frame.name;
      frame.remove();
      frame = next;
      incoming = undefined;
    });
    courier.submit();
    courier.remove();
  }

  // A part of the email as text; undefined where a newer request has replaced this one.
  async function fetchPart(part, accept) {
    requests[part]?.abort();
    const request = requests[part] = new AbortController();
    try {
      const answer = await fetch(`${url}?part=${part}`, {
        method: "POST",
        headers: { Accept: accept },
        body: new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string")),
        signal: request.signal,
      });
      if (answer.ok) return await answer.text();
    } catch (error) {
      if (error.name !== "AbortError") console.warn("preview:", error.message);
    }
  }

  async function refreshText() {
    const part = view() === "header" ? "header" : "text";
    const answer = await fetchPart(part, "text/plain");
    if (answer !== undefined && part === (view() === "header" ? "header" : "text")) text.textContent = answer;
  }

  async function refreshReport() {
    const answer = await fetchPart("report", "text/html");
    const found = answer && new DOMParser().parseFromString(answer, "text/html").getElementById("email-report");
    // Replaced only where it says something else, so that it is not read out at every key.
    if (!found || found.outerHTML === report.firstElementChild?.outerHTML) return;
    report.replaceChildren(found);
    // The editor marks the blocks that it names.
    form.dispatchEvent(new CustomEvent("emailreport", { bubbles: true }));
  }

  function refresh() {
    if (frame) refreshHtml();
    if (text) refreshText();
    if (report) refreshReport();
  }

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, DELAY_MS);
  };
  form.addEventListener("input", later);
  let shown = view();
  preview?.addEventListener("input", (event) => {
    // A field beside the preview belongs to the form, but its events pass here.
    if (event.target.name === "preview_as") later();
    if (event.target.name !== "view") return;
    if (frame && (shown === "dark") !== (view() === "dark")) refreshHtml();
    if (text && (shown === "header") !== (view() === "header")) refreshText();
    shown = view();
  });
  refresh();
}

document.querySelectorAll("form[data-preview-url]").forEach(watch);

// Keeps a campaign's progress up to date.
//
//   <section data-progress-url="/admin/campaigns/7/progress" data-state="sending">
//     <progress data-progress max="12480" value="7312"></progress>
//     <span data-count="sent">7,312</span> … <span data-rate></span> <span data-left></span>
//     <svg class="ledger-bar"><rect data-bar="sent" …/></svg>
//
// The URL returns {state, total, counts: {queued, …}, rate, seconds_left, delay: {title, text} or null,
// starts_in: seconds until a start that can be undone, or null, shown in [data-starts-in], rest: readers whom
// an A/B test has left out, who are a part of total, rest_line: what they wait for, shown in [data-rest]}.
// <URL>/events sends the same every second as server-sent events while the page is visible. If the events
// do not arrive, the script polls the URL every two seconds. When the state changes, the page is reloaded,
// because its buttons change too.

const EVERY_MS = 2000;
const SLOWEST_MS = 30000;
const MOVING = new Set(["scheduled", "sending"]);

const language = document.documentElement.lang || undefined;
const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
const unit = (name) => new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: "long", maximumFractionDigits: 0 });

function duration(seconds) {
  if (seconds < 90) return unit("second").format(seconds);
  if (seconds < 5400) return unit("minute").format(seconds / 60);
  return new Intl.NumberFormat(language, { style: "unit", unit: "hour", unitDisplay: "long", maximumFractionDigits: 1 }).format(seconds / 3600);
}

function show(box, { total, counts, rate, seconds_left, delay, starts_in, rest, rest_line }) {
  const put = (selector, text) => box.querySelectorAll(selector).forEach((place) => { place.textContent = text; });
  for (const [state, count] of Object.entries(counts)) put(`[data-count="${state}"]`, whole.format(count));

  const waiting = (counts.queued ?? 0) + (counts.sending ?? 0) + (counts.deferred ?? 0) + (rest ?? 0);
  const done = Math.max(0, total - waiting);
  put("[data-done]", whole.format(done));
  put("[data-total]", whole.format(total));
  if (total > 0) put("[data-percent]", new Intl.NumberFormat(language, { style: "percent" }).format(Math.floor(100 * done / total) / 100));
  if (rate != null) put("[data-rate]", whole.format(rate));
  if (seconds_left != null) put("[data-left]", duration(seconds_left));
  put("[data-rest]", rest_line ?? "");
  if (starts_in != null) put("[data-starts-in]", whole.format(starts_in));

  const held = box.querySelector("[data-delay]");
  if (held) {
    held.hidden = !delay;
    put("[data-delay-title]", delay?.title ?? "");
    put("[data-delay-text]", delay?.text ?? "");
  }

  const progress = box.querySelector("progress[data-progress]");
  if (progress) { progress.max = Math.max(1, total); progress.value = done; }

  let start = 0;
  for (const part of box.querySelectorAll("[data-bar]")) {
    const share = total > 0 ? 100 * part.dataset.bar.split(" ").reduce((sum, state) => sum + (counts[state] ?? 0), 0) / total : 0;
    part.setAttribute("x", `${start}%`);
    part.setAttribute("width", `${share}%`);
    start += share;
  }
}

function take(box, progress) {
  if (progress.state !== box.dataset.state) return location.reload();
  show(box, progress);
}

function poll(box) {
  let wait = EVERY_MS;
  async function ask() {
    if (document.hidden) {
      document.addEventListener("visibilitychange", ask, { once: true });
      return;
    }
    try {
      const answer = await fetch(box.dataset.progressUrl, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(`${answer.status}`);
      take(box, await answer.json());
      wait = EVERY_MS;
    } catch {
      wait = Math.min(2 * wait, SLOWEST_MS);
    }
    setTimeout(ask, wait);
  }
  ask();
}

function follow(box) {
  if (!MOVING.has(box.dataset.state)) return;
  let source;
  function listen() {
    source = new EventSource(`${box.dataset.progressUrl}/events`);
    source.addEventListener("message", (event) => take(box, JSON.parse(event.data)));
    // The browser reconnects after a broken connection, but not after an error response.
    source.addEventListener("error", () => { if (source.readyState === EventSource.CLOSED) poll(box); });
  }
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) source?.close();
    else if (source?.readyState === EventSource.CLOSED) listen();
  });
  listen();
}

document.querySelectorAll("[data-progress-url]").forEach(follow);

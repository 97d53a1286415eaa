// Says who else has this form open.
//
//   <p data-presence="/admin/posts/7/presence" role="status" hidden></p>
//
// A note is renewed there while the page is in sight; the answer is the sentence to show. It is
// taken back when the page is left.

const INTERVAL_MS = 20000;

function watch(line) {
  const url = line.dataset.presence;
  let timer;

  async function renew() {
    clearTimeout(timer);
    if (document.hidden) return;
    try {
      const answer = await fetch(url, { method: "POST", body: new URLSearchParams(), redirect: "error" });
      if (answer.ok) {
        const text = await answer.text();
        // A status that is written again is read out again.
        if (line.textContent !== text) line.textContent = text;
        line.hidden = text === "";
      }
    } catch {
      // Nobody is told of others until the connection is back.
    }
    timer = setTimeout(renew, INTERVAL_MS);
  }

  addEventListener("pagehide", () => navigator.sendBeacon(url, new URLSearchParams({ leave: "yes" })));
  document.addEventListener("visibilitychange", renew);
  addEventListener("pageshow", renew);
}

document.querySelectorAll("[data-presence]").forEach(watch);

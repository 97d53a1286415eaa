// Marks a page that a link or a form is about to replace: what is found on it from here on would
// be gone, or be of the page before, when it is used. Runs in each page before its own scripts,
// and hears of an event after them, so that what they keep from happening leaves no mark.

const leave = (event, target) => {
  if (!event.defaultPrevented && (!target || target === "_self")) window.isBeingLeft = true;
};
const path = (url) => url.href.split("#")[0];

window.addEventListener("submit", (event) => {
  const pressed = event.submitter;
  const method = pressed?.getAttribute("formmethod") ?? event.target.getAttribute("method");
  const target = pressed?.getAttribute("formtarget") ?? event.target.getAttribute("target");
  if (method !== "dialog") leave(event, target);
});
window.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]:not([download])");
  const isWithinPage = link?.hash && path(link) === path(location);
  if (link?.protocol.startsWith("http") && !isWithinPage) leave(event, link.target);
});

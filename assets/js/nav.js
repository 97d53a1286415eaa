// Keeps which groups of the navigation are closed, in this browser.
//
//   <details class="nav-group" data-group="admin-nav-site" data-here open>
//
// The group of the page itself (data-here) stays open.

const KEY = "jarshy-nav-closed";

function closed() {
  try {
    return new Set(JSON.parse(localStorage.getItem(KEY) ?? "[]"));
  } catch {
    return new Set();
  }
}

for (const group of document.querySelectorAll("details[data-group]")) {
  if (closed().has(group.dataset.group) && !("here" in group.dataset)) group.open = false;
  group.addEventListener("toggle", () => {
    const names = closed();
    if (group.open) names.delete(group.dataset.group);
    else names.add(group.dataset.group);
    try {
      localStorage.setItem(KEY, JSON.stringify([...names]));
    } catch { /* Without storage every page begins with all groups open. */ }
  });
}

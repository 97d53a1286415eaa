// The summary of what is wrong with a form (the macro error_summary). It has the attribute
// autofocus, so the page begins there without this script too. The script names the field in
// front of each error, says in the title of the page that something is wrong, and opens what
// hides a field: the tab of its language, or its <details>.

const summary = document.querySelector("[data-error-summary]");

// The text of a label without the badges in it.
function nameOf(field) {
  const named = field.matches("fieldset") ? field.querySelector("legend") : field.labels?.[0];
  const words = [...(named?.childNodes ?? [])].filter((node) => node.nodeType === Node.TEXT_NODE);
  const name = words.map((node) => node.data).join(" ").trim();
  const tab = tabOf(field);
  return tab && name ? `${name} (${tab.parentElement.firstChild.nextSibling?.data?.trim() ?? tab.value})` : name;
}

// The radio button of the tab that a field is under.
function tabOf(field) {
  const panel = field.closest("[data-panel]");
  const tabs = panel?.closest(".switched")?.querySelectorAll(".switch input[type=radio]") ?? [];
  return [...tabs].find((tab) => tab.value === panel.dataset.panel);
}

function target(link) {
  return document.getElementById(decodeURIComponent(link.hash.slice(1)));
}

function reveal(field) {
  for (let around = field.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
  const tab = tabOf(field);
  if (tab && !tab.checked) {
    tab.checked = true;
    tab.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

if (summary) {
  document.title = `${summary.dataset.errorSummary} ${document.title}`;
  for (const link of summary.querySelectorAll("a")) {
    const field = target(link);
    const name = field && nameOf(field);
    if (name) link.prepend(`${name.replace(/:$/, "")}: `);
  }
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const field = link && target(link);
    if (!field) return;
    event.preventDefault();
    reveal(field);
    field.focus();
    field.scrollIntoView({ block: "center" });
  });
  summary.focus();
}

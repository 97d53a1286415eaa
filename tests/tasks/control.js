// The control that a person would call so and could use now; null where there is none.
//
// arguments: what it is (a key of KINDS), and its name.

const [kind, wanted] = arguments;
const KINDS = {
  press: "main a[href], main button, main summary, main input:is([type=checkbox], [type=radio]), dialog a[href], dialog button",
  menu: ".admin-nav a[href]",
  choose: "main select",
  fill: "input:not([type=checkbox], [type=radio], [type=file], [type=hidden]), textarea, [role=textbox]",
  upload: "main input[type=file], dialog input[type=file]",
};
// What a label says beside the name of its field.
const BESIDE = ".field-hint, [aria-hidden=true], input, select, textarea";

const clean = (text) => text.replace(/\s+/g, " ").trim();

function words(element) {
  const copy = element.cloneNode(true);
  copy.querySelectorAll(BESIDE).forEach((one) => one.remove());
  return clean(copy.textContent);
}

function nameOf(element) {
  const label = element.getAttribute("aria-label");
  if (label) return clean(label);
  const other = document.getElementById(element.getAttribute("aria-labelledby"));
  if (other) return words(other);
  return element.labels?.length > 0 ? words(element.labels[0]) : words(element);
}

const isHidden = (element) => element.closest("[aria-hidden=true], [inert]") !== null;
const isSeen = (element) => !isHidden(element) && !element.disabled
  && element.checkVisibility({ visibilityProperty: true })
  && element.getBoundingClientRect().width > 2;

// A radio button or a file's field may be drawn by its label.
const isDrawnByLabel = (element) => element.type === "radio";
function shown(element) {
  if (isHidden(element)) return undefined;
  const labels = [...(element.labels ?? [])];
  return (isDrawnByLabel(element) ? [...labels, element] : [element, ...labels]).find(isSeen);
}

const dialog = [...document.querySelectorAll("dialog[open]")].pop();
const found = [...document.querySelectorAll(KINDS[kind])]
  .filter((one) => (!dialog || dialog.contains(one)) && nameOf(one) === wanted && shown(one));
if (found.length > 1) throw new Error(`${found.length} controls are called “${wanted}”`);
if (found.length === 0) return null;
return kind === "upload" ? found[0] : shown(found[0]);

// Asks for a few values in a dialog.

import { element, newId } from "./element.js";
import { suggest } from "./search.js";
import { t } from "./words.js";

function control(field, id, hintId) {
  const common = { id, name: field.name, required: field.required, "aria-describedby": field.hint ? hintId : null };
  if (field.kind === "select") {
    const options = field.options.map(([value, label]) => element("option", { value, selected: value === field.value }, label));
    return element("select", common, ...options);
  }
  if (field.kind === "area") {
    const area = element("textarea", { ...common, rows: "6", spellcheck: field.isCode ? "false" : null, dir: field.isCode ? "ltr" : null });
    area.value = field.value ?? "";
    return area;
  }
  const kinds = { file: "file", number: "number" };
  const input = element("input", {
    ...common, type: kinds[field.kind] ?? "text", accept: field.accept, multiple: field.multiple,
    min: field.min, max: field.max, autocomplete: "off", dir: field.isAddress ? "ltr" : null,
  });
  if (field.kind !== "file") input.value = field.value ?? "";
  return input;
}

function row(field, controls) {
  const id = newId("field");
  const made = control(field, id, `${id}-hint`);
  controls[field.name] = made;
  const children = [element("label", { for: id }, field.label), made];
  if (field.button) {
    const button = element("button", { type: "button", class: "button button--small" }, field.button.label);
    button.addEventListener("click", () => field.button.press(controls));
    children.push(element("p", { class: "row" }, button));
  }
  if (field.hint) children.push(element("p", { class: "field-hint", id: `${id}-hint` }, field.hint));
  const whole = element("div", { class: "field" }, ...children);
  if (field.kind === "search") suggest(made, field);
  return whole;
}

const valueOf = (input) => {
  if (input.type === "file") return [...input.files];
  return input.type === "number" ? input.valueAsNumber : input.value.trim();
};

// The values by name, `true` where `other` was pressed, or null. `finish` may turn the values into
// something else; what it throws is shown, and the dialog stays.
export function ask({ title, fields, submit = t("apply"), other, finish = (values) => values }) {
  const controls = {};
  const fault = element("p", { class: "field-error", role: "alert" });
  const save = element("button", { class: "button button--primary" }, submit);
  const cancel = element("button", { type: "button", class: "button button--quiet" }, t("cancel"));
  const buttons = element("div", { class: "form-actions" }, save, cancel);
  const heading = element("h2", { id: newId("title") }, title);
  const form = element("form", { class: "form" }, heading, ...fields.map((field) => row(field, controls)), fault, buttons);
  const dialog = element("dialog", { class: "dialog editor-dialog", "aria-labelledby": heading.id }, form);
  const before = document.activeElement;

  return new Promise((resolve) => {
    let result = null;
    const end = (value) => { result = value; dialog.close(); };
    cancel.addEventListener("click", () => dialog.close());
    if (other) {
      const button = element("button", { type: "button", class: "button button--danger" }, other);
      button.addEventListener("click", () => end(true));
      buttons.append(button);
    }
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (save.disabled) return;
      fault.textContent = "";
      save.disabled = true;
      try {
        end(await finish(Object.fromEntries(Object.entries(controls).map(([name, input]) => [name, valueOf(input)]))));
      } catch (error) {
        fault.textContent = error.message;
        save.disabled = false;
      }
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      before?.focus?.();
      resolve(result);
    });
    document.body.append(dialog);
    dialog.showModal();
    Object.values(controls)[0]?.focus();
  });
}

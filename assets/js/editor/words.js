// The texts of the editor in the user's language, from the template of admin/editor_words.html.

const texts = new Map();
for (const one of document.querySelector("template[data-editor-words]")?.content.querySelectorAll("data") ?? []) {
  texts.set(one.getAttribute("value"), one.textContent);
}

// A text; {name} in it becomes the value of that name.
export function t(key, values = {}) {
  const text = texts.get(key) ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

const language = document.documentElement.lang || undefined;
export const number = (value) => new Intl.NumberFormat(language).format(value);

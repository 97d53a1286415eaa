// Files: uploading them, and choosing one of the library.

import { pick } from "../pick.js";
import { t } from "./words.js";

const place = document.querySelector("template[data-editor-words]")?.dataset ?? {};

// The address in the Markdown that the library gives for a file.
function readMarkdown(markdown) {
  const [, alt = "", src = ""] = markdown.match(/^!?\[(.*)\]\((.*)\)$/s) ?? [];
  return { alt, src };
}

export const withoutEnding = (name) => name.replace(/\.[^.]*$/, "");

// Resolves to { src, alt, name }.
export async function upload(file) {
  const body = new FormData();
  body.append("file", file, file.name);
  try {
    const answer = await fetch(place.uploadUrl, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "error" });
    const { items = [], detail } = await answer.json();
    if (!answer.ok || items.length === 0) throw new Error(detail ?? `${answer.status}`);
    return { ...readMarkdown(items[0].markdown), name: file.name };
  } catch (error) {
    throw new Error(t("not-uploaded", { file: file.name, why: error.message }));
  }
}

// A button for a dialog's field that fills in a file of the library.
export function fromLibrary(choose) {
  return {
    label: t("from-media"),
    press: (controls) => pick(place.pickUrl, {
      label: t("from-media"), close: t("close"), failed: t("no-media"),
      choose: (markdown) => choose(controls, readMarkdown(markdown)),
    }),
  };
}

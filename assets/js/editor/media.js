// Files: uploading them, and choosing one of the library.

import { send } from "../insert.js";
import { pick } from "../pick.js";
import { t } from "./words.js";

const place = document.querySelector("template[data-editor-words]")?.dataset ?? {};

// The address in the Markdown that the library gives for a file.
function readMarkdown(markdown) {
  const [, alt = "", src = ""] = markdown.match(/^!?\[(.*)\]\((.*)\)$/s) ?? [];
  return { alt, src };
}

// Resolves to { src, alt, name }.
export async function upload(file) {
  try {
    const [item] = await send(place.uploadUrl, file);
    return { ...readMarkdown(item.markdown), name: file.name };
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

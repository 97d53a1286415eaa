// Pictures: the dialog, pasted and dropped files, and how one looks in the editor.

import { NodeSelection, Plugin, TextSelection } from "../../vendor/prosemirror/prosemirror.min.js";
import { announce } from "./announce.js";
import { ask } from "./dialog.js";
import { element, placed } from "./element.js";
import { withoutEnding } from "../insert.js";
import { fromLibrary, upload } from "./media.js";
import { schema } from "./schema.js";
import { insertBlock } from "./structure.js";
import { t } from "./words.js";

const { picture, gallery } = schema.nodes;
const isPicture = (file) => file.type.startsWith("image/");

const widths = () => [["", t("width-natural")], ["small", t("width-small")], ["half", t("width-half")], ["full", t("width-full")]];

function fields({ src, alt, width, href }, isNew) {
  const library = fromLibrary((controls, found) => {
    controls.src.value = found.src;
    controls.alt.value ||= found.alt;
  });
  return [
    ...(isNew ? [{ name: "files", label: t("picture-file"), kind: "file", accept: "image/*" }] : []),
    { name: "src", label: t("picture-src"), value: src, isAddress: true, button: library },
    { name: "alt", label: t("picture-alt"), value: alt, hint: t("picture-alt-hint") },
    { name: "width", label: t("picture-width"), kind: "select", options: widths(), value: width },
    { name: "href", label: t("picture-href"), kind: "search", value: href, isAddress: true },
  ];
}

async function finish({ files = [], ...attrs }) {
  if (files.length > 0) attrs.src = (await upload(files[0])).src;
  if (!attrs.src) throw new Error(t("picture-missing"));
  return attrs;
}

export async function insertPicture(view) {
  const attrs = await ask({ title: t("picture-new"), fields: fields({}, true), submit: t("insert"), finish });
  if (attrs) insertBlock(view, picture.create(attrs));
}

export async function changePicture(view, { node, pos }) {
  const attrs = await ask({ title: t("picture"), fields: fields(node.attrs), finish });
  if (attrs && view.state.doc.nodeAt(pos)?.type === picture) view.dispatch(view.state.tr.setNodeMarkup(pos, null, { ...node.attrs, ...attrs }));
  view.focus();
}

export async function insertGallery(view) {
  const files = { name: "files", label: t("gallery-files"), kind: "file", accept: "image/*", multiple: true, required: true };
  const pictures = await ask({
    title: t("gallery"), fields: [files], submit: t("insert"),
    finish: async ({ files: chosen }) => {
      if (chosen.length < 2) throw new Error(t("gallery-two"));
      const kept = [];
      for (const file of chosen) kept.push(await upload(file));
      return kept;
    },
  });
  if (!pictures) return;
  const nodes = pictures.map(({ src, name }) => picture.create({ src, alt: withoutEnding(name) }));
  insertBlock(view, gallery.create(null, nodes));
}

// Uploads pictures one after the other and asks what each shows.
async function receive(view, files) {
  for (const file of files) {
    announce(view, t("uploading", { file: file.name }));
    try {
      const { src, alt } = await upload(file);
      const said = isPicture(file) ? await ask({
        title: t("picture-alt"), submit: t("insert"),
        fields: [{ name: "alt", label: t("picture-alt"), value: alt, hint: t("picture-alt-hint") }],
      }) : null;
      if (isPicture(file)) insertBlock(view, picture.create({ src, alt: said?.alt ?? "" }));
      else insertBlock(view, schema.nodes.file.create({ href: src, name: file.name }));
      announce(view, "");
    } catch (error) {
      announce(view, error.message, true);
    }
  }
}

export const pictures = new Plugin({
  props: {
    handlePaste(view, event, slice) {
      const files = [...(event.clipboardData?.files ?? [])];
      // Word and browsers add a picture of the text that is copied.
      const hasText = slice.content.textBetween(0, slice.content.size).trim() !== "" || /<table/i.test(event.clipboardData?.getData("text/html") ?? "");
      if (files.length === 0 || hasText) return false;
      receive(view, files);
      return true;
    },
    handleDrop(view, event) {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return false;
      event.preventDefault();
      const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
      if (at) view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at.pos))));
      receive(view, files);
      return true;
    },
  },
});

// A figure with its caption; a click on the picture selects it, two open its dialog.
export class PictureView {
  constructor(node, view, getPos) {
    this.img = element("img", { draggable: "false" });
    this.note = element("p", { class: "editor-picture-note", contenteditable: "false" });
    this.contentDOM = element("figcaption", { "data-placeholder": t("caption") });
    this.dom = element("figure", { class: "editor-picture" }, this.img, this.note, this.contentDOM);
    this.img.addEventListener("error", () => { this.dom.dataset.state = "broken"; this.say(); });
    this.img.addEventListener("mousedown", (event) => {
      event.preventDefault();
      view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, getPos())));
      view.focus();
    });
    this.img.addEventListener("dblclick", () => changePicture(view, { node: this.node, pos: getPos() }));
    this.update(node);
  }

  update(node) {
    if (node.type !== picture) return false;
    const { src, alt, width } = node.attrs;
    if (this.node?.attrs.src !== src) {
      delete this.dom.dataset.state;
      this.img.src = placed(src);
    }
    this.node = node;
    this.img.alt = alt;
    this.dom.dataset.width = width;
    this.contentDOM.toggleAttribute("data-empty", node.content.size === 0);
    this.say();
    return true;
  }

  say() {
    const { alt, src } = this.node.attrs;
    const isBroken = this.dom.dataset.state === "broken";
    this.note.textContent = isBroken ? t("picture-broken", { src }) : alt ? "" : t("picture-no-alt");
    this.note.hidden = this.note.textContent === "";
  }

  ignoreMutation(mutation) {
    return mutation.type !== "selection" && !this.contentDOM.contains(mutation.target);
  }
}

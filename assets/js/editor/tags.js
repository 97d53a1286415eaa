// Merge tags: what is filled in for each recipient, shown as chips.

import { ask } from "./dialog.js";
import { element } from "./element.js";
import { schema } from "./schema.js";
import { t } from "./words.js";

const NAMES = ["name", "email", "language", "site_name", "unsubscribe_url", "preferences_url", "archive_url"];
const OF_RECIPIENT = "attributes.";
const SIMPLE = /^([a-z_][\w.]*)\s*(?:\|\s*default\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*\))?$/i;

// { name, fallback } of an expression that the dialog can show, else null.
function parse(tag) {
  const found = tag.trim().match(SIMPLE);
  return found && { name: found[1], fallback: (found[2] ?? found[3] ?? "").replace(/\\(.)/g, "$1") };
}

function compose(name, fallback) {
  const quoted = fallback.replace(/[\\"]/g, "\\$&");
  return fallback ? `${name} | default("${quoted}")` : name;
}

const label = (name) => (NAMES.includes(name) ? t(`tag-${name.replaceAll("_", "-")}`) : name);

function fields(tag) {
  const known = parse(tag ?? "name");
  if (!known) return [{ name: "whole", label: t("tag-expression"), value: tag, required: true, isCode: true, isAddress: true }];
  const isAttribute = !NAMES.includes(known.name);
  return [
    { name: "name", label: t("tag-what"), kind: "select", options: [...NAMES.map((name) => [name, label(name)]), [OF_RECIPIENT, t("tag-attribute")]], value: isAttribute ? OF_RECIPIENT : known.name },
    { name: "attribute", label: t("tag-attribute-name"), value: isAttribute ? known.name.replace(OF_RECIPIENT, "") : "", hint: t("tag-attribute-hint"), isAddress: true },
    { name: "fallback", label: t("tag-default"), value: known.fallback, hint: t("tag-default-hint") },
  ];
}

function finish({ whole, name, attribute, fallback }) {
  if (whole) return whole;
  if (name !== OF_RECIPIENT) return compose(name, fallback);
  // "data." is of emails that a program asks for.
  const path = /^(data|attributes)\./.test(attribute) ? attribute : `${OF_RECIPIENT}${attribute}`;
  if (!/^[a-z_]\w*(\.\w+)+$/i.test(path)) throw new Error(t("tag-attribute-bad"));
  return compose(path, fallback);
}

export async function editTag(view, at) {
  const tag = at === undefined ? undefined : view.state.doc.nodeAt(at).attrs.tag;
  const made = await ask({ title: t("tag"), fields: fields(tag), submit: tag === undefined ? t("insert") : t("apply"), finish });
  view.focus();
  if (!made) return;
  const { tr } = view.state;
  if (at === undefined) tr.replaceSelectionWith(schema.nodes.merge_tag.create({ tag: made }));
  else tr.setNodeMarkup(at, null, { tag: made });
  view.dispatch(tr.scrollIntoView());
}

export class TagView {
  constructor(node, view, getPos) {
    this.dom = element("span", { class: "editor-tag", contenteditable: "false", title: `{{ ${node.attrs.tag} }}` });
    const known = parse(node.attrs.tag);
    this.dom.append(element("bdi", {}, known ? label(known.name) : node.attrs.tag));
    if (known?.fallback) this.dom.append(element("bdi", { class: "editor-tag-default" }, t("tag-or", { text: known.fallback })));
    this.dom.addEventListener("dblclick", () => editTag(view, getPos()));
  }

  ignoreMutation() {
    return true;
  }
}

// The blocks that can be inserted, each with the dialog of what can be set about it. The toolbar,
// the menu of "/" and the bar of a block all use this list.

import { ask } from "./dialog.js";
import { address, isSafe } from "./link.js";
import { fromLibrary, upload } from "./media.js";
import { changePicture, insertGallery, insertPicture } from "./picture.js";
import { schema } from "./schema.js";
import { insertSnippet, snippetFields } from "./snippets.js";
import { insertBlock } from "./structure.js";
import { newTable } from "./table.js";
import { editTag } from "./tags.js";
import { t } from "./words.js";

const { nodes } = schema;
const options = (name, values) => values.map((value) => [value, t(`${name}-${value}`)]);
const choice = (name, values) => ({ name, label: t(name), kind: "select", options: options(name, values) });
const link = (name = "href") => ({ name, label: t("address"), kind: "search", required: true, isAddress: true, hint: t("link-hint") });
const line = (name, isRequired = false) => ({ name, label: t(name), required: isRequired });
const last = ({ link: path }) => decodeURIComponent(path.split("/").pop());

// A file of the library, or one that is uploaded.
const fileFields = (accept) => [
  { name: "files", label: t("upload-file"), kind: "file", accept },
  { name: "href", label: t("address"), isAddress: true, button: fromLibrary((controls, { src, alt }) => {
    controls.href.value = src;
    for (const name of ["name", "title"]) if (controls[name]) controls[name].value ||= alt;
  }) },
];

const found = (label, within) => ({ name: "slug", label: t(label), required: true, kind: "search", within, pick: last, hint: t("search-hint") });
const count = () => [{ ...line("count"), kind: "number", min: "1", max: "20" }];

const SETTINGS = {
  button: () => [link(), choice("align", ["start", "center", "end"]), choice("kind", ["main", "plain"])],
  spacer: () => [choice("size", ["small", "medium", "large"])],
  columns: () => [choice("split", ["1-1", "1-2", "2-1", "1-1-1"])],
  callout: () => [{ ...choice("callout-kind", ["note", "good", "warning"]), name: "kind" }],
  file: () => [...fileFields(), line("name")],
  audio: () => [...fileFields("audio/*"), line("title")],
  video: () => [...fileFields("video/*"), line("title"), { ...line("poster"), isAddress: true }],
  embed: () => [link(), line("title", true), line("description"), { ...line("picture"), isAddress: true }],
  event: () => [found("event-which", "/events/")],
  post: () => [found("post-which", "/posts/")],
  snippet: snippetFields,
  events: count,
  posts: count,
  feed: () => [line("name", true), ...count()],
  if: () => [{ ...line("condition", true), isAddress: true, hint: t("condition-hint") }, { name: "otherwise", label: t("otherwise"), kind: "select", options: options("otherwise", ["no", "yes"]) }],
  html: () => [{ ...line("html", true), kind: "area", isCode: true }],
  markdown: () => [{ name: "text", label: t("markdown"), kind: "area", isCode: true, required: true }],
  code_block: () => [{ ...line("language"), isAddress: true, hint: t("language-hint") }],
};

async function finish(values) {
  const { files = [], ...attrs } = values;
  if (files.length > 0) {
    const { src, name } = await upload(files[0]);
    attrs.href = src;
    if ("name" in attrs) attrs.name ||= name;
  }
  if ("href" in attrs) {
    if (!attrs.href) throw new Error(t("file-missing"));
    if (!isSafe(attrs.href)) throw new Error(t("link-unsafe"));
    attrs.href = address(attrs.href);
  }
  if ("count" in attrs) attrs.count = Math.min(20, Math.max(1, Math.round(attrs.count || 3)));
  return attrs;
}

export const blockName = (type) => t(`block-${type.name.replaceAll("_", "-")}`);
export const hasSettings = (type) => type.name in SETTINGS || type === nodes.picture;

async function settings(type, attrs, isNew) {
  const fields = (await SETTINGS[type.name](attrs)).map((field) => ({ ...field, value: attrs[field.name] ?? field.value }));
  return ask({ title: blockName(type), fields, submit: isNew ? t("insert") : t("apply"), finish });
}

const paragraph = () => nodes.paragraph.create();
const column = () => nodes.column.create(null, paragraph());
const SIZES = { "1-1-1": 3 };

function withColumns(node, split) {
  const count = SIZES[split] ?? 2;
  const kept = [];
  node.forEach((child) => kept.push(child));
  while (kept.length < count) kept.push(column());
  // What was in a column that goes is at the end of the one before it.
  while (kept.length > count) {
    const gone = kept.pop();
    const before = kept.pop();
    kept.push(before.copy(before.content.append(gone.content)));
  }
  return kept;
}

function withElse(node, isWanted) {
  const [then, otherwise] = [node.child(0), node.maybeChild(1)];
  return isWanted ? [then, otherwise ?? nodes.else.create(null, paragraph())] : [then];
}

export async function changeSettings(view, { node, pos }) {
  if (node.type === nodes.picture) return changePicture(view, { node, pos });
  const isIf = node.type === nodes.if;
  const shown = isIf ? { ...node.attrs, otherwise: node.childCount > 1 ? "yes" : "no" } : node.attrs;
  const said = await settings(node.type, shown, false);
  view.focus();
  const now = view.state.doc.nodeAt(pos);
  if (!said || now?.type !== node.type) return;
  const { otherwise, ...attrs } = said;
  let content = now.content;
  if (isIf) content = withElse(now, otherwise === "yes");
  if (node.type === nodes.columns) content = withColumns(now, attrs.split);
  const made = now.type.create({ ...now.attrs, ...attrs }, content, now.marks);
  // Attributes alone, so that the cursor stays where it is.
  if (made.content.eq(now.content)) view.dispatch(view.state.tr.setNodeMarkup(pos, null, made.attrs));
  else view.dispatch(view.state.tr.replaceWith(pos, pos + now.nodeSize, made));
}

const asked = (name, content) => async (view) => {
  const said = await settings(nodes[name], {}, true);
  if (!said) return view.focus();
  const { otherwise, ...attrs } = said;
  const node = nodes[name].createAndFill(attrs, content?.());
  insertBlock(view, otherwise === "yes" ? node.copy(node.content.addToEnd(nodes.else.create(null, paragraph()))) : node);
};
const plainly = (make) => (view) => insertBlock(view, make());
const social = () => nodes.social.create(null, nodes.bullet_list.create(null, nodes.list_item.create(null, paragraph())));

// Name, icon, how it is inserted, and English words that find it too.
const entry = (name, icon, run, words = "") => ({ name, icon, run, words: `${name} ${words}`.replaceAll("_", " "), label: t(`block-${name.replaceAll("_", "-")}`) });

export const BLOCKS = [
  entry("picture", "image", insertPicture, "image photo"),
  entry("gallery", "images", insertGallery, "images photos"),
  entry("table", "table", plainly(() => newTable()), "grid"),
  entry("button", "mouse-pointer-click", asked("button", () => schema.text(t("button-text"))), "action link"),
  entry("columns", "columns-2", plainly(() => nodes.columns.create(null, [column(), column()])), "side by side"),
  entry("callout", "megaphone", plainly(() => nodes.callout.create(null, paragraph())), "note box warning"),
  entry("divider", "minus", plainly(() => nodes.divider.create()), "line rule hr"),
  entry("spacer", "move-vertical", plainly(() => nodes.spacer.create()), "space gap"),
  entry("code_block", "square-code", plainly(() => nodes.code_block.create()), "pre"),
  entry("merge_tag", "braces", (view) => editTag(view), "name field personal"),
  entry("if", "split", asked("if"), "condition only"),
  entry("event", "calendar-days", asked("event")),
  entry("events", "calendar-days", plainly(() => nodes.events.create()), "calendar"),
  entry("post", "newspaper", asked("post"), "article news"),
  entry("posts", "newspaper", plainly(() => nodes.posts.create()), "articles news latest"),
  entry("feed", "rss", asked("feed"), "rss atom news"),
  entry("snippet", "puzzle", insertSnippet, "reuse template"),
  entry("file", "paperclip", asked("file"), "download pdf document"),
  entry("audio", "music", asked("audio"), "music sound"),
  entry("video", "film", asked("video"), "film"),
  entry("embed", "panel-top", asked("embed"), "link card youtube"),
  entry("social", "share-2", plainly(social), "facebook instagram telegram mastodon"),
  entry("html", "code-xml", asked("html")),
  entry("markdown", "file-code", asked("markdown"), "source"),
];

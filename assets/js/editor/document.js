// A text on its way between the server, which reads and writes Markdown, and the editor.

import { schema } from "./schema.js";

// What only prosemirror-tables needs.
const COUNTED = ["colspan", "rowspan", "colwidth"];

// What the server says to a form; throws what is wrong with it.
export async function post(url, fields) {
  const answer = await fetch(url, {
    method: "POST", body: new URLSearchParams(fields), redirect: "error", headers: { Accept: "application/json" },
  });
  const kind = answer.headers.get("Content-Type") ?? "";
  const said = kind.includes("json") ? await answer.json() : await answer.text();
  if (answer.ok) return said;
  const sentence = said.detail ?? said.title ?? (kind.startsWith("text/plain") ? said : "");
  throw new Error(answer.status === 422 && sentence ? sentence : `${answer.status}`);
}

// Attributes that the schema has not are put aside, for `plain` to give them back.
function known(json) {
  const type = schema.nodes[json.type] ?? schema.marks[json.type];
  if (!type) throw new Error(`no ${json.type}`);
  const attrs = {}, extra = {};
  for (const [key, value] of Object.entries(json.attrs ?? {})) {
    if (value === null) continue;
    (type.spec.attrs && key in type.spec.attrs && !COUNTED.includes(key) ? attrs : extra)[key] = value;
  }
  if (type.spec.attrs?.extra && Object.keys(extra).length > 0) attrs.extra = extra;
  const made = { ...json, attrs };
  if (json.marks) made.marks = json.marks.map(known);
  if (json.content) made.content = json.content.map(known);
  const isEmpty = !made.content || made.content.length === 0;
  // An empty paragraph is where one begins to write; Markdown has none.
  if (isEmpty && type.spec.content === "block+") made.content = [{ type: "paragraph" }];
  return made;
}

function fromJson(json) {
  const doc = schema.nodeFromJSON(known(json));
  doc.check();
  return doc;
}

const isBlank = (json) => ["paragraph", "heading"].includes(json.type) && !json.content?.length;

// A paragraph that is one picture reads back as a picture.
function asPicture(json) {
  const [only, ...others] = json.content ?? [];
  if (json.type !== "paragraph" || others.length > 0 || only?.type !== "image" || only.attrs?.title || only.marks?.length) return json;
  return { type: "picture", attrs: { src: only.attrs.src, alt: only.attrs.alt, width: "", href: "" } };
}

// Marks of Markdown begin and end at a letter: "**bold **" is none.
const TIGHT = new Set(["strong", "em", "strike"]);

function withoutMarks(node, text, marks) {
  const kept = node.marks.filter((mark) => !marks.includes(mark));
  const { marks: before, ...rest } = node;
  return { ...rest, text, ...(kept.length > 0 && { marks: kept }) };
}

// The space at the edges of what is marked, without these marks.
function tightened(content) {
  const has = (node, mark) => node?.marks?.some((one) => one.type === mark.type);
  return content.flatMap((node, at) => {
    if (node.type !== "text" || !node.marks) return [node];
    const ending = (other) => node.marks.filter((mark) => TIGHT.has(mark.type) && !has(other, mark));
    const [first, last] = [ending(content[at - 1]), ending(content[at + 1])];
    const [, before, text, after] = node.text.match(/^(\s*)(.*?)(\s*)$/s);
    if (text === "") return first.length + last.length > 0 ? [withoutMarks(node, node.text, [...first, ...last])] : [node];
    const [lead, tail] = [first.length > 0 ? before : "", last.length > 0 ? after : ""];
    const inner = node.text.slice(lead.length, node.text.length - tail.length);
    return [
      ...(lead ? [withoutMarks(node, lead, first)] : []), { ...node, text: inner }, ...(tail ? [withoutMarks(node, tail, last)] : []),
    ];
  });
}

const sameMarks = (one, other) => JSON.stringify(one.marks ?? []) === JSON.stringify(other.marks ?? []);

function joined(content) {
  const made = [];
  for (const node of content) {
    const before = made.at(-1);
    const isSame = before?.type === "text" && node.type === "text" && sameMarks(before, node);
    if (isSame) made[made.length - 1] = { ...before, text: before.text + node.text };
    else made.push(node);
  }
  return made;
}

function plain(json) {
  const made = { ...json };
  if (json.attrs) {
    const { extra, ...attrs } = json.attrs;
    for (const key of COUNTED) delete attrs[key];
    made.attrs = { ...attrs, ...extra };
    if (Object.keys(made.attrs).length === 0) delete made.attrs;
  }
  if (json.marks) made.marks = json.marks.map(plain);
  if (json.content) {
    const content = joined(tightened(json.content.map(plain)));
    const isOfBlocks = schema.nodes[json.type].spec.content === "block+";
    const filled = isOfBlocks ? content.filter((one) => !isBlank(one)).map(asPicture) : content;
    made.content = isOfBlocks && filled.length === 0 && json.type !== "doc" ? [{ type: "paragraph" }] : filled;
    // Nothing follows the last line of a block.
    while (made.content.at(-1)?.type === "hard_break") made.content.pop();
  }
  const [only, ...others] = made.content ?? [];
  return made.type === "gallery" && only && others.length === 0 ? only : made;
}

const toJson = (doc) => plain(doc.toJSON());

const emptyDocument = () => schema.topNodeType.createAndFill();

// Throws where the server refuses the text, or cannot be reached.
export async function read(url, markdown) {
  if (markdown.trim() === "") return emptyDocument();
  const said = await post(url, { markdown });
  return fromJson(typeof said === "string" ? JSON.parse(said) : said);
}

export async function write(url, doc) {
  const json = toJson(doc);
  if (json.content.length === 0) return "";
  const said = await post(url, { document: JSON.stringify(json) });
  return typeof said === "string" ? said : said.markdown;
}

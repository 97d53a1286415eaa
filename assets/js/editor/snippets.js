// Snippets: inserting one, as a name that stays linked or as a copy of its blocks, and keeping
// selected blocks as a new one.

import { announce } from "./announce.js";
import { ask } from "./dialog.js";
import { post, read, write } from "./document.js";
import { schema } from "./schema.js";
import { insertBlocks } from "./structure.js";
import { t } from "./words.js";

const place = document.querySelector("template[data-editor-words]")?.dataset ?? {};
const { snippet } = schema.nodes;

async function choices() {
  const answer = await fetch(`${place.snippetsUrl}/choices`, { headers: { Accept: "application/json" }, redirect: "error" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

const which = (known, name) => ({
  name: "name", label: t("snippet-which"), kind: "select", required: true, value: name,
  options: known.map(({ name: one, beginning }) => [one, beginning ? `${one}: ${beginning}` : one]),
});

// The field of a block that is there already; its snippet may be gone.
export async function snippetFields({ name = "" } = {}) {
  const known = await choices().catch(() => []);
  if (name && !known.some((one) => one.name === name)) known.unshift({ name });
  return [which(known, name)];
}

async function copyOf(view, { id }) {
  const language = view.dom.lang || document.documentElement.lang;
  const answer = await fetch(`${place.snippetsUrl}/${id}/text?${new URLSearchParams({ language })}`, { redirect: "error" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const { content } = await read(place.readUrl, await answer.text());
  return content.content;
}

export async function insertSnippet(view) {
  let known;
  try {
    known = await choices();
  } catch (error) {
    return announce(view, t("not-read", { why: error.message }), true);
  }
  if (known.length === 0) return announce(view, t("snippet-none"), true);
  const how = { name: "how", label: t("snippet-how"), kind: "select", options: [["linked", t("snippet-how-linked")], ["copied", t("snippet-how-copied")]] };
  const blocks = await ask({
    title: t("block-snippet"), fields: [which(known), how], submit: t("insert"),
    finish: async (said) => {
      const chosen = known.find(({ name }) => name === said.name);
      return said.how === "copied" ? copyOf(view, chosen) : [snippet.create({ name: chosen.name })];
    },
  });
  if (blocks?.length) insertBlocks(view, blocks);
  else view.focus();
}

const isWhole = (node) => node.type.spec.group === "block";

// Whether a block can be kept: what is part of another, as a column is, cannot.
export const canKeep = ({ node }) => Boolean(place.snippetsUrl) && isWhole(node) && node.type !== snippet;

// The outermost blocks of a selection that spans several, or the block that is given.
function range({ selection: { $from, $to } }, { node, pos }) {
  const isSeveral = $from.depth > 0 && $to.depth > 0 && $from.index(0) !== $to.index(0);
  const [from, to] = isSeveral ? [$from.before(1), $to.after(1)] : [pos, pos + node.nodeSize];
  return { from, to };
}

export async function keepAsSnippet(view, block) {
  const { from, to } = range(view.state, block);
  const kept = view.state.doc.slice(from, to).content;
  const name = await ask({
    title: t("snippet-keep"), submit: t("snippet-keep"),
    fields: [{ name: "name", label: t("snippet-name"), required: true, isAddress: true, hint: t("snippet-name-hint") }],
    finish: async (said) => {
      const markdown = await write(place.writeUrl, schema.topNodeType.create(null, kept));
      return post(`${place.snippetsUrl}/keep`, { name: said.name, markdown, language: view.dom.lang ?? "" });
    },
  });
  view.focus();
  const { doc, tr } = view.state;
  // Typed on meanwhile: the blocks stay, and so does the snippet.
  if (!name || to > doc.content.size || !doc.slice(from, to).content.eq(kept)) return;
  view.dispatch(tr.replaceWith(from, to, snippet.create({ name })));
  announce(view, t("snippet-kept", { name }));
}

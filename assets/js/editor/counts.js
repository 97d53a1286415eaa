// Words and the time that it takes to read them.

import { element } from "./element.js";
import { number, t } from "./words.js";

// Of an adult who reads silently.
const WORDS_A_MINUTE = 220;

function countWords(doc, language) {
  const text = doc.textBetween(0, doc.content.size, " ", " ");
  if (!("Segmenter" in Intl)) return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  let count = 0;
  for (const { isWordLike } of new Intl.Segmenter(language, { granularity: "word" }).segment(text)) if (isWordLike) count += 1;
  return count;
}

export class Counts {
  #timer;

  constructor(language) {
    this.language = language || undefined;
    this.dom = element("p", { class: "editor-counts" });
  }

  // Not at each key: long texts take a while.
  update(doc) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.show(doc), 300);
  }

  show(doc) {
    const words = countWords(doc, this.language);
    const minutes = Math.max(1, Math.round(words / WORDS_A_MINUTE));
    this.dom.textContent = `${t("words", { count: number(words) })} · ${t("reading-time", { minutes: number(minutes) })}`;
  }
}

// One stop of the Tab key for several buttons, and arrows among them (the toolbar of the ARIA practices).

import { isRightToLeft } from "./element.js";

export function stopAt(buttons, target) {
  for (const one of buttons) one.tabIndex = one === target ? 0 : -1;
}

// `buttons` gives them in order, since they may change.
export function rove(dom, buttons, leave) {
  dom.addEventListener("focusin", ({ target }) => { if (buttons().includes(target)) stopAt(buttons(), target); });
  dom.addEventListener("keydown", (event) => {
    const all = buttons(), at = all.indexOf(document.activeElement);
    if (at < 0) return;
    const [forward, backward] = isRightToLeft(dom) ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
    const { key } = event;
    let to;
    if (key === forward) to = (at + 1) % all.length;
    else if (key === backward) to = (at - 1 + all.length) % all.length;
    else if (key === "Home") to = 0;
    else if (key === "End") to = all.length - 1;
    else if (key === "ArrowDown" && all[at].hasAttribute("aria-haspopup")) all[at].click();
    else if (key === "Escape") leave();
    else return;
    event.preventDefault();
    all[to]?.focus();
    all[to]?.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}

// A menu that opens from a button, for mouse and keyboard (the menu button of the ARIA practices).

import { element, icon, isRightToLeft, newId } from "./element.js";

let current;

// Beside a rectangle, within the window.
export function place(menu, { left, right, top, bottom }) {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const start = isRightToLeft(menu) ? right - width : left;
  const isBelow = bottom + height + 8 < innerHeight || top < height;
  menu.style.left = `${Math.max(4, Math.min(start, innerWidth - width - 4))}px`;
  menu.style.top = `${isBelow ? Math.min(bottom + 4, Math.max(4, innerHeight - height - 4)) : top - height - 4}px`;
}

// Items: { label, icon, run, pressed, disabled, keys } or { heading }.
export function openMenu(button, label, items) {
  current?.close();
  const id = newId("menu");
  const menu = element("div", { id, class: "editor-menu", role: "menu", "aria-label": label, popover: "manual", dir: getComputedStyle(button).direction });
  const entries = items.map((item) => {
    if (item.heading) return element("p", { class: "editor-menu-heading", role: "presentation" }, item.heading);
    const isChoice = "pressed" in item;
    const entry = element("button", {
      type: "button", class: "editor-menu-item", role: isChoice ? "menuitemradio" : "menuitem", tabindex: "-1",
      "aria-checked": isChoice ? String(Boolean(item.pressed)) : null, "aria-disabled": item.disabled ? "true" : null,
    }, ...(item.icon ? [icon(item.icon)] : []), element("span", {}, item.label));
    if (item.keys) entry.append(element("kbd", { "aria-hidden": "true" }, item.keys));
    entry.addEventListener("click", () => {
      if (item.disabled) return;
      close();
      item.run();
    });
    return entry;
  });
  menu.append(...entries);
  const buttons = entries.filter((entry) => entry.matches("button"));
  const focusAt = (at) => buttons[(at + buttons.length) % buttons.length]?.focus();

  function close(isBack = true) {
    current = undefined;
    document.removeEventListener("pointerdown", outside, true);
    button.setAttribute("aria-expanded", "false");
    if (isBack) button.focus();
    menu.remove();
  }
  function outside(event) {
    if (!menu.contains(event.target) && !button.contains(event.target)) close(false);
  }
  let typed = "", typedAt = 0;
  menu.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const { key } = event;
    if (key === "ArrowDown") focusAt(at + 1);
    else if (key === "ArrowUp") focusAt(at - 1);
    else if (key === "Home") focusAt(0);
    else if (key === "End") focusAt(-1);
    else if (key === "Escape" || key === "Tab") close();
    else if (key.length === 1 && key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) {
      typed = event.timeStamp - typedAt < 800 ? typed + key.toLowerCase() : key.toLowerCase();
      typedAt = event.timeStamp;
      buttons.find((one) => one.textContent.toLowerCase().startsWith(typed))?.focus();
    } else return;
    if (key !== "Tab") event.preventDefault();
    event.stopPropagation();
  });
  document.addEventListener("pointerdown", outside, true);
  button.setAttribute("aria-expanded", "true");
  // Beside the button, so that within a dialog or a form it belongs there.
  button.after(menu);
  menu.showPopover();
  place(menu, button.getBoundingClientRect());
  const isChoice = buttons.every((one) => one.hasAttribute("aria-checked"));
  (buttons.find((one) => isChoice && one.getAttribute("aria-checked") === "true") ?? buttons[0])?.focus();
  current = { close: () => close(false), button };
}

// Opens from the button, or closes where it is open.
export function toggleMenu(button, label, items) {
  if (current?.button === button) current.close();
  else openMenu(button, label, items);
}

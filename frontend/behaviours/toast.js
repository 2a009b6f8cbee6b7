// data-zt-toast: good news floats above the page and passes by itself; it stays while somebody points at it or has it in focus.
import { fresh, icon, word } from "./words.js";

const READING = 7000;

export function bind(root) {
  for (const note of fresh(root, "[data-zt-toast]", "ztToast")) {
    const close = document.createElement("button");
    close.type = "button";
    close.className = "zt-icon-button";
    close.setAttribute("aria-label", word("close"));
    close.append(icon("x"));
    close.addEventListener("click", () => note.remove());
    note.append(close);
    note.classList.add("zt-toast");
    let timer = setTimeout(() => note.remove(), READING);
    const stay = () => clearTimeout(timer);
    const pass = () => (timer = setTimeout(() => note.remove(), READING / 2));
    note.addEventListener("pointerenter", stay);
    note.addEventListener("focusin", stay);
    note.addEventListener("pointerleave", pass);
    note.addEventListener("focusout", pass);
  }
}

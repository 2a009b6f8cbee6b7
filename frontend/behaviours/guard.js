// data-zt-guard on a form: asks before unsaved changes are lost.
import { fresh, word } from "./words.js";

const changed = new Set();
let listening = false;

function listen() {
  if (listening) return;
  listening = true;
  window.addEventListener("beforeunload", (event) => {
    if ([...changed].some((form) => form.isConnected)) event.preventDefault();
  });
  document.addEventListener("htmx:confirm", (event) => {
    const leaves = event.detail.elt.closest("a, form") && !event.detail.elt.closest("[data-zt-guard]");
    if (leaves && [...changed].some((form) => form.isConnected) && !window.confirm(word("unsaved"))) event.preventDefault();
  });
}

export function bind(root) {
  for (const form of fresh(root, "form[data-zt-guard]", "ztGuard")) {
    listen();
    form.addEventListener("input", () => changed.add(form));
    form.addEventListener("submit", () => changed.delete(form));
    form.addEventListener("reset", () => changed.delete(form));
  }
}

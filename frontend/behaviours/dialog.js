// data-zt-dialog="id" opens <dialog id>; data-zt-close closes it; data-zt-open stands open from the start;
// data-zt-focus takes the focus when the page comes (the summary of a refused form).
import { fresh } from "./words.js";

// Where the cursor goes: what was refused, what asks for it, the first field.
const FIRST = ["[aria-invalid=true]", "[autofocus]", "[data-zt-first]", ".zt-dialog-body :is(input:not([type=hidden]), textarea, select)"];

function show(dialog) {
  if (!dialog || dialog.open) return;
  dialog.showModal();
  FIRST.map((selector) => dialog.querySelector(selector)).find(Boolean)?.focus();
}

export function bind(root) {
  for (const opener of fresh(root, "[data-zt-dialog]", "ztDialog")) {
    opener.addEventListener("click", () => show(document.getElementById(opener.dataset.ztDialog)));
  }
  for (const closer of fresh(root, "[data-zt-close]", "ztClose")) {
    closer.addEventListener("click", () => closer.closest("dialog")?.close());
  }
  for (const dialog of fresh(root, "dialog[data-zt-open]", "ztOpen")) show(dialog);
  fresh(root, "[data-zt-focus]", "ztFocus")[0]?.focus();
}

// data-zt-key="s" on a button or link: pressed by that key when nobody is typing; `?` shows them all, `/` goes to the search field.
import { fresh } from "./words.js";

let listening = false;

const typing = (element) => element.matches("input, textarea, select, [contenteditable=true], [contenteditable='']");

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  const open = document.querySelector("dialog[open]");
  const help = document.getElementById("shortcuts");
  if (event.key === "?" && help && !open) {
    event.preventDefault();
    help.showModal();
  } else if (open) {
    return;
  } else if (event.key === "/") {
    const field = document.querySelector("main input[type=search], input[type=search]");
    if (field) event.preventDefault();
    field?.focus();
  } else {
    const control = document.querySelector(`[data-zt-key="${CSS.escape(event.key)}"]`);
    if (control && !control.disabled) event.preventDefault();
    control?.click();
  }
}

export function bind(root) {
  if (!listening) document.addEventListener("keydown", press);
  listening = true;
  const list = document.querySelector("#shortcuts .zt-keys");
  for (const control of fresh(root, "[data-zt-key]", "ztKey")) {
    control.setAttribute("aria-keyshortcuts", control.dataset.ztKey);
    if (!list || [...list.querySelectorAll("kbd")].some((key) => key.textContent === control.dataset.ztKey)) continue;
    const row = document.createElement("div");
    const [key, name] = [document.createElement("dt"), document.createElement("dd")];
    const cap = document.createElement("kbd");
    cap.textContent = control.dataset.ztKey;
    key.append(cap);
    name.textContent = control.textContent.trim() || control.getAttribute("aria-label");
    row.append(key, name);
    list.append(row);
  }
}

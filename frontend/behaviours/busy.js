// Shows "under way" while htmx asks or a form is on its way, and stops a second press of an official act.
import { fresh, word } from "./words.js";

let waiting = 0;
let listening = false;

function count(step) {
  waiting = Math.max(0, waiting + step);
  document.body.classList.toggle("zt-busy", waiting > 0);
}

function listen() {
  if (listening) return;
  listening = true;
  document.addEventListener("htmx:beforeRequest", () => count(1));
  document.addEventListener("htmx:afterRequest", () => count(-1));
  document.addEventListener("htmx:sendError", say);
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented && !event.target.matches("[method=dialog], [hx-get], [hx-post], [target], [data-zt-download]")) count(1);
  });
  window.addEventListener("pageshow", () => {
    waiting = 0;
    count(0);
    document.querySelectorAll("form[data-zt-sent]").forEach(reopen);
  });
}

function say() {
  const box = document.getElementById("messages");
  if (!box) return;
  const alert = document.createElement("div");
  alert.className = "zt-alert zt-alert-red";
  alert.setAttribute("role", "alert");
  alert.textContent = word("failed");
  box.replaceChildren(alert);
}

function reopen(form) {
  form.removeAttribute("data-zt-sent");
}

export function bind(root) {
  listen();
  for (const form of fresh(root, "form[data-zt-once]", "ztOnce")) {
    form.addEventListener("submit", (event) => {
      if (form.hasAttribute("data-zt-sent")) event.preventDefault();
      else form.setAttribute("data-zt-sent", "");
    });
  }
}

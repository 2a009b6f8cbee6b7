// data-zp-menu="id": the button that shows the columns on a phone.
import { fresh } from "../behaviours/words.js";

export function bind(root) {
  for (const button of fresh(root, "[data-zp-menu]", "zpMenu")) {
    const menu = document.getElementById(button.dataset.zpMenu);
    button.addEventListener("click", () => button.setAttribute("aria-expanded", String(menu.classList.toggle("zp-shown"))));
  }
}

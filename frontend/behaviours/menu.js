// data-zt-menu="id": the button that shows the side bar on a phone; details[data-zt-closes] closes when one looks elsewhere.
import { fresh } from "./words.js";

export function bind(root) {
  for (const button of fresh(root, "[data-zt-menu]", "ztMenu")) {
    const menu = document.getElementById(button.dataset.ztMenu);
    const show = (shown) => {
      menu.classList.toggle("zt-shown", shown);
      button.setAttribute("aria-expanded", String(shown));
    };
    button.addEventListener("click", () => show(!menu.classList.contains("zt-shown")));
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.classList.contains("zt-shown")) return;
      show(false);
      button.focus();
    });
  }
  for (const details of fresh(root, "details[data-zt-closes]", "ztCloses")) {
    document.addEventListener("click", (event) => details.contains(event.target) || (details.open = false));
    details.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      details.open = false;
      details.querySelector("summary").focus();
    });
  }
}

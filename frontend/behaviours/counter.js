// data-zt-counter on a text area with maxlength: how many characters are left, and how many too many.
// The browser's own limit is lifted, so that a long paste is shown and not silently cut.
import { fresh, word } from "./words.js";

export function bind(root) {
  for (const area of fresh(root, "textarea[data-zt-counter][maxlength]", "ztCounter")) {
    const limit = Number(area.getAttribute("maxlength"));
    const note = document.createElement("p");
    note.className = "zt-counter";
    note.setAttribute("aria-live", "polite");
    area.removeAttribute("maxlength");
    area.after(note);
    const show = () => {
      const left = limit - [...area.value].length;
      note.classList.toggle("zt-counter-over", left < 0);
      note.textContent = `${left < 0 ? word("over") : word("left")} ${Math.abs(left)} ${word("characters")}`;
    };
    area.addEventListener("input", show);
    show();
  }
}

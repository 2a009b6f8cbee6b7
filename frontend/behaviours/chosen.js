// data-zt-chosen="form-id": the titles of the ticked boxes that belong to that form, so that one sees what one is about to confirm.
import { fresh } from "./words.js";

export function bind(root) {
  for (const place of fresh(root, "[data-zt-chosen]", "ztChosen")) {
    const form = place.dataset.ztChosen;
    const show = () => {
      const chosen = [...document.querySelectorAll(`input[type=checkbox][form="${form}"]:checked`)];
      const list = document.createElement(chosen.length ? "ol" : "p");
      list.className = chosen.length ? "zt-chosen" : "zt-help";
      if (!chosen.length) list.textContent = place.dataset.none;
      for (const box of chosen) list.append(Object.assign(document.createElement("li"), { textContent: box.dataset.title }));
      place.replaceChildren(list);
    };
    document.addEventListener("change", (event) => {
      if (event.target.matches?.(`input[form="${form}"]`)) show();
    });
    window.addEventListener("pageshow", show);
    show();
  }
}

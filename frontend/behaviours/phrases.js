// data-zt-phrases="field" on a select: the chosen text goes into that field, where the cursor stands.
import { fresh } from "./words.js";

export function bind(root) {
  for (const select of fresh(root, "select[data-zt-phrases]", "ztPhrases")) {
    select.addEventListener("change", (event) => {
      event.stopPropagation();
      const field = document.getElementById(select.dataset.ztPhrases);
      const text = select.value;
      select.value = "";
      if (!field || !text) return;
      if (field.ztInsert) {
        field.ztInsert(text);
        return;
      }
      field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
  }
}

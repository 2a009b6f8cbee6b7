// data-zt-table: names every cell by its column (the phone shows rows as cards) and opens a row's first link from anywhere in the row.
// A table wider than its frame is moved by the arrow keys too.
import { fresh } from "./words.js";

function reach(frame) {
  const wide = frame.scrollWidth > frame.clientWidth;
  frame.toggleAttribute("tabindex", wide);
  if (wide) frame.tabIndex = 0;
}

const widths = new ResizeObserver((changed) => changed.forEach((one) => reach(one.target)));

export function bind(root) {
  for (const frame of fresh(root, ".zt-table-frame", "ztFrame")) widths.observe(frame);
  for (const row of fresh(root, "table[data-zt-table] > tbody > tr", "ztRow")) {
    const heads = row.closest("table").querySelectorAll(":scope > thead th");
    [...row.cells].forEach((cell, column) => {
      const name = heads[column]?.textContent.trim();
      if (!cell.firstElementChild && !cell.textContent.trim()) cell.replaceChildren(); // the phone leaves empty lines out
      if (name && !cell.dataset.label && cell.colSpan === 1) cell.dataset.label = name;
    });
    const link = row.querySelector("td:first-child a[href], th:first-child a[href]") ?? row.querySelector("a[href]");
    if (!link) continue;
    row.dataset.ztRow = "";
    row.addEventListener("click", (event) => {
      if (event.target.closest("a, button, input, label, select, textarea, summary, dialog") || String(window.getSelection())) return;
      if (event.ctrlKey || event.metaKey) window.open(link.href, "_blank", "noopener");
      else link.click();
    });
  }
}

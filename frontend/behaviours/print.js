// data-zt-print: prints the page.
import { fresh } from "./words.js";

export function bind(root) {
  for (const button of fresh(root, "[data-zt-print]", "ztPrint")) button.addEventListener("click", () => window.print());
}

// data-zt-arrange on a list: its rows are dragged by their data-zt-grip (mouse, pen, finger); the form is told the new order and sent.
// Drawn to the right, a row stands beside the one above it; drawn to the left, after it. Without script the buttons do the same.
import { fresh } from "./words.js";

const ASIDE = 40; // pixels to the side that mean beside, or no longer beside

function over(list, dragged, y) {
  return [...list.children].find((row) => row !== dragged && y < row.getBoundingClientRect().top + row.offsetHeight / 2) ?? null;
}

function drag(list, row, grip, start) {
  const beside = row.querySelector("input[name$=-beside]");
  const before = [...list.children].map((each) => each.dataset.number).join();
  const was = beside?.checked;
  row.classList.add("zt-plan-dragged");
  grip.setPointerCapture(start.pointerId);

  const move = (event) => {
    const target = over(list, row, event.clientY);
    if (target !== row.nextElementSibling) list.insertBefore(row, target);
    const aside = event.clientX - start.clientX;
    if (beside && Math.abs(aside) > ASIDE) beside.checked = aside > 0;
    row.classList.toggle("zt-plan-beside", Boolean(beside?.checked));
    const edge = event.clientY < 80 ? -12 : event.clientY > window.innerHeight - 80 ? 12 : 0;
    if (edge) window.scrollBy(0, edge);
  };
  const end = (event) => {
    for (const [name, heard] of heard_of) grip.removeEventListener(name, heard);
    row.classList.remove("zt-plan-dragged");
    const order = [...list.children].map((each) => each.dataset.number).join();
    if (event.type === "pointercancel" || (order === before && beside?.checked === was)) return;
    const form = list.closest("form");
    form.querySelector("[data-zt-order]").value = order;
    form.requestSubmit(form.querySelector("[data-zt-arranged]"));
  };
  const heard_of = [["pointermove", move], ["pointerup", end], ["pointercancel", end]];
  for (const [name, heard] of heard_of) grip.addEventListener(name, heard);
}

export function bind(root) {
  for (const list of fresh(root, "[data-zt-arrange]", "ztArrange")) {
    list.addEventListener("pointerdown", (event) => {
      const grip = event.target.closest("[data-zt-grip]");
      if (!grip || event.button !== 0) return;
      event.preventDefault();
      drag(list, grip.closest("li"), grip, event);
    });
  }
}

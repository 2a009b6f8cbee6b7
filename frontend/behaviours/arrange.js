// data-zt-arrange on a list: its rows are dragged by their data-zt-grip (mouse, pen, finger); the form is told the new order and sent.
// Drawn to the right, a row stands beside the one above it; drawn to the left, after it. Without script the buttons do the same.
import { fresh } from "./words.js";

const ASIDE = 40; // pixels to the side that mean beside, or no longer beside

// The form is sent at every change. An answer that comes while a row or a button is in the hand is asked for again when it is let go;
// one that comes while somebody is typing leaves what is typed; a version being published is not overtaken by a change.
const LASTING = ["keep", "publish"];
let held = false;
let missed = false;
let typing = null;
let sent = null; // the button whose answer is awaited, or was last

const formOf = (target) => target.closest?.("#designer");

document.addEventListener("submit", ({ target, submitter }) => {
  if (!formOf(target)) return;
  sent = submitter;
  missed = false;
});
document.addEventListener("change", ({ target }) => {
  const form = target.closest?.("#designer-part") && formOf(target);
  held = false; // a list that drops down swallows the release
  if (form && !(LASTING.includes(sent?.value) && form.classList.contains("htmx-request"))) form.querySelector("[data-zt-show]").click();
});
document.addEventListener("pointerdown", ({ target }) => {
  held = Boolean(target.closest?.("#designer-part"));
});
for (const let_go of ["pointerup", "pointercancel"]) {
  document.addEventListener(let_go, () => {
    held = false;
    setTimeout(() => missed && sent?.click()); // after the click that follows: it may send the form itself
  });
}
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (held && detail.target.id === "designer-part") {
    detail.shouldSwap = false;
    missed = true;
    return;
  }
  const field = document.activeElement;
  typing = field?.id && field.matches("input:not([type=checkbox])") && detail.target.contains(field) ? [field.id, field.value] : null;
});
document.addEventListener("htmx:afterSwap", () => {
  const field = typing && document.getElementById(typing[0]);
  if (field) field.value = typing[1];
  typing = null;
});

function over(list, dragged, y) {
  return [...list.children].find((row) => row !== dragged && y < row.getBoundingClientRect().top + row.offsetHeight / 2) ?? null;
}

function drag(list, row, start) {
  const beside = row.querySelector("input[name$=-beside]");
  const before = [...list.children].map((each) => each.dataset.number).join();
  const was = beside?.checked;
  row.classList.add("zt-plan-dragged");
  list.setPointerCapture(start.pointerId); // the row itself is moved in the page and would lose it

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
    for (const [name, heard] of heard_of) list.removeEventListener(name, heard);
    row.classList.remove("zt-plan-dragged");
    const order = [...list.children].map((each) => each.dataset.number).join();
    if (event.type === "pointercancel" || (order === before && beside?.checked === was)) return;
    const form = list.closest("form");
    form.querySelector("[data-zt-order]").value = order;
    form.querySelector("[data-zt-arranged]").click();
  };
  const heard_of = [["pointermove", move], ["pointerup", end], ["pointercancel", end]];
  for (const [name, heard] of heard_of) list.addEventListener(name, heard);
}

export function bind(root) {
  for (const list of fresh(root, "[data-zt-arrange]", "ztArrange")) {
    list.addEventListener("pointerdown", (event) => {
      const grip = event.target.closest("[data-zt-grip]");
      if (!grip || event.button !== 0) return;
      event.preventDefault();
      drag(list, grip.closest("li"), event);
    });
  }
}

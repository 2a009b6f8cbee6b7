// data-zp-mode="elder|contrast" on a button: large letters, strong contrast; kept on this device only.
import { fresh } from "../behaviours/words.js";

const MODES = ["elder", "contrast"];

function kept(mode) {
  try {
    return window.localStorage.getItem(`zp-${mode}`) === "on";
  } catch {
    return false; // storage may be forbidden; the button still works for this page
  }
}

function keep(mode, on) {
  try {
    window.localStorage.setItem(`zp-${mode}`, on ? "on" : "off");
  } catch {
    // as above
  }
}

export function apply() {
  for (const mode of MODES) document.documentElement.toggleAttribute(`data-${mode}`, kept(mode));
}

export function bind(root) {
  for (const button of fresh(root, "[data-zp-mode]", "zpMode")) {
    const mode = button.dataset.zpMode;
    const name = `data-${mode}`;
    const show = () => button.setAttribute("aria-pressed", String(document.documentElement.hasAttribute(name)));
    button.addEventListener("click", () => {
      keep(mode, document.documentElement.toggleAttribute(name));
      show();
    });
    show();
  }
}

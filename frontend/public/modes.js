// Reading aids, kept on this device only: data-zp-mode="large|contrast" switches one; the elderly mode begins on its own page and ends at data-zp-plain.
// Without this script the same links work by the address (#large, #contrast, #elder: modes.css); nothing is then kept for the next page.
import { fresh } from "../behaviours/words.js";

const MODES = ["elder", "large", "contrast"];
const page = document.documentElement;

function kept(mode) {
  try {
    return window.localStorage.getItem(`zp-${mode}`) === "on";
  } catch {
    return false; // storage may be forbidden; the switch still works for this page
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
  page.dataset.script = ""; // what needs a script may show itself
  const asked = window.location.hash.slice(1);
  for (const mode of MODES) {
    const begun = mode === asked || (mode === "elder" && page.classList.contains("zp-elder"));
    if (begun) keep(mode, true);
    page.toggleAttribute(`data-${mode}`, begun || kept(mode));
  }
  // the address would hold the mode on when it is switched off
  if (MODES.includes(asked)) window.history.replaceState(null, "", window.location.pathname + window.location.search);
}

function switches(link, mode) {
  const name = `data-${mode}`;
  const show = () => link.setAttribute("aria-pressed", String(page.hasAttribute(name)));
  link.setAttribute("role", "button");
  link.addEventListener("click", (event) => {
    event.preventDefault();
    keep(mode, page.toggleAttribute(name));
    show();
  });
  link.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    link.click();
  });
  show();
}

export function bind(root) {
  for (const link of fresh(root, "[data-zp-mode]", "zpMode")) switches(link, link.dataset.zpMode);
  for (const link of fresh(root, "[data-zp-plain]", "zpPlain")) link.addEventListener("click", () => keep("elder", false));
}

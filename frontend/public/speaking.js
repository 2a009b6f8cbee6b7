// data-zp-speak="停止朗读": the button reads the page's main part aloud by the browser's own voice; hidden where the browser has none.
import { fresh } from "../behaviours/words.js";

const SILENT = ".zt-hidden, .zp-crumbs, .zp-print-head, .zp-aside, .zp-article-tools, .zp-leavings, svg, button, [hidden]";
const LONGEST = 120; // letters at once: browsers break off longer speech

function sentences() {
  const main = document.getElementById("content").cloneNode(true);
  main.querySelectorAll(SILENT).forEach((node) => node.remove());
  main.querySelectorAll("h1, h2, h3, h4, p, li, dt, dd, th, td, figcaption, summary").forEach((node) => node.append("\n"));
  return main.textContent
    .split(/(?<=[。！？；.!?;])|\n/)
    .map((part) => part.trim())
    .filter(Boolean)
    .flatMap((part) => part.match(new RegExp(`.{1,${LONGEST}}`, "gu")));
}

function speaks(button) {
  const voice = window.speechSynthesis;
  const [begin, end] = [button.textContent, button.dataset.zpSpeak];
  const show = (on) => {
    button.textContent = on ? end : begin;
  };
  button.addEventListener("click", () => {
    if (button.textContent === end) {
      voice.cancel();
      show(false);
      return;
    }
    voice.cancel();
    const parts = sentences().map((part) => Object.assign(new SpeechSynthesisUtterance(part), { lang: document.documentElement.lang, rate: 0.9 }));
    if (!parts.length) return;
    parts.at(-1).addEventListener("end", () => show(false));
    parts.forEach((part) => voice.speak(part));
    show(true);
  });
  window.addEventListener("pagehide", () => voice.cancel());
  button.parentElement.hidden = false;
}

export function bind(root) {
  if (!("speechSynthesis" in window)) return;
  for (const button of fresh(root, "[data-zp-speak]", "zpSpeak")) speaks(button);
}

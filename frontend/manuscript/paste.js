// Paste from Word, WPS and web pages: paragraphs, headings, lists and tables stay, every styling goes.
import { Slice, Fragment } from "prosemirror-model";
import { blocks } from "./plain.js";
import { levelOf, ordinal } from "./numbering.js";

const NOTES = "style, script, head, meta, link, title, o\\:p, sup.MsoCommentReference, [data-comment]";

// Word writes the number of a list or heading into a span of its own; everything else about looks is dropped.
const unstyled = (html) =>
  html
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<!\[(?:if|endif)[^>]*>/gi, "")
    .replace(/\sstyle=("[^"]*"|'[^']*')/gi, (all) => (/mso-list:\s*ignore/i.test(all) ? " data-number" : /display:\s*none/i.test(all) ? " hidden" : ""))
    .replace(/<br\s*\/?>(?!\s*<\/(?:p|td|th|li|h\d)>)/gi, "</p><p>");

const text = (node) => node.textContent.replace(/[\s\u00a0\u3000]+/g, " ").trim();

// Headings without an ordinal get the number of their place; the highest level found is 一、, a single one on top is the title.
function headings(root) {
  const found = [...root.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((node) => text(node));
  const ranks = [...new Set(found.map((node) => Number(node.tagName[1])))].sort();
  const titled = ranks.length > 1 && found.filter((node) => Number(node.tagName[1]) === ranks[0]).length === 1;
  const used = titled ? ranks.slice(1) : ranks;
  const counts = [0, 0, 0, 0];
  for (const node of found) {
    const level = used.indexOf(Number(node.tagName[1])) + 1;
    if (level < 1 || level > 4) continue;
    counts[level - 1] += 1;
    counts.fill(0, level);
    if (!levelOf(text(node))) node.prepend(ordinal(level, counts[level - 1]));
  }
}

function lists(root) {
  for (const list of root.querySelectorAll("ol")) {
    [...list.children].filter((item) => item.tagName === "LI").forEach((item, at) => {
      if (!levelOf(text(item))) (item.querySelector("p") ?? item).prepend(ordinal(3, Number(list.getAttribute("start") ?? 1) + at));
    });
  }
}

// A joined cell becomes its text once and blanks for the rest, so that every row has as many cells.
function cells(root) {
  for (const cell of [...root.querySelectorAll("td, th")]) {
    const across = Math.min(Number(cell.getAttribute("colspan") ?? 1), 50);
    const down = Math.min(Number(cell.getAttribute("rowspan") ?? 1), 500);
    const at = [...cell.parentElement.children].indexOf(cell);
    const blank = () => cell.ownerDocument.createElement("td");
    let row = cell.parentElement;
    for (let n = 1; n < down && (row = row.nextElementSibling); n += 1) {
      for (let more = 0; more < across; more += 1) row.insertBefore(blank(), row.children[at] ?? null);
    }
    for (let more = 1; more < across; more += 1) cell.after(blank());
    ["colspan", "rowspan", "width", "height"].forEach((name) => cell.removeAttribute(name));
  }
}

export function transformPastedHTML(html) {
  const page = new DOMParser().parseFromString(unstyled(html), "text/html");
  page.querySelectorAll(`${NOTES}, [hidden]`).forEach((node) => node.remove());
  page.querySelectorAll("[data-number]").forEach((node) => node.replaceWith(text(node)));
  headings(page.body);
  lists(page.body);
  cells(page.body);
  page.querySelectorAll("p, h1, h2, h3, h4, h5, h6, li").forEach((node) => !text(node) && !node.closest("td, th") && node.remove());
  return page.body.innerHTML;
}

export const clipboardTextParser = (plain) => {
  const found = blocks(plain, true);
  const open = (node) => Number(node?.type.name === "line");
  return new Slice(Fragment.from(found), open(found[0]), open(found.at(-1)));
};

// The levels 一、（一）1.（1） (GB/T 9704-2012 7.3.3): known from typed ordinals, set and counted on by the menu.
import { Plugin } from "prosemirror-state";

const ORDINALS = [/^[一二三四五六七八九十百]+、/, /^（[一二三四五六七八九十百]+）/, /^\d+[.．](?!\d)/, /^（\d+）/];
const DIGITS = "〇一二三四五六七八九";

export const levelOf = (text) => ORDINALS.findIndex((ordinal) => ordinal.test(text)) + 1;

export const stripped = (text) => text.replace(ORDINALS[levelOf(text) - 1] ?? /^(?!)/, "").trimStart();

function chinese(n) {
  if (n > 99) return String(n);
  const ten = Math.floor(n / 10);
  return (ten > 1 ? DIGITS[ten] : "") + (ten ? "十" : "") + (n % 10 || !ten ? DIGITS[n % 10] : "");
}

export const ordinal = (level, n) => [`${chinese(n)}、`, `（${chinese(n)}）`, `${n}.`, `（${n}）`][level - 1];

// The lines outside tables, from `from` on.
function lines(doc, from = 0) {
  const found = [];
  doc.forEach((node, at) => {
    if (node.type.name === "line" && at >= from) found.push({ node, at, level: levelOf(node.textContent) });
  });
  return found;
}

function prefix(tr, at, node, text) {
  const old = node.textContent.length - stripped(node.textContent).length;
  tr.insertText(text, at + 1, at + 1 + old);
}

// Counts on the headings of one level after `from`, as far as their own section reaches.
function countOn(tr, from, level) {
  let count = 0;
  const wanted = [];
  for (const one of lines(tr.doc).filter((each) => each.level)) {
    if (one.level < level) {
      if (one.at > from) break;
      count = 0;
    } else if (one.level === level) {
      count += 1;
      if (one.at > from) wanted.push([one, count]);
    }
  }
  wanted.reverse().forEach(([one, n]) => prefix(tr, one.at, one.node, ordinal(level, n)));
}

// A command: the selected lines become headings of this level with the next numbers, or paragraphs (0).
export const setLevel = (level) => (state, dispatch) => {
  const { from, to } = state.selection;
  const chosen = lines(state.doc).filter(({ node, at }) => at + node.nodeSize > from && at < to + 1);
  if (!chosen.length) return false;
  if (!dispatch) return true;
  const tr = state.tr;
  for (const { node, at } of chosen) {
    const place = tr.mapping.map(at);
    let n = 1;
    for (const before of lines(tr.doc).filter((each) => each.at < place && each.level)) {
      if (before.level < level) n = 1;
      else if (before.level === level) n += 1;
    }
    prefix(tr, place, tr.doc.nodeAt(place) ?? node, level ? ordinal(level, n) : "");
    const was = levelOf(node.textContent);
    if (level) countOn(tr, place, level);
    if (was && was !== level) countOn(tr, place - 1, was);
  }
  dispatch(tr.scrollIntoView());
  return true;
};

// A command: every heading gets the number of its place.
export function renumber(state, dispatch) {
  const counts = [0, 0, 0, 0];
  const wanted = lines(state.doc)
    .filter(({ level }) => level)
    .map((one) => {
      counts[one.level - 1] += 1;
      counts.fill(0, one.level);
      return [one, ordinal(one.level, counts[one.level - 1])];
    });
  const tr = state.tr;
  wanted.reverse().forEach(([one, text]) => !one.node.textContent.startsWith(text) && prefix(tr, one.at, one.node, text));
  if (dispatch && tr.docChanged) dispatch(tr);
  return tr.docChanged;
}

// Keeps the looks of each line with its own ordinal, whoever wrote it.
export const levels = new Plugin({
  appendTransaction(changes, _old, state) {
    if (!changes.some((tr) => tr.docChanged)) return null;
    const tr = state.tr;
    state.doc.forEach((node, at) => {
      if (node.type.name !== "line") return;
      const level = levelOf(node.textContent);
      if (level !== node.attrs.level) tr.setNodeMarkup(at, null, { level });
    });
    return tr.docChanged ? tr.setMeta("addToHistory", false) : null;
  },
});

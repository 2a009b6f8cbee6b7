// Between the text as it stands in the field and the document: one line a block, |甲|乙| a row of a table (rules/body.py has the same).
import { line, schema, table } from "./schema.js";

const CELL = /\|((?:\\.|[^|])*)/g;

function cells(text) {
  const found = [...text.matchAll(CELL)].map((match) => match[1]);
  if (found.length > 1 && !found.at(-1).trim()) found.pop();
  return found.map((cell) => cell.replace(/\\([|\\])/g, "$1").trim());
}

// The blocks of a text. From another program (`foreign`) lines with tab stops are rows too, as a spreadsheet copies them.
export function blocks(text, foreign = false) {
  const found = [];
  let rows = [];
  const close = () => {
    if (rows.length) found.push(table(rows));
    rows = [];
  };
  const lines = text.split(/\r\n?|\n/);
  lines.forEach((raw, at) => {
    const one = raw.trim();
    const beside = (other) => other !== undefined && other.includes("\t") && other.split("\t").length === raw.split("\t").length;
    if (one.startsWith("|")) rows.push(cells(one));
    else if (foreign && raw.includes("\t") && (beside(lines[at - 1]) || beside(lines[at + 1]))) rows.push(raw.split("\t").map((c) => c.trim()));
    else {
      close();
      if (one) found.push(line(one.replace(/\t+/g, " ")));
    }
  });
  close();
  return found;
}

export function toDoc(text) {
  const found = blocks(text);
  return schema.nodes.doc.create(null, found.length ? found : [line("")]);
}

const escaped = (text) => text.replace(/\s+/g, " ").trim().replace(/\\/g, "\\\\").replace(/\|/g, "\\|");

function cellText(cell) {
  const parts = [];
  cell.forEach((child) => parts.push(child.textContent));
  return escaped(parts.join(" "));
}

export function toText(doc) {
  const found = [];
  doc.forEach((node) => {
    if (node.type.name !== "table") {
      found.push(node.textContent);
      return;
    }
    if (found.at(-1)?.startsWith("|")) found.push("");
    node.forEach((row) => {
      let text = "|";
      row.forEach((cell) => (text += `${cellText(cell)}|`));
      found.push(text);
    });
  });
  return found.join("\n");
}

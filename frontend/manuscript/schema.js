// The structure of a document's text: lines whose own ordinal tells their level, and tables. Nothing else can be typed or pasted.
import { Schema } from "prosemirror-model";
import { tableNodes } from "prosemirror-tables";

export const schema = new Schema({
  nodes: {
    doc: { content: "(line | table)+" },
    line: {
      content: "text*",
      marks: "",
      group: "block",
      attrs: { level: { default: 0 } },
      parseDOM: ["p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "pre"].map((tag) => ({ tag })),
      toDOM: (node) => ["p", node.attrs.level ? { class: `zt-line-${node.attrs.level}` } : {}, 0],
    },
    ...tableNodes({ tableGroup: "block", cellContent: "line+", cellAttributes: {} }),
    text: {},
  },
});

export const line = (text) => schema.nodes.line.create(null, text ? schema.text(text) : null);

// A table of texts; every row as long as the longest, as a table must be.
export function table(rows) {
  const width = Math.max(...rows.map((row) => row.length));
  const { table, table_row: tr, table_cell: td } = schema.nodes;
  return table.create(null, rows.map((row) => tr.create(null, Array.from({ length: width }, (_, at) => td.create(null, line(row[at] ?? ""))))));
}

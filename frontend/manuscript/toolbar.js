// The buttons above the text: levels, numbers, tables, undo. Each is a command of the keyboard too.
import { redo, undo } from "prosemirror-history";
import { TextSelection } from "prosemirror-state";
import { addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, isInTable } from "prosemirror-tables";
import { renumber, setLevel } from "./numbering.js";
import { line, table } from "./schema.js";

export function insertTable(state, dispatch) {
  if (isInTable(state)) return false;
  if (dispatch) {
    const at = state.selection.$from.after(1);
    const tr = state.tr.insert(at, [table([["", "", ""], ["", "", ""], ["", "", ""]]), line("")]);
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(at + 1))).scrollIntoView());
  }
  return true;
}

const inTable = (command) => (state, dispatch) => isInTable(state) && command(state, dispatch);

// word in the page, keys, command
const BUTTONS = [
  ["para", "Mod-Alt-0", setLevel(0)],
  ["level1", "Mod-Alt-1", setLevel(1)],
  ["level2", "Mod-Alt-2", setLevel(2)],
  ["level3", "Mod-Alt-3", setLevel(3)],
  ["level4", "Mod-Alt-4", setLevel(4)],
  ["renumber", "", renumber],
  ["table", "", insertTable],
  ["addRow", "", inTable(addRowAfter)],
  ["addColumn", "", inTable(addColumnAfter)],
  ["deleteRow", "", inTable(deleteRow)],
  ["deleteColumn", "", inTable(deleteColumn)],
  ["deleteTable", "", inTable(deleteTable)],
  ["undo", "Mod-z", undo],
  ["redo", "Mod-y", redo],
];
const ONLY_IN_TABLE = new Set(["addRow", "addColumn", "deleteRow", "deleteColumn", "deleteTable"]);

export const keys = { ...Object.fromEntries(BUTTONS.filter(([, key]) => key).map(([, key, command]) => [key, command])), "Shift-Mod-z": redo };

export class Toolbar {
  constructor(words, extra) {
    this.dom = document.createElement("div");
    this.dom.className = "zt-manuscript-bar";
    this.dom.setAttribute("role", "toolbar");
    this.dom.setAttribute("aria-label", words.toolbar);
    this.buttons = BUTTONS.map(([name, key, command]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words[name];
      if (key) button.title = key.replace("Mod", "Ctrl").replaceAll("-", "+");
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", () => {
        command(this.view.state, this.view.dispatch, this.view);
        this.view.focus();
      });
      this.dom.append(button);
      return { name, button, command };
    });
    this.dom.append(extra);
  }

  update(view) {
    this.view = view;
    const level = view.state.selection.$from.node(1)?.attrs.level ?? 0;
    for (const { name, button, command } of this.buttons) {
      const of = { para: 0, level1: 1, level2: 2, level3: 3, level4: 4 }[name];
      if (of !== undefined) button.setAttribute("aria-pressed", String(of === level && !isInTable(view.state)));
      else if (ONLY_IN_TABLE.has(name)) button.hidden = !isInTable(view.state);
      else if (name !== "renumber") button.disabled = !command(view.state);
    }
  }
}

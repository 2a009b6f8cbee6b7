// The writing desk's editor: takes the place of the text area of a draft, which stays the form's own field.
import { baseKeymap } from "prosemirror-commands";
import { history } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { goToNextCell, tableEditing } from "prosemirror-tables";
import { levels } from "./manuscript/numbering.js";
import { clipboardTextParser, transformPastedHTML } from "./manuscript/paste.js";
import { toDoc, toText } from "./manuscript/plain.js";
import { Toolbar, keys } from "./manuscript/toolbar.js";

const LOOKS = "zt-manuscript zt-manuscript-page form-control";

class Manuscript {
  constructor(area, words) {
    this.area = area;
    this.words = words;
    this.label = document.querySelector(`label[for="${area.id}"]`);
    this.frame = document.createElement("div");
    this.frame.className = "zt-manuscript-frame";
    this.plain = document.createElement("button");
    this.plain.type = "button";
    this.plain.className = "zt-manuscript-plain";
    this.plain.addEventListener("click", () => this.turn(!area.hidden));
    this.bar = new Toolbar(words, this.plain);
    area.before(this.bar.dom);
    area.after(this.frame);
    area.addEventListener("zt:set", () => this.read());
    area.ztInsert = (text) => this.insert(text);
    this.view = new EditorView(this.frame, {
      state: this.state(),
      attributes: () => this.said(),
      transformPastedHTML,
      clipboardTextParser,
      handleDOMEvents: { beforeinput: (view, event) => this.several(view, event) },
      dispatchTransaction: (tr) => {
        this.view.updateState(this.view.state.apply(tr));
        this.bar.update(this.view);
        if (tr.docChanged) this.write();
      },
    });
    this.label?.addEventListener("click", () => !this.frame.hidden && this.view.focus());
    this.turn(true);
  }

  // What a screen reader is told: the field's own name, help and error.
  said() {
    const told = { class: LOOKS, role: "textbox", "aria-multiline": "true", "aria-label": this.area.hidden ? (this.label?.firstChild.textContent.trim() ?? "") : "" };
    for (const name of ["aria-describedby", "aria-invalid", "aria-required"]) {
      const value = this.area.getAttribute(name);
      if (value) told[name] = value;
    }
    return told;
  }

  state() {
    const plugins = [
      history(),
      keymap({ ...keys, Tab: goToNextCell(1), "Shift-Tab": goToNextCell(-1), "Shift-Enter": baseKeymap.Enter }),
      keymap(baseKeymap),
      levels,
      tableEditing(),
    ];
    const state = EditorState.create({ doc: toDoc(this.area.value), plugins });
    return state.apply(levels.spec.appendTransaction([{ docChanged: true }], state, state) ?? state.tr);
  }

  // Takes the field's text over, as after a restored draft or a spell of plain writing.
  read() {
    if (toText(this.view.state.doc) !== this.area.value) this.view.updateState(this.state());
    this.bar.update(this.view);
  }

  write() {
    this.area.value = toText(this.view.state.doc);
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Several lines put in at once, by dictation or a test's hand, are read like a paste of plain text.
  several(view, event) {
    if (!event.data?.includes("\n") || event.isComposing) return false;
    event.preventDefault();
    const slice = clipboardTextParser(event.data);
    view.dispatch(view.state.tr.replaceSelection(slice).scrollIntoView());
    return true;
  }

  // A phrase or template at the cursor, as a paste of plain text.
  insert(text) {
    if (this.frame.hidden) {
      this.area.setRangeText(text, this.area.selectionStart, this.area.selectionEnd, "end");
      this.area.dispatchEvent(new Event("input", { bubbles: true }));
      return;
    }
    this.view.dispatch(this.view.state.tr.replaceSelection(clipboardTextParser(text)).scrollIntoView());
    this.view.focus();
  }

  // Between the page and the plain text area.
  turn(structured) {
    if (structured) this.read();
    this.area.hidden = structured;
    this.frame.hidden = !structured;
    this.bar.dom.classList.toggle("zt-manuscript-off", !structured);
    this.bar.buttons.forEach(({ button }) => button.classList.toggle("zt-hidden", !structured));
    this.plain.textContent = structured ? this.words.plain : this.words.structured;
    if (structured) this.label?.removeAttribute("for");
    else this.label?.setAttribute("for", this.area.id);
    this.view.setProps({}); // the name goes with the one that is shown
  }
}

function bind() {
  const words = document.getElementById("zt-manuscript-words")?.dataset;
  for (const area of document.querySelectorAll("textarea[data-zt-manuscript]")) {
    if (area.ztManuscript || !words) continue;
    area.ztManuscript = new Manuscript(area, words);
  }
}

bind();
document.addEventListener("zt:landed", bind);
document.addEventListener("zt:grown", bind);

// data-zt-attachments="…" on a part of a form: attachments are added, ordered, removed and taken back beside the text.
// Rows move in the page itself, so that nothing typed waits for an answer; a chosen file goes up at once to that address.
import { lay } from "../laying.js";
import { fresh } from "./words.js";

const MB = 1024 * 1024;
const PARTS = ["key", "name", "text", "sm3", "file", "gone"];
const control = (row, part) => row.querySelector(`[name=attachment_${part}]`);

class Attachments {
  constructor(part) {
    this.part = part;
    this.form = part.closest("form");
    this.list = part.querySelector("ol");
    this.files = part.querySelector("input[type=file]");
    part.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-zt-do]");
      if (button) this[button.dataset.ztDo](button.closest("li"), button);
    });
    this.files.addEventListener("change", () => this.lay([...this.files.files]));
    this.form.addEventListener("zt:put", ({ detail }) => this.put(detail));
    this.number();
  }

  get rows() {
    return [...this.list.children];
  }

  get live() {
    return this.rows.filter((row) => !row.classList.contains("zt-attached-gone"));
  }

  // 附件1, 附件2…: a single one carries no number (GB/T 9704-2012 7.3.4).
  number() {
    const live = this.live;
    live.forEach((row, at) => {
      const label = this.part.dataset.label + (live.length > 1 ? at + 1 : "");
      row.querySelector("[data-zt-label]").textContent = label;
      for (const button of row.querySelectorAll(".zt-attached-acts button")) button.setAttribute("aria-label", `${button.title} ${label}`);
      row.querySelector("[data-zt-do=up]").disabled = at === 0;
      row.querySelector("[data-zt-do=down]").disabled = at === live.length - 1;
    });
  }

  changed() {
    this.number();
    this.form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  up(row, button) {
    const live = this.live;
    live[live.indexOf(row) - 1].before(row);
    this.moved(button);
  }

  down(row, button) {
    const live = this.live;
    live[live.indexOf(row) + 1].after(row);
    this.moved(button);
  }

  moved(button) {
    this.changed();
    if (!button.disabled) button.focus();
    else (button.nextElementSibling ?? button.previousElementSibling).focus();
  }

  remove(row) {
    this.turn(row, true);
    row.querySelector("[data-zt-do=restore]").focus();
  }

  restore(row) {
    this.turn(row, false);
    control(row, "name").focus();
  }

  turn(row, gone) {
    control(row, "gone").value = gone ? "1" : "";
    row.querySelector("[data-zt-name]").textContent = control(row, "name").value;
    row.classList.toggle("zt-attached-gone", gone);
    this.changed();
  }

  key() {
    const taken = this.rows.map((row) => Number(/^n(\d+)$/.exec(control(row, "key").value)?.[1] ?? 0));
    return `n${Math.max(0, ...taken) + 1}`;
  }

  append(html) {
    this.list.insertAdjacentHTML("beforeend", html);
    document.dispatchEvent(new Event("zt:grown"));
    return this.list.lastElementChild;
  }

  blank(key) {
    return this.append(this.part.querySelector("template").innerHTML.replaceAll("__key__", key));
  }

  add() {
    const row = this.blank(this.key());
    this.changed();
    control(row, "name").focus();
  }

  async lay(chosen) {
    const told = [];
    const status = this.part.querySelector("[data-zt-laying]");
    status.hidden = false;
    for (const file of chosen) {
      const why = file.size > this.files.dataset.limitMb * MB ? `${file.name}：${this.part.dataset.tooBig}` : await this.send(file);
      if (why) told.push(why);
    }
    status.hidden = true;
    this.files.value = "";
    const refused = this.part.querySelector("[data-zt-refused]");
    refused.textContent = told.join("；");
    refused.hidden = !told.length;
    this.changed();
    this.files.focus();
  }

  async send(file) {
    const { ztAttachments: address, failed } = this.part.dataset;
    const { row, why } = await lay(file, { address, key: this.key(), token: this.form.elements.csrfmiddlewaretoken.value, failed });
    if (row) this.append(row);
    return why;
  }

  // The rows that this browser kept because the server never got them (keep.js).
  put(kept) {
    const values = (part) => kept[`attachment_${part}`] ?? [];
    this.list.replaceChildren();
    values("key").forEach((key, at) => {
      const row = this.blank(key);
      for (const part of PARTS) control(row, part).value = values(part)[at] ?? "";
      control(row, "text").dispatchEvent(new Event("zt:set"));
      if (values("sm3")[at]) row.querySelector(".zt-attached-body").replaceChildren(control(row, "text"), values("file")[at]);
      if (values("sm3")[at]) control(row, "text").hidden = true;
      this.turn(row, values("gone")[at] === "1");
    });
    this.number();
  }
}

export function bind(root) {
  for (const part of fresh(root, "[data-zt-attachments]", "ztAttachments")) new Attachments(part);
}

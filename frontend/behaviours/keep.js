// data-zt-keep="…" on a form: what is typed goes to the server as it comes, and into this browser where the line is lost.
// The answer tells who else is at the same draft. data-zt-keep-local="person:paper" allows the copy in this browser.
import { fresh } from "./words.js";

const PAUSE = 1500;
const ALIVE = 30000;
const PREFIX = "zt-typed:";

const fields = (form) => {
  const found = {};
  for (const [name, value] of new FormData(form)) if (name !== "csrfmiddlewaretoken" && typeof value === "string") (found[name] ??= []).push(value);
  return found;
};

function recall(key) {
  try {
    return JSON.parse(window.localStorage.getItem(PREFIX + key));
  } catch {
    return null;
  }
}

function remember(key, entry) {
  if (!key) return;
  try {
    if (entry) window.localStorage.setItem(PREFIX + key, JSON.stringify(entry));
    else window.localStorage.removeItem(PREFIX + key);
  } catch {
    // the browser keeps nothing (private window, full): the server's copy remains
  }
}

function put(form, kept) {
  form.dispatchEvent(new CustomEvent("zt:put", { detail: kept })); // rows that may not be there yet
  for (const control of form.elements) {
    if (control.closest("[data-zt-attachments]")) continue;
    if (!(control.name in kept) && !["checkbox", "radio"].includes(control.type)) continue;
    const values = kept[control.name] ?? [];
    if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
    else if (control.type !== "file" && control.name !== "csrfmiddlewaretoken" && control.name !== "version") control.value = values[0];
    control.dispatchEvent(new Event("zt:set"));
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

class Keeper {
  constructor(form) {
    this.form = form;
    this.key = form.dataset.ztKeepLocal;
    this.words = form.querySelector("[data-zt-kept]") ?? document.querySelector("[data-zt-kept]");
    this.others = document.querySelector("[data-zt-others]");
    form.addEventListener("input", () => this.soon());
    form.addEventListener("change", () => this.soon());
    form.addEventListener("submit", () => {
      window.clearTimeout(this.timer);
      this.gone = true;
      if (this.dirty) remember(this.key, { at: Date.now(), fields: fields(form), submitted: true });
    });
    window.addEventListener("pagehide", () => this.dirty && !this.gone && form.isConnected && this.send(true));
    window.addEventListener("online", () => this.dirty && this.send());
    window.setInterval(() => form.isConnected && !this.gone && (this.dirty ? this.send() : this.alive()), ALIVE);
    this.offer();
    this.alive();
  }

  soon() {
    this.dirty = true;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.form.isConnected && this.send(), PAUSE);
  }

  async ask(data, keepalive) {
    const answer = await fetch(this.form.dataset.ztKeep, {
      method: "POST", body: data, keepalive, redirect: "error", headers: { "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value },
    });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  async send(leaving = false) {
    const now = fields(this.form);
    remember(this.key, { at: Date.now(), fields: now });
    try {
      const told = await this.ask(new URLSearchParams(Object.entries(now).flatMap(([name, values]) => values.map((v) => [name, v]))), leaving);
      if (JSON.stringify(fields(this.form)) === JSON.stringify(now)) this.dirty = false;
      remember(this.key, null);
      this.say(`${this.words?.dataset.kept ?? ""} ${told.at}`);
      this.show(told.others);
    } catch {
      this.say((this.key ? this.words?.dataset.local : this.words?.dataset.lost) ?? "", true);
    }
  }

  async alive() {
    try {
      this.show((await this.ask(new URLSearchParams(), false)).others);
    } catch {
      // the next save says so
    }
  }

  say(text, failed = false) {
    if (!this.words) return;
    this.words.textContent = text;
    this.words.classList.toggle("zt-error", failed);
  }

  show(others) {
    if (!this.others) return;
    const text = others.map((one) => `${one.name}（${one.since}）`).join("、");
    if (this.others.textContent === text) return;
    this.others.textContent = text;
    this.others.closest("[data-zt-others-box]").hidden = !text;
  }

  // What this browser kept because the server never got it.
  offer() {
    const kept = this.key && recall(this.key);
    const box = document.querySelector("[data-zt-kept-offer]");
    if (!kept || !box) return;
    const now = fields(this.form);
    const typed = ["title", "text", "attachment_name", "attachment_text", "attachment_sm3"];
    if (typed.every((name) => (kept.fields[name] ?? []).join("\n") === (now[name] ?? []).join("\n"))) return remember(this.key, null);
    box.hidden = false;
    box.querySelector("time").textContent = new Date(kept.at).toLocaleString(document.documentElement.lang);
    box.querySelector("[data-zt-kept-take]").addEventListener("click", () => {
      put(this.form, kept.fields);
      box.hidden = true;
    });
    box.querySelector("[data-zt-kept-drop]").addEventListener("click", () => {
      remember(this.key, null);
      box.hidden = true;
    });
  }
}

export function bind(root) {
  for (const form of fresh(root, "form[data-zt-keep]", "ztKeep")) new Keeper(form);
  // The saved document came back: what was handed in need not be kept any longer.
  for (const saved of fresh(root, "[data-zt-saved]", "ztSaved")) {
    const { ztSaved: person, code, title } = saved.dataset;
    for (const key of [`${person}:${code}`, `${person}:new`]) {
      const kept = recall(key);
      if (kept?.submitted && kept.fields.title?.[0].split(/\s+/).join(" ").trim() === title) remember(key, null);
    }
  }
}

// input[data-zt-strokes] in a form: a field to write an opinion by pen, finger or mouse; the strokes go into the input as JSON.
import { fresh } from "./words.js";

const WIDTH = 1000;
const HEIGHT = 400;

class Hand {
  constructor(input, words) {
    this.input = input;
    this.strokes = [];
    this.box = document.createElement("div");
    this.box.className = "zt-hand";
    this.canvas = document.createElement("canvas");
    this.canvas.width = WIDTH;
    this.canvas.height = HEIGHT;
    this.canvas.hidden = true;
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", words.field);
    this.write = this.button(words.write, () => this.open());
    this.clear = this.button(words.clear, () => this.wipe());
    this.clear.hidden = true;
    this.write.setAttribute("aria-expanded", "false");
    this.box.append(this.write, this.clear, this.canvas);
    const buttons = input.form.querySelector(".zt-form-buttons, .zt-dialog-buttons, .zt-confirm-pin");
    const field = input.form.querySelector("textarea[name=opinion]")?.closest(".zt-field");
    if (field) field.after(this.box);
    else (buttons ?? input).before(this.box);
    this.ink = this.canvas.getContext("2d");
    Object.assign(this.ink, { lineCap: "round", lineJoin: "round", strokeStyle: "#1a1a1a" });
    this.canvas.addEventListener("pointerdown", (event) => this.down(event));
    this.canvas.addEventListener("pointermove", (event) => this.move(event));
    for (const end of ["pointerup", "pointercancel"]) this.canvas.addEventListener(end, () => this.up());
    this.again();
  }

  button(text, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "zt-button zt-button-quiet zt-button-small";
    button.textContent = text;
    button.addEventListener("click", act);
    return button;
  }

  open() {
    this.canvas.hidden = !this.canvas.hidden;
    this.write.setAttribute("aria-expanded", String(!this.canvas.hidden));
  }

  // What a refused form brought back is drawn again.
  again() {
    try {
      this.strokes = JSON.parse(this.input.value);
    } catch {
      return;
    }
    if (!Array.isArray(this.strokes)) this.strokes = [];
    this.canvas.hidden = this.clear.hidden = !this.strokes.length;
    for (const stroke of this.strokes) stroke.slice(1).forEach((point, at) => this.line(stroke[at], point));
  }

  point(event) {
    const box = this.canvas.getBoundingClientRect();
    const within = (value, most) => Math.min(most, Math.max(0, Math.round(value)));
    const pressure = event.pointerType === "pen" ? event.pressure : 0.5;
    return [
      within(((event.clientX - box.left) / box.width) * WIDTH, WIDTH),
      within(((event.clientY - box.top) / box.height) * HEIGHT, HEIGHT),
      within(pressure * 100, 100),
    ];
  }

  line(from, to) {
    this.ink.lineWidth = 3 + (6 * to[2]) / 100;
    this.ink.beginPath();
    this.ink.moveTo(from[0], from[1]);
    this.ink.lineTo(to[0], to[1]);
    this.ink.stroke();
  }

  down(event) {
    if (event.button) return;
    event.preventDefault();
    this.canvas.setPointerCapture(event.pointerId);
    this.stroke = [this.point(event)];
    this.line(this.stroke[0], this.stroke[0]);
  }

  move(event) {
    if (!this.stroke) return;
    for (const each of event.getCoalescedEvents?.() ?? [event]) {
      const point = this.point(each);
      const last = this.stroke.at(-1);
      if (Math.hypot(point[0] - last[0], point[1] - last[1]) < 3) continue;
      this.line(last, point);
      this.stroke.push(point);
    }
  }

  up() {
    if (!this.stroke) return;
    this.strokes.push(this.stroke);
    this.stroke = null;
    this.clear.hidden = false;
    this.input.value = JSON.stringify(this.strokes);
  }

  wipe() {
    this.strokes = [];
    this.input.value = "";
    this.clear.hidden = true;
    this.ink.clearRect(0, 0, WIDTH, HEIGHT);
  }
}

export function bind(root) {
  const words = document.getElementById("zt-hand-words")?.dataset;
  if (!words) return;
  for (const input of fresh(root, "input[data-zt-strokes]", "ztStrokes")) new Hand(input, words);
}

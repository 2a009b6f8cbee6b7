// time[data-zt-relative]: the moment stays as written; how long ago stands behind it and is kept fresh.
import { fresh } from "./words.js";

const STEPS = [["day", 86400], ["hour", 3600], ["minute", 60]];

export function ago(moment, now, language) {
  const seconds = Math.round((moment - now) / 1000);
  const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? ["minute", 60];
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(Math.trunc(seconds / size), unit);
}

export function bind(root) {
  for (const time of fresh(root, "time[data-zt-relative]", "ztRelative")) {
    const note = document.createElement("small");
    note.className = "zt-ago";
    time.after(note);
    const show = () => {
      // Demo time may run ahead of this machine's: the page says what time it is.
      const shift = Number(document.documentElement.dataset.clockShift ?? 0) * 1000;
      note.textContent = ` ${ago(new Date(time.dateTime), Date.now() + shift, document.documentElement.lang)}`;
    };
    show();
    const timer = setInterval(() => (time.isConnected ? show() : clearInterval(timer)), 60000);
  }
}

// data-zt-play="#part" on a button: follows the link [data-zt-next] inside that part again and again, until there is none.
import htmx from "htmx.org";
import { fresh } from "./words.js";

const PACE = 1600;

export function bind(root) {
  for (const button of fresh(root, "[data-zt-play]", "ztPlay")) {
    button.hidden = false;
    const target = button.dataset.ztPlay;
    let playing = false;
    const stop = () => {
      playing = false;
      button.setAttribute("aria-pressed", "false");
    };
    const on = async () => {
      const next = document.querySelector(`${target} [data-zt-next]`);
      if (!playing || !next) return stop();
      await htmx.ajax("GET", next.href, { target, select: target, swap: "outerHTML" });
      window.setTimeout(on, PACE);
    };
    button.addEventListener("click", async () => {
      if (playing) return stop();
      playing = true;
      button.setAttribute("aria-pressed", "true");
      const first = document.querySelector(`${target} [data-zt-first]`);
      if (!document.querySelector(`${target} [data-zt-next]`) && first) {
        await htmx.ajax("GET", first.href, { target, select: target, swap: "outerHTML" });
      }
      window.setTimeout(on, PACE / 2);
    });
  }
}

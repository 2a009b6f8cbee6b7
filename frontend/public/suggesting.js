// The search box: names and titles of this site complete what is being typed; without an answer it is a plain box.
import { fresh } from "../behaviours/words.js";

const PAUSE = 200; // milliseconds after the last key

export function bind(root) {
  for (const box of fresh(root, ".zp-search [name=q]", "zpSuggest")) {
    const list = document.createElement("datalist");
    list.id = `${box.id}-list`;
    box.after(list);
    box.setAttribute("list", list.id);
    box.autocomplete = "off";
    let waiting, asking;
    box.addEventListener("input", () => {
      clearTimeout(waiting);
      asking?.abort();
      if (box.value.trim().length < 2) return list.replaceChildren();
      waiting = setTimeout(async () => {
        asking = new AbortController();
        try {
          const answer = await fetch(`/search/suggest/?q=${encodeURIComponent(box.value.trim())}`, { signal: asking.signal });
          list.replaceChildren(...(answer.ok ? await answer.json() : []).map((name) => new Option(name, name)));
        } catch {
          list.replaceChildren();
        }
      }, PAUSE);
    });
  }
}

// Titles that go on from what is typed into a search box: a combobox with a list below it (arrows, Enter, Escape). Without scripts the box just searches.
import { fresh } from "../behaviours/words.js";

const PAUSE = 180; // milliseconds of rest before the portal is asked

export function bind(root) {
  for (const form of fresh(root, "form.zp-search", "zpSuggest")) offer(form, form.querySelector("input[name=q]"));
}

function offer(form, input) {
  if (!input) return;
  const list = document.createElement("ul");
  const state = { at: -1, asked: "", timer: 0 };
  list.id = `${input.id || "zp-search"}-offers`;
  list.className = "zp-offers";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.querySelector("label")?.textContent || "");
  list.hidden = true;
  form.append(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id }))
    input.setAttribute(name, value);
  input.autocomplete = "off";

  const close = () => {
    list.hidden = true;
    state.at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const point = (at) => {
    const options = [...list.children];
    state.at = options.length ? (at + options.length) % options.length : -1;
    options.forEach((option, n) => option.setAttribute("aria-selected", String(n === state.at)));
    if (state.at >= 0) input.setAttribute("aria-activedescendant", options[state.at].id);
  };
  const choose = (option) => {
    input.value = option.textContent;
    close();
    form.requestSubmit();
  };
  const show = (titles) => {
    list.replaceChildren(
      ...titles.map((title, n) => {
        const option = document.createElement("li");
        Object.assign(option, { id: `${list.id}-${n}`, textContent: title });
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          choose(option);
        });
        return option;
      }),
    );
    if (!titles.length || document.activeElement !== input) return close();
    state.at = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  };
  const ask = async () => {
    const words = (state.asked = input.value.trim());
    if (!words) return close();
    const answer = await fetch(`/search/suggest?q=${encodeURIComponent(words)}`).catch(() => null);
    const titles = answer?.ok ? await answer.json().catch(() => []) : [];
    if (state.asked === words) show(titles);
  };

  const soon = (event) => {
    clearTimeout(state.timer);
    if (!event.isComposing) state.timer = setTimeout(ask, PAUSE); // letters of an unfinished character are not asked
  };
  input.addEventListener("input", soon);
  input.addEventListener("compositionend", () => soon({ isComposing: false }));
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown") point(state.at + 1);
    else if (event.key === "ArrowUp") point(state.at < 0 ? -1 : state.at - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && state.at >= 0) choose(list.children[state.at]);
    else return;
    event.preventDefault();
  });
}

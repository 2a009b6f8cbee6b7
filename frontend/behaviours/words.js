// The sentences that scripts say, in the reader's language: the page carries them on <template id="zt-words">.
export function word(name) {
  return document.getElementById("zt-words")?.dataset[name] ?? "";
}

// All elements below `root` that match, `root` itself included, each bound only once for `mark`.
export function fresh(root, selector, mark) {
  const found = [...(root.matches?.(selector) ? [root] : []), ...root.querySelectorAll(selector)];
  return found.filter((element) => {
    const seen = element[mark];
    element[mark] = true;
    return !seen;
  });
}

// One of the icons of the sheet that the page already uses.
export function icon(name) {
  const sheet = document.querySelector("svg.zt-icon use")?.getAttribute("href").split("#")[0] ?? "";
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "zt-icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${sheet}#${name}`);
  svg.append(use);
  return svg;
}

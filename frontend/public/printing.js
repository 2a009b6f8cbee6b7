// data-zp-printed: the head of a printed page says on which day it was printed.
export function bind() {
  window.addEventListener("beforeprint", () => {
    for (const place of document.querySelectorAll("[data-zp-printed]")) {
      place.dataset.zpPrinted ||= place.textContent;
      place.textContent = place.dataset.zpPrinted + new Date().toLocaleDateString("sv-SE"); // YYYY-MM-DD
      place.hidden = false;
    }
  });
}

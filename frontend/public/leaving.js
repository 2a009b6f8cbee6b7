// A link that leaves the county's sites says so first (网页设计规范: 链接). data-zp-leaving on <body> holds the sentence.
const inside = (host) => host === window.location.hostname || host.endsWith(".gov.cn");

export function bind(root) {
  const sentence = root.dataset.zpLeaving;
  if (!sentence || root.zpLeaving) return;
  root.zpLeaving = true;
  root.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='http']");
    if (link && !inside(link.hostname) && !window.confirm(`${sentence}\n${link.hostname}`)) event.preventDefault();
  });
}

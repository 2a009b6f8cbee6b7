// data-zt-upload on a file input: lists what was chosen and refuses what is too big (data-limit-mb) before it travels.
// data-zt-progress on its form: shows how much has gone up; without script the form simply posts.
import { fresh, icon, word } from "./words.js";

const size = (bytes) => (bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`);

function row(file, limit, input) {
  const line = document.createElement("li");
  const name = document.createElement("span");
  const note = document.createElement("small");
  name.textContent = file.name;
  note.textContent = size(file.size);
  if (limit && file.size > limit) {
    note.className = "zt-too-big";
    note.textContent += ` · ${word("tooBig")}（${word("limit")} ${size(limit)}）`;
  }
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "zt-icon-button zp-icon-button";
  remove.setAttribute("aria-label", `${word("remove")} ${file.name}`);
  remove.append(icon("x"));
  remove.addEventListener("click", () => {
    const kept = new DataTransfer();
    [...input.files].filter((other) => other !== file).forEach((other) => kept.items.add(other));
    input.files = kept.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  });
  line.append(icon("paperclip"), name, note, remove);
  return line;
}

function list(input) {
  const limit = Number(input.dataset.limitMb ?? 0) * 1024 * 1024;
  const files = document.createElement("ul");
  files.className = "zt-upload-list zp-upload-list";
  files.setAttribute("aria-live", "polite");
  input.after(files);
  input.addEventListener("change", () => {
    const chosen = [...input.files];
    files.replaceChildren(...chosen.map((file) => row(file, limit, input)));
    const tooBig = chosen.find((file) => limit && file.size > limit);
    input.setCustomValidity(tooBig ? `${tooBig.name}：${word("tooBig")}` : "");
    if (tooBig) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  });
}

function fail(form, bar) {
  bar.remove();
  form.removeAttribute("aria-busy");
  const note = document.createElement("p");
  note.className = "zt-error zp-error";
  note.setAttribute("role", "alert");
  note.textContent = word("failed");
  form.append(note);
}

// The answer is a whole page: it takes this page's place under its own address.
function land(request) {
  if (request.responseURL && request.responseURL !== window.location.href) window.history.pushState({}, "", request.responseURL);
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  document.title = page.title;
  document.body.replaceWith(page.body);
  document.dispatchEvent(new CustomEvent("zt:landed"));
}

function send(form, submitter) {
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  const bar = document.createElement("div");
  const progress = document.createElement("progress");
  const note = document.createElement("span");
  bar.className = "zt-progress zp-progress";
  bar.setAttribute("role", "status");
  progress.max = 100;
  progress.setAttribute("aria-label", word("uploading"));
  bar.append(progress, note);
  form.append(bar);
  form.setAttribute("aria-busy", "true");
  const request = new XMLHttpRequest();
  request.open("POST", submitter?.getAttribute("formaction") || form.getAttribute("action") || window.location.href);
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    progress.value = Math.round((event.loaded / event.total) * 100);
    note.textContent = `${word("uploading")} ${progress.value}%（${size(event.loaded)} / ${size(event.total)}）`;
  });
  request.addEventListener("error", () => fail(form, bar));
  request.addEventListener("load", () => (request.status === 0 || !request.responseText ? fail(form, bar) : land(request)));
  request.send(data);
}

export function bind(root) {
  fresh(root, "input[type=file][data-zt-upload]", "ztUpload").forEach(list);
  for (const form of fresh(root, "form[data-zt-progress]", "ztProgress")) {
    form.addEventListener("submit", (event) => {
      const waiting = [...form.querySelectorAll("input[type=file]")];
      const invalid = waiting.find((input) => !input.checkValidity() && input.validity.customError);
      if (invalid) {
        event.preventDefault();
        invalid.reportValidity();
      } else if (waiting.some((input) => input.files.length) && !event.defaultPrevented) {
        event.preventDefault();
        send(form, event.submitter);
      }
    });
  }
}

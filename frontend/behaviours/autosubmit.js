// data-zt-autosubmit on a GET form: filters apply as they are changed; typing waits for a pause.
import { fresh } from "./words.js";

const PAUSE = 400;

export function bind(root) {
  for (const form of fresh(root, "form[data-zt-autosubmit]", "ztAutosubmit")) {
    let timer;
    let composing = false; // a Chinese input method is still choosing characters
    const submit = () => form.requestSubmit();
    form.addEventListener("compositionstart", () => (composing = true));
    form.addEventListener("compositionend", () => {
      composing = false;
      timer = setTimeout(submit, PAUSE);
    });
    form.addEventListener("change", (event) => event.target.matches("select, input:not([type=text], [type=search])") && submit());
    form.addEventListener("input", (event) => {
      clearTimeout(timer);
      // Without htmx each submit would reload the page and take the cursor away.
      if (form.hasAttribute("hx-get") && !composing && event.target.matches("input[type=text], input[type=search]")) timer = setTimeout(submit, PAUSE);
    });
  }
}

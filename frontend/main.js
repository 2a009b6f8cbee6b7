// The working screens: htmx and one small module per behaviour, bound by data-zt-… attributes.
// A behaviour exports `bind(root)`; it is called for the page and for every part that htmx brings.
import htmx from "htmx.org";
import * as arrange from "./behaviours/arrange.js";
import * as attachments from "./behaviours/attachments.js";
import * as autosubmit from "./behaviours/autosubmit.js";
import * as busy from "./behaviours/busy.js";
import * as chosen from "./behaviours/chosen.js";
import * as counter from "./behaviours/counter.js";
import * as dialog from "./behaviours/dialog.js";
import * as guard from "./behaviours/guard.js";
import * as handwriting from "./behaviours/handwriting.js";
import * as keep from "./behaviours/keep.js";
import * as menu from "./behaviours/menu.js";
import * as phrases from "./behaviours/phrases.js";
import * as play from "./behaviours/play.js";
import * as print from "./behaviours/print.js";
import * as relative from "./behaviours/relative.js";
import * as shortcuts from "./behaviours/shortcuts.js";
import * as table from "./behaviours/table.js";
import * as toast from "./behaviours/toast.js";
import * as upload from "./behaviours/upload.js";

const behaviours = [arrange, attachments, autosubmit, busy, chosen, counter, dialog, guard, handwriting, keep, menu, phrases, play, print, relative, shortcuts, table, toast, upload];

const bind = (part) => behaviours.forEach((behaviour) => behaviour.bind(part));

// At once for the page, so that no key pressed on it is lost: htmx waits for a timer before its first call.
bind(document.body);
htmx.onLoad(bind);

// An upload's answer took the page's place (behaviours/upload.js).
document.addEventListener("zt:landed", () => {
  htmx.process(document.body);
  bind(document.body);
});

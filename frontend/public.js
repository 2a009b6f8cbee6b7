// The public pages: loaded plainly in the head (small), so that large letters and contrast stand before the page is painted.
import * as counter from "./behaviours/counter.js";
import * as print from "./behaviours/print.js";
import * as upload from "./behaviours/upload.js";
import * as modes from "./public/modes.js";
import * as navigation from "./public/navigation.js";
import * as printing from "./public/printing.js";
import * as speaking from "./public/speaking.js";
import * as suggesting from "./public/suggesting.js";

modes.apply();

const start = () => [counter, modes, navigation, print, printing, speaking, suggesting, upload].forEach((behaviour) => behaviour.bind(document.body));

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
document.addEventListener("zt:landed", start);

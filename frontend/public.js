// The public pages: loaded plainly in the head (small), so that large letters and contrast stand before the page is painted.
import * as counter from "./behaviours/counter.js";
import * as print from "./behaviours/print.js";
import * as upload from "./behaviours/upload.js";
import * as leaving from "./public/leaving.js";
import * as modes from "./public/modes.js";
import * as navigation from "./public/navigation.js";

modes.apply();

const start = () => [counter, leaving, modes, navigation, print, upload].forEach((behaviour) => behaviour.bind(document.body));

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
document.addEventListener("zt:landed", start);

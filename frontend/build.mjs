// Builds the browser assets into src/zhengtong/foundation/ui/built/zt: two pages' worth of script and style, one sheet of icons.
// The static files storage gives them hashed names; nothing here is loaded from another host.
import { build } from "esbuild";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "src", "zhengtong", "foundation", "ui", "built", "zt");
const icons = join(here, "..", "node_modules", "@tabler", "icons", "icons", "outline");

async function sprite() {
  const names = (await readFile(join(here, "icons.txt"), "utf8")).split("\n").filter(Boolean);
  const symbols = await Promise.all(
    names.map(async (name) => {
      const svg = (await readFile(join(icons, `${name}.svg`), "utf8")).replace(/<!--[\s\S]*?-->/g, "");
      const inner = svg.slice(svg.indexOf(">") + 1, svg.lastIndexOf("</svg>")).replace(/\s+/g, " ").trim();
      return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${inner}</symbol>`;
    }),
  );
  await writeFile(join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`);
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
// One bundle each; public.js is loaded plainly in the head, so that large letters are there before the page is painted.
await build({
  entryPoints: ["main.js", "main.css", "manuscript.js", "public.js", "public.css"].map((name) => join(here, name)),
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome109", "firefox115", "safari16"],
  legalComments: "none",
  logLevel: "warning",
});
await sprite();
await writeFile(join(out, "mark.svg"), await readFile(join(here, "mark.svg")));

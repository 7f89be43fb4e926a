// Bundles the editor into dist/: editor.js for the first view, codemirror.js to be loaded after it.
// Prints what each weighs, and fails when one weighs more than it may.

import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

import { build, transform } from "esbuild";
import { minify } from "terser";

const TARGET = ["chrome111", "firefox113", "safari16.4"];

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Each bundle with the most bytes it may weigh, compressed by brotli at its best. */
const bundles = [
  { name: "editor", source: "src/index.js", limit: 2_500 },
  { name: "codemirror", source: "src/codemirror.js", limit: 95_500 },
];

/** Style sheets are imported as text, without their white space and comments. */
const styleSheets = {
  name: "style sheets as text",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true, target: TARGET });
      return { contents: code, loader: "text" };
    });
  },
};

await rm(here("dist"), { recursive: true, force: true });
await mkdir(here("dist"));
let heavy = false;
for (const { name, source, limit } of bundles) {
  const { outputFiles: [bundle] } = await build({
    entryPoints: [here(source)],
    bundle: true,
    write: false,
    format: "esm",
    target: TARGET,
    charset: "utf8",
    legalComments: "none",
    plugins: [styleSheets],
    logLevel: "warning",
  });
  // esbuild's own minifier leaves three kilobytes more on the wire.
  const { code = "" } = await minify(bundle.text, { module: true, ecma: 2020, compress: { passes: 2, pure_getters: true } });
  await writeFile(here(`dist/${name}.js`), code);
  const weight = brotliCompressSync(Buffer.from(code), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  const row = [`${name}.js`.padEnd(14), `${Buffer.byteLength(code)} bytes`.padStart(14), `brotli ${weight}`.padStart(14), `of ${limit}`];
  console.log(row.join("  "));
  heavy ||= weight > limit;
}
if (heavy) {
  console.error("A bundle weighs more than it may.");
  process.exit(1);
}

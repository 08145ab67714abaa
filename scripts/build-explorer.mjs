// Bundles the explorer into dist/explorer: a static page with its worker, the kernel, its scenarios and their dataset.
// After tsc: the presets are parsed here, by the command line's own parsers, so that the page need not.
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { parseDataset } from '../dist/scenario/dataset/parse-dataset.js';
import { parseYaml } from '../dist/scenario/yaml/parse-yaml.js';

const root = new URL('..', import.meta.url).pathname;
const out = join(root, 'dist/explorer');
const EMPTY = '<script type="application/json" id="presets">';
const DATASET = 'data/throughput-oviedo.csv';

await mkdir(out, { recursive: true });
// Each by itself: what both need at once is in both, and neither waits for a second round of files.
const entries = [{ page: 'src/explorer/page.ts' }, { engine: 'src/explorer/engine.worker.ts' }];
const chunks = [];
for (const entryPoints of entries) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints,
    outdir: out,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    // Traces in Arrow's format are read where Node is: the page has no file to read one from.
    external: ['apache-arrow'],
    logLevel: 'warning',
    metafile: true,
  });
  chunks.push(...chunksOf(metafile, 'src/explorer/page.ts'));
}
const files = (await readdir(join(root, 'scenarios'))).filter((name) => name.endsWith('.yaml'));
const scenarios = await Promise.all(
  files.map(async (name) => {
    const { data } = parseYaml(await readFile(join(root, 'scenarios', name), 'utf8'), name);
    return [name.slice(0, -'.yaml'.length), data];
  }),
);
const bytes = await readFile(join(root, 'scenarios', DATASET));
const dataset = await parseDataset(DATASET, { name: DATASET, bytes });
await writeFile(join(out, 'index.html'), await page({ scenarios: Object.fromEntries(scenarios), dataset }));
const copies = [
  ['src/explorer/style.css', 'style.css'],
  ...files.map((name) => [join('scenarios', name), name]),
  ['dist/kernel/kernel.wasm', 'kernel.wasm'],
  [join('scenarios', DATASET), 'throughput-oviedo.csv'],
];
await Promise.all(copies.map(([from, to]) => copyFile(join(root, from), join(out, to))));

/** Files that an entry imports before it runs. */
function chunksOf({ outputs }, entryPoint) {
  const entry = Object.values(outputs).find((output) => output.entryPoint === entryPoint);
  const imports = entry?.imports.filter(({ kind }) => kind === 'import-statement') ?? [];
  return imports.map(({ path }) => basename(path));
}

/** The page with its data in it and its chunks named in its head: nothing is waited for one after the other. */
async function page(presets) {
  const html = await readFile(join(root, 'src/explorer/index.html'), 'utf8');
  const preloads = chunks.map((name) => `<link rel="modulepreload" href="${name}">`).join('\n');
  // A "<" in the data would end its element.
  const data = JSON.stringify(presets).replaceAll('<', '\\u003c');
  return filled(filled(html, '</head>', `${preloads}\n</head>`), EMPTY, EMPTY + data);
}

function filled(html, place, text) {
  if (!html.includes(place)) throw new Error(`index.html has no ${place}`);
  return html.replace(place, () => text);
}

// Bundles the explorer into dist/explorer: a static page with its worker, the kernel, its scenarios and their dataset.
// After tsc: the presets are parsed here, by the command line's own parsers, so that the page need not.
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { parseDataset } from '../dist/scenario/dataset/parse-dataset.js';
import { parseYaml } from '../dist/scenario/yaml/parse-yaml.js';

const root = new URL('..', import.meta.url).pathname;
const out = join(root, 'dist/explorer');
const DATASET = 'data/throughput-oviedo.csv';

await mkdir(out, { recursive: true });
// Each by itself: what both need at once is in both, and neither waits for a second round of files.
const entries = [{ page: 'src/explorer/page.ts' }, { engine: 'src/explorer/engine.worker.ts' }];
for (const entryPoints of entries) {
  await build({
    absWorkingDir: root,
    entryPoints,
    outdir: out,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    logLevel: 'warning',
  });
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
await writeFile(join(out, 'presets.json'), JSON.stringify({ scenarios: Object.fromEntries(scenarios), dataset }));
const copies = [
  ...['index.html', 'style.css'].map((name) => [join('src/explorer', name), name]),
  ...files.map((name) => [join('scenarios', name), name]),
  ['dist/kernel/kernel.wasm', 'kernel.wasm'],
  [join('scenarios', DATASET), 'throughput-oviedo.csv'],
];
await Promise.all(copies.map(([from, to]) => copyFile(join(root, from), join(out, to))));

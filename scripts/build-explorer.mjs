// Bundles the explorer into dist/explorer: a static page with its worker, the kernel, its scenarios and their dataset.
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = new URL('..', import.meta.url).pathname;
const out = join(root, 'dist/explorer');

await mkdir(out, { recursive: true });
await build({
  absWorkingDir: root,
  entryPoints: { page: 'src/explorer/page.ts', engine: 'src/explorer/engine.worker.ts' },
  outdir: out,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  logLevel: 'warning',
});
const scenarios = (await readdir(join(root, 'scenarios'))).filter((name) => name.endsWith('.yaml'));
const copies = [
  ...['index.html', 'style.css'].map((name) => [join('src/explorer', name), name]),
  ...scenarios.map((name) => [join('scenarios', name), name]),
  ['dist/kernel/kernel.wasm', 'kernel.wasm'],
  ['scenarios/data/throughput-oviedo.csv', 'throughput-oviedo.csv'],
];
await Promise.all(copies.map(([from, to]) => copyFile(join(root, from), join(out, to))));

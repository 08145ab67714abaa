// Bundles the built command line and the threads' modules into dist/bundle: a file for each command and for what they share,
// as Node reads a few files much sooner than the hundreds that they are made of. The built files then stand for the bundle's.
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';

const root = new URL('..', import.meta.url).pathname;
const dist = join(root, 'dist');
const out = join(dist, 'bundle');
const ENTRIES = ['cli.js', 'workers/worker.js', 'workers/cell-worker.js', 'workers/job-list.js'];

/** Files keep finding their neighbours by `import.meta.url`, wherever the bundle puts their code. */
const ownPlace = {
  name: 'own-place',
  setup({ onLoad }) {
    onLoad({ filter: /\/dist\/.*\.js$/ }, async ({ path }) => {
      if (path.includes('/node_modules/')) return undefined;
      const place = `new URL(${JSON.stringify(relative(out, path))}, import.meta.url).href`;
      return { contents: (await readFile(path, 'utf8')).replaceAll('import.meta.url', place) };
    });
  },
};

await build({
  absWorkingDir: dist,
  entryPoints: Object.fromEntries(ENTRIES.map((entry) => [entry.replaceAll('/', '-').replace(/\.js$/, ''), entry])),
  outdir: out,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifyWhitespace: true,
  minifySyntax: true,
  // What brings threads, native code or files of its own stays a package.
  external: ['piscina', '@duckdb/node-api', 'parquet-wasm', 'bullmq', 'ioredis', 'linkedom', '@observablehq/plot'],
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module';const require = requireFrom(import.meta.url);",
  },
  // The same reader of CSV, on Node's own buffers.
  alias: { 'csv-parse/browser/esm/sync': 'csv-parse/sync' },
  plugins: [ownPlace],
  logLevel: 'warning',
});

for (const entry of ENTRIES) {
  const bundled = relative(dirname(join(dist, entry)), join(out, entry.replaceAll('/', '-')));
  const path = bundled.startsWith('.') ? bundled : `./${bundled}`;
  const first = (await readFile(join(dist, entry), 'utf8')).startsWith('#!') ? '#!/usr/bin/env node\n' : '';
  await writeFile(join(dist, entry), `${first}export * from '${path}';\n`);
}

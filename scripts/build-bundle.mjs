// Bundles the built command line and the threads' entry into dist/bundle: CommonJS modules, as Node reads a few of these much
// sooner than the hundreds of modules that they are made of. What stands for the command line is dist/cli.cjs. By rolldown, as
// esbuild splits no CommonJS; the explorer is by esbuild, which states a licence once: its pages are half as large.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { rolldown } from 'rolldown';

const root = new URL('..', import.meta.url).pathname;
const dist = join(root, 'dist');
const out = join(dist, 'bundle');

/** Files keep finding their neighbours by `import.meta.url`, wherever the bundle puts their code. */
const ownPlace = {
  name: 'own-place',
  async load(path) {
    if (!path.startsWith(dist)) return undefined;
    const place = `new URL(${JSON.stringify(relative(out, path))}, import.meta.url).href`;
    return (await readFile(path, 'utf8')).replaceAll('import.meta.url', place);
  },
};

const bundle = await rolldown({
  cwd: dist,
  input: { cli: 'cli.js', thread: 'threads/thread.cjs' },
  platform: 'node',
  // What brings threads, native code or files of its own stays a package.
  external: [/^piscina/, /^@duckdb/, /^parquet-wasm/, /^bullmq/, /^ioredis/, /^linkedom/, /^@observablehq\/plot/],
  // The same reader of CSV, on Node's own buffers.
  resolve: { alias: { 'csv-parse/browser/esm/sync': 'csv-parse/sync' } },
  plugins: [ownPlace],
});
await bundle.write({
  dir: out,
  format: 'cjs',
  minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  entryFileNames: '[name].cjs',
  chunkFileNames: '[name]-[hash].cjs',
});

await rm(join(dist, 'cli.js'));
await writeFile(join(dist, 'cli.cjs'), "#!/usr/bin/env node\nrequire('./bundle/cli.cjs');\n", { mode: 0o755 });
await writeFile(join(dist, 'threads/thread.cjs'), "module.exports = require('../bundle/thread.cjs');\n");

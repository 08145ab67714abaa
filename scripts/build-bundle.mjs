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

const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** In ASCII alone, which Node reads as it is: text with other characters in it has to be decoded, and takes twice the memory. */
const inAscii = {
  name: 'in-ascii',
  generateBundle(_, files) {
    for (const file of Object.values(files).filter(({ type }) => type === 'chunk')) {
      file.code = file.code.replace(/[\u0080-\uffff]/g, escaped);
    }
  },
};

const bundle = await rolldown({
  cwd: dist,
  preserveEntrySignatures: 'allow-extension',
  input: { cli: 'cli.js', thread: 'threads/thread.cjs' },
  platform: 'node',
  // What brings threads, native code or files of its own stays a package.
  external: [/^piscina/, /^@duckdb/, /^parquet-wasm/, /^bullmq/, /^ioredis/, /^linkedom/, /^@observablehq\/plot/],
  resolve: {
    alias: {
      // The same reader of CSV, on Node's own buffers.
      'csv-parse/browser/esm/sync': 'csv-parse/sync',
      // What seedrandom takes for seeds of nobody's choice, which tokenjoule has none of.
      crypto: false,
      // The same reader of YAML as ECMAScript modules: only what is used of it, and as one.
      yaml: join(root, 'node_modules/yaml/browser/dist/index.js'),
    },
  },
  plugins: [ownPlace, inAscii],
});

/** What most processes are started for, with what they load late and always: whoever draws has checked before. */
const STARTS = {
  cli: ['cli.js'],
  check: ['commands/check.js', 'scenario/yaml/parse-yaml.js'],
  run: ['commands/run.js'],
  thread: ['threads/range-worker.js'],
};

/** All modules that one brings with it at once, itself included. */
function neededBy(start, moduleOf, found = new Set()) {
  if (found.has(start)) return found;
  found.add(start);
  for (const next of moduleOf(start)?.importedIds ?? []) neededBy(next, moduleOf, found);
  return found;
}

let needed;

/** What the same starts need stands in one file, as each file takes a millisecond; undefined for what none of them needs. */
function fileOf(path, chunking) {
  needed ??= Object.entries(STARTS).map(([name, files]) => {
    const modules = new Set();
    for (const file of files) neededBy(join(dist, file), (id) => chunking.getModuleInfo(id), modules);
    return [name, modules];
  });
  // The entry itself stays alone: what a thread shares with it must not start it.
  if (path === join(dist, 'cli.js')) return null;
  const [first, ...more] = needed.filter(([, modules]) => modules.has(path)).map(([name]) => name);
  if (path.includes('rolldown/runtime')) return 'cli';
  return first !== undefined && first !== 'cli' && more.includes('thread') ? `${first}-thread` : first;
}

await bundle.write({
  dir: out,
  codeSplitting: { groups: [{ name: fileOf, debugName: 'starts', includeDependenciesRecursively: false }] },
  format: 'cjs',
  minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  entryFileNames: '[name].cjs',
  chunkFileNames: '[name]-[hash].cjs',
});

await rm(join(dist, 'cli.js'));
// Where Node has it (from 22.1 on), what was compiled once is kept for the next start, in the folder of temporary files.
const START = `#!/usr/bin/env node
try {
  require('node:module').enableCompileCache?.();
  require('./bundle/cli.cjs');
} catch ({ message }) {
  console.error('tokenjoule cannot be loaded: ' + message.split('\\n')[0]);
  process.exitCode = 1;
}
`;
await writeFile(join(dist, 'cli.cjs'), START, { mode: 0o755 });
await writeFile(join(dist, 'threads/thread.cjs'), "module.exports = require('../bundle/thread.cjs');\n");

// Builds what projects in CommonJS get, into dist/cjs: the library bundled as CommonJS, whose packages stay packages, and the same types
// once more in a folder whose package.json makes CommonJS modules of them: a type file is of the kind that its nearest one says.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { rolldown } from 'rolldown';

const dist = new URL('../dist/', import.meta.url).pathname;
const out = join(dist, 'cjs');
const ENTRIES = ['index', 'browser', 'if-plugin'];

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
  input: Object.fromEntries(ENTRIES.map((name) => [name, `${name}.js`])),
  platform: 'node',
  external: (name) => !name.startsWith('.') && !isAbsolute(name) && name !== 'csv-parse/browser/esm/sync',
  resolve: { alias: { 'csv-parse/browser/esm/sync': 'csv-parse/sync' } },
  plugins: [ownPlace],
});
await bundle.write({ dir: out, format: 'cjs', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' });
await writeFile(join(out, 'package.json'), '{ "type": "commonjs" }\n');
for (const path of await typesBehind(ENTRIES.map((name) => join(dist, `${name}.d.ts`)))) {
  const copy = join(out, relative(dist, path));
  await mkdir(dirname(copy), { recursive: true });
  await copyFile(path, copy);
}

/** Type files that these ones import, themselves included. */
async function typesBehind(entries) {
  const found = new Set();
  const visit = async (path) => {
    if (found.has(path)) return;
    found.add(path);
    const text = await readFile(path, 'utf8');
    const names = [...text.matchAll(/(?:from|import\()\s*['"](\.[^'"]+)['"]/g)].map(([, name]) => name);
    for (const name of names) await visit(resolve(dirname(path), name.replace(/\.js$/, '.d.ts')));
  };
  for (const entry of entries) await visit(entry);
  return found;
}

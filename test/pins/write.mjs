// Makes the present build what test/pins expects, and prints what moved by it, for the message of the commit that moves a pin:
// of every case each table and column, how many rows, the first of them before and now, and the largest relative change.
//
//   npm run build && node test/pins/write.mjs [part of a case's name, e.g. oviedo-2026-sobol]
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const [source, bundled] = ['./write.ts', './.write.mjs'].map((file) => fileURLToPath(new URL(file, import.meta.url)));

await build({
  entryPoints: [source],
  outfile: bundled,
  bundle: true,
  platform: 'node',
  format: 'esm',
  // The build as it stands, threads among it.
  external: ['../../dist/index.js'],
  logLevel: 'warning',
});
try {
  await import(bundled);
} finally {
  await rm(bundled);
}

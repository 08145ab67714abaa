// Bundles the explorer into one file, dist/explorer.html: page, style, script, kernel and the scenarios that ship with it. It opens by a
// double click and needs no server; `tokenjoule explore` writes other scenarios in the place of its data.
// After tsc: the scenarios are read by the command line's own parsers, so that the page need not.
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { openForPage, pageTextOf } from '../dist/commands/open-for-page.js';
import { DATA_ELEMENT } from '../dist/explorer/opened.js';
import { base64Of } from '../dist/explorer/page-data.js';

const root = new URL('..', import.meta.url).pathname;

/** The scenarios that the page comes with, the first one shown. */
const SHIPPED = [
  'oviedo-2026',
  'oviedo-2025',
  'azure-week',
  'managed-power',
  'input-length',
  'coupled-utilization',
  'non-production',
  'queries/chat',
  'queries/rag-question',
];

const script = await bundled();
const files = SHIPPED.map((name) => join(root, 'scenarios', `${name}.yaml`));
const scenarios = await Promise.all(files.map((file) => openForPage(file, 'shipped')));
const [html, style, kernel] = await Promise.all([
  readFile(join(root, 'src/explorer/index.html'), 'utf8'),
  readFile(join(root, 'src/explorer/style.css'), 'utf8'),
  readFile(join(root, 'dist/kernel/kernel.wasm')),
]);
const places = [
  ['POLICY', policy(script)],
  ['/* STYLE */', style],
  ['<script type="text/plain" id="kernel">', `<script type="text/plain" id="kernel">${base64Of(kernel)}`],
  [DATA_ELEMENT, DATA_ELEMENT + pageTextOf(scenarios, false)],
  ['/* SCRIPT */', script],
];
await writeFile(
  join(root, 'dist/explorer.html'),
  places.reduce((page, [place, text]) => filled(page, place, text), html),
);

async function bundled() {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['src/explorer/main.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    charset: 'utf8',
    // The kernel's own place, which only Node looks at.
    define: { 'import.meta.url': '""' },
    // Traces in Arrow's format are read where Node is; the samplers of these packages judge ours in tests, and nobody here.
    external: ['apache-arrow', 'parquet-wasm', '@stdlib/random-base-*'],
    logLevel: 'warning',
  });
  // It stands in a page, whose element no text of it may end.
  return outputFiles[0].text.replaceAll('</script', '<\\/script').trim();
}

/** What the page may do: run its own script and workers made of it, and reach nothing outside. */
function policy(text) {
  const hash = createHash('sha256').update(text).digest('base64');
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}' 'wasm-unsafe-eval'`,
    'worker-src blob:',
    "style-src 'unsafe-inline'",
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function filled(page, place, text) {
  if (!page.includes(place)) throw new Error(`index.html has no ${place}`);
  return page.replace(place, () => text);
}

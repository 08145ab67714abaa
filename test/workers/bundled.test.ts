// An application that a bundler has made one file of: what lies beside our files is gone, and its promise says so instead of ending it.
// Cannot see other bundlers than esbuild.
import { execFile } from 'node:child_process';
import { copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { expect, test, vi } from 'vitest';
import { inTemporaryFolder } from '../folders.js';
import { needs, tries } from '../needs.js';

vi.setConfig({ testTimeout: 120_000 });

const APPLICATION = `
import { scenarioFromText, simulate } from ${JSON.stringify(resolve('dist/index.js'))};
async function main() {
  const scenario = await scenarioFromText(JSON.stringify({
    version: 1, name: 'x', samples: 300000, node_power_kw: 10, models: { a: { tps: 1000 } }, pue: 1.2,
    power_utilization: 0.5, input_tokens: 100, regimes: { t: { output_tokens: { exponential: { median: 300 } } } },
  }), 'x', async () => { throw new Error('no dataset'); });
  const said = await simulate(scenario, { workers: 2 }).then(() => 'done', ({ name, message }) => name + ': ' + message);
  // Whatever comes late ends the process before this.
  await new Promise((resolve) => setTimeout(resolve, 500));
  const alone = await simulate(scenario).then(() => 'done', (error) => error.message);
  console.log(JSON.stringify({ said, alone }));
}
main();
`;

/** What CommonJS has and some of our packages ask for. */
const BANNER = `
import { createRequire as requireFrom } from 'node:module';
const require = requireFrom(import.meta.url);
const __filename = require('node:url').fileURLToPath(import.meta.url);
const __dirname = require('node:path').dirname(__filename);`;

const LARGE = ['@duckdb/node-api', 'parquet-wasm', 'bullmq', 'ioredis', 'linkedom', '@observablehq/plot'];
const REMEDY =
  'if a bundler has left it out, keep tokenjoule outside the bundle (esbuild: --external:tokenjoule), or ask for 0 workers';

interface Bundle {
  readonly format: 'esm' | 'cjs';
  /** Whether Piscina is in the bundle, too. */
  readonly whole: boolean;
  /** Whether the thread's entry was copied to where it is looked for. */
  readonly entry?: boolean;
}

async function saidBy(root: string, { format, whole, entry = false }: Bundle): Promise<unknown> {
  const source = join(root, 'main.mjs');
  await writeFile(source, APPLICATION);
  await symlink(resolve('node_modules'), join(root, 'node_modules'));
  const outfile = join(root, 'out', format === 'cjs' ? 'app.cjs' : 'app.mjs');
  const external = whole ? LARGE : [...LARGE, 'piscina'];
  const banner = format === 'cjs' ? {} : { js: BANNER };
  await build({
    entryPoints: [source],
    bundle: true,
    platform: 'node',
    format,
    outfile,
    external,
    banner,
    logLevel: 'silent',
  });
  if (entry) {
    await mkdir(join(root, 'threads'));
    await copyFile('dist/threads/thread.cjs', join(root, 'threads', 'thread.cjs'));
  }
  return new Promise((done) => {
    execFile(process.execPath, [outfile], (error, stdout, stderr) => {
      const { said, alone } = stdout === '' ? { said: stderr, alone: '' } : JSON.parse(stdout);
      done({ status: error?.code ?? 0, said, alone });
    });
  });
}

const CASES: readonly (readonly [Bundle, (root: string) => string])[] = [
  [
    { format: 'esm', whole: false },
    (root) => `worker threads need ${join(root, 'threads', 'thread.cjs')}, which is not there; ${REMEDY}`,
  ],
  [
    { format: 'cjs', whole: false },
    () => `worker threads need threads/thread.cjs, which lies beside tokenjoule’s own files; ${REMEDY}`,
  ],
  [
    { format: 'esm', whole: true, entry: true },
    (root) =>
      `no worker thread starts with ${join(root, 'threads', 'thread.cjs')}: Cannot find module '${join(root, 'out', 'worker.js')}'; ${REMEDY}`,
  ],
];

test.each(CASES.slice(0, tries(1, 3)))(
  'bundled as %j, threads that cannot start reject the promise, and without them it runs',
  needs('minutes'),
  (bundle, message) =>
    inTemporaryFolder(async (root) => {
      expect(await saidBy(root, bundle)).toEqual({ status: 0, said: `RunError: ${message(root)}`, alone: 'done' });
    }),
);

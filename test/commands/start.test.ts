// What a start loads, by the built command line: nothing that the command does not use. What it cannot see: how long that takes,
// see bench/run.mjs.
import { readFile } from 'node:fs/promises';
import * as nodeModule from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { CLI, SCENARIOS, tokenjoule } from '../command-line.js';

const HOOK = fileURLToPath(new URL('loaded-files.cjs', import.meta.url));
const PAPER = join(SCENARIOS, 'oviedo-2026.yaml');

async function started(...args: string[]): Promise<{ files: string[]; kept: boolean }> {
  const { stderr } = await tokenjoule(args, { env: { NODE_OPTIONS: `--require "${HOOK}"` } });
  const { files, kept }: { files: string[]; kept: boolean } = JSON.parse(stderr);
  return { files: files.map((file) => basename(file).replace(/-[\w-]{8}\.cjs$/, '.cjs')), kept };
}

test('the version is told by three small files', async () => {
  expect((await started('--version')).files.sort()).toEqual(['cli.cjs', 'cli.cjs', 'cli.cjs']);
});

test('a check loads what reads scenarios, and nothing that draws', async () => {
  expect((await started('check', PAPER)).files.sort()).toEqual([
    'check-thread.cjs',
    'check.cjs',
    'cli.cjs',
    'cli.cjs',
    'cli.cjs',
    'rolldown-runtime.cjs',
  ]);
});

test('compiled code is kept for the next start, where Node can', async () => {
  expect((await started('--version')).kept).toBe('enableCompileCache' in nodeModule);
});

test('a thread starts no command line', async () => {
  const bundle = join(dirname(CLI), 'bundle');
  const found = new Set<string>();
  const visit = async (file: string) => {
    if (found.has(file)) return;
    found.add(file);
    const text = await readFile(join(bundle, file), 'utf8');
    for (const [, next] of text.matchAll(/require\("\.\/([^"]+)"\)/g)) await visit(next);
  };
  await visit('thread.cjs');
  expect(found.size).toBeGreaterThan(5);
  expect(found).not.toContain('cli.cjs');
});

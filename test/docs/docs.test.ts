// The documentation's commands, run by the built command line in a folder of their own. Whether its prose is true no test sees.
import { execFile } from 'node:child_process';
import { cp, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import * as library from 'tokenjoule';
import { expect, test } from 'vitest';
import { inTemporaryFolder } from '../folders.js';

const run = promisify(execFile);

test('the scenario reference is what the schema says today', async () => {
  const { stdout } = await run('node', ['scripts/scenario-reference.mjs']);
  expect(await readFile('docs/scenario-reference.md', 'utf8')).toBe(stdout);
});

test('the library reference is what the docstrings say today, and every name that users import has one', async () => {
  const { stdout } = await run('node', ['scripts/api-reference.mjs']);
  expect(await readFile('docs/api.md', 'utf8')).toBe(stdout);
  const headings = [...stdout.matchAll(/^### (\w+)$/gm)].map(([, name]) => name);
  expect(headings).toEqual(expect.arrayContaining(Object.keys(library)));
});

test('every command of the how-to runs', { timeout: 300_000 }, async () => {
  const blocks = (await readFile('docs/how-to.md', 'utf8')).matchAll(/```sh\n(.*?)```/gs);
  const commands = [...blocks].flatMap(([, block]) => block.trim().split('\n'));
  expect(commands.length).toBeGreaterThan(8);
  const cli = resolve('dist/cli.js');
  await inTemporaryFolder(async (folder) => {
    await cp('scenarios', join(folder, 'scenarios'), { recursive: true });
    for (const command of commands) {
      await run('bash', ['-ec', command.replace(/^tokenjoule /, `node "${cli}" `)], { cwd: folder });
    }
  });
});

test('the methodology names the constants that the scenario has', async () => {
  const [page, scenario] = await Promise.all(
    ['docs/methodology.md', 'scenarios/oviedo-2026.yaml'].map((file) => readFile(file, 'utf8')),
  );
  const numbers = [...scenario.matchAll(/p5: ([\d.]+), p95: ([\d.]+)/g)].map(([, p5, p95]) => `${p5}–${p95}`);
  expect(numbers.length).toBeGreaterThan(4);
  for (const range of numbers) expect(page).toContain(range);
});

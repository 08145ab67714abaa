// The table of docs/validation.md is what validate says today. What it cannot see: the words around it.
import { execFile, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { CLI } from '../command-line.js';
import { inTemporaryFolder } from '../folders.js';
import { needs } from '../needs.js';

const run = promisify(execFile);

test('docs/validation.md has the scores that validate prints for the shipped measurements', {
  timeout: 60_000,
  ...needs('minutes'),
}, async () => {
  await inTemporaryFolder(async (folder) => {
    const { stdout } = await run(process.execPath, [CLI, 'validate', '--json', '-o', folder]);
    const script = spawn(process.execPath, ['scripts/validation-table.mjs'], { stdio: ['pipe', 'pipe', 'inherit'] });
    script.stdin.end(stdout);
    const table = await text(script.stdout);
    expect(table).toMatch(/^\| serving law, all \| 565 \|/m);
    expect(await readFile('docs/validation.md', 'utf8')).toContain(table);
  });
});

// tokenjoule levers as a command: its table, page and JSON on threads, and what it refuses. Uses the built files. What the numbers
// should be test/levers says.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LEVERS_TABLE } from '../../src/tables/levers.js';
import { readRowsOf } from '../../src/tables/read.js';
import { tokenjouleQuickly } from '../command-line.js';
import { inTemporaryFolder } from '../folders.js';
import { needs } from '../needs.js';

const SCENARIO = `
version: 1
name: little
node_power_kw: 10
power_utilization: 0.6
pue: 1.4
input_tokens: 500
output_tokens: { exponential: { median: 300 } }
models: { One: { tps: 1000 } }
regimes: { chat: {} }
`;

describe('tokenjoule levers', () => {
  it('writes the rows that it prints as JSON, and a page with a figure', needs('minutes'), async () => {
    await inTemporaryFolder(async (folder) => {
      const file = join(folder, 's.yaml');
      await writeFile(file, SCENARIO);
      const { stdout, status } = await tokenjouleQuickly([
        'levers',
        file,
        '-n',
        '2048',
        '-j',
        '2',
        '-q',
        '--json',
        '-o',
        folder,
      ]);
      expect(status).toBe(0);
      const { rows, folder: out } = JSON.parse(stdout);
      expect(await readRowsOf(join(out, 'levers.arrow'), LEVERS_TABLE)).toEqual(rows);
      const { stdout: again } = await tokenjouleQuickly([
        'levers',
        file,
        '-n',
        '2048',
        '-j',
        '0',
        '-q',
        '--json',
        '-o',
        folder,
      ]);
      expect(JSON.parse(again).rows).toEqual(rows);
      const { stdout: text } = await tokenjouleQuickly([
        'levers',
        file,
        '-n',
        '1024',
        '-o',
        folder,
        '--lever',
        'pue=1.2',
      ]);
      expect(text).toMatch(/pue +14\.3 %/);
      expect(text).toMatch(/all that combine/);
    });
  });

  it('refuses bad usage in one line each, and writes nothing', async () => {
    await inTemporaryFolder(async (folder) => {
      const file = join(folder, 's.yaml');
      await writeFile(file, SCENARIO);
      const refused = async (...args: string[]) => {
        const { status, stderr, stdout } = await tokenjouleQuickly(['levers', ...args, '-o', join(folder, 'out')]);
        expect([status, stdout]).toEqual([2, '']);
        return stderr.replaceAll(folder, '.').trim();
      };
      expect(await refused()).toBe('tokenjoule levers: name one scenario file; found 0; see tokenjoule --help');
      expect(await refused(file, '--lever', 'pue')).toBe(
        'tokenjoule levers: --lever takes KEY=VALUE, as --set does; found "pue"; see tokenjoule --help',
      );
      expect(await refused(file, '--lever', 'pue=0.5')).toMatch(/^--lever pue=0\.5: pue: .*1/);
    });
  });
});

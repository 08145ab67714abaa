// The command check over good files and bad ones. Which problems a file can have is tested in test/scenario.
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SCENARIOS, tokenjoule } from '../command-line.js';
import { inTemporaryFolder } from '../folders.js';
import { needs } from '../needs.js';
import { SMALL } from './small-scenario.js';

describe('tokenjoule check', () => {
  it('accepts every shipped scenario', async () => {
    const files = (await readdir(SCENARIOS))
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => join(SCENARIOS, name));
    const { status, stdout, stderr } = await tokenjoule(['check', ...files]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const file of files) expect(stdout).toContain(`${file}: `);
  });

  it('lists the problems of all files, each with its place', () =>
    inTemporaryFolder(async (cwd) => {
      await writeFile(join(cwd, 'a.yaml'), SMALL.replace('pue:', 'pua:').replace('samples: 3000', 'samples: -1'));
      await writeFile(join(cwd, 'b.yaml'), SMALL.replace('tps: 1000', 'tps: fast'));
      const { status, stdout, stderr } = await tokenjoule(['check', 'a.yaml', 'b.yaml', 'c.yaml'], { cwd });
      expect(status).toBe(2);
      expect(stdout).toBe('');
      expect(stderr.split('\n').map((line) => line.split(';')[0])).toEqual([
        expect.stringMatching(/^a\.yaml:5:10: samples: .*-1$|^a\.yaml:5:10: samples: /),
        'a.yaml:8:1: pua: unknown key',
        expect.stringMatching(/^b\.yaml:7:24: models\.Only\.tps: /),
        'c.yaml: no such file',
        '',
      ]);
    }));

  it('reads standard input in place of a file, datasets from the working folder', needs('minutes'), () =>
    inTemporaryFolder(async (cwd) => {
      expect(await tokenjoule(['check', '-'], { cwd, input: SMALL })).toMatchObject({ status: 0, stderr: '' });
      const bad = await tokenjoule(['check', '-'], { cwd, input: SMALL.replace('pue:', 'pua:') });
      expect(bad.stderr).toContain('-:8:1: pua: unknown key; did you mean pue?');
      expect((await tokenjoule(['check', '-'], { cwd, input: '#'.repeat(2 ** 20 + 1) })).stderr).toBe(
        '-: is too large: at most 1 MiB allowed\n',
      );
    }),
  );
});

// What a later run of the same scenario leaves in its folder; other files of the folder are not looked at here.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SCENARIOS, tokenjouleQuickly } from '../command-line.js';
import { inTemporaryFolder } from '../folders.js';
import { needs } from '../needs.js';

test('a format that is no longer asked for is gone after a later run', {
  timeout: 60_000,
  ...needs('minutes'),
}, async () => {
  await inTemporaryFolder(async (folder) => {
    const run = async (...options: string[]) => {
      const scenario = join(SCENARIOS, 'oviedo-2026.yaml');
      await tokenjouleQuickly(['run', scenario, '--samples', '2000', '--out', folder, ...options]);
      return readdir(join(folder, 'oviedo-2026'));
    };
    const both = await run('--format', 'arrow,csv');
    expect(both).toContain('summary.csv');
    const later = await run();
    expect(later).toContain('summary.arrow');
    expect(later.filter((name) => name.endsWith('.csv'))).toEqual([]);
  });
});

// Names of scenarios that no folder can have everywhere, names with a sign of equality, and words for one thing. Cannot
// see other systems' rules: the list is Microsoft's.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkCommand } from '../../src/commands/check.js';
import { reportCommand } from '../../src/commands/report.js';
import { runCommand } from '../../src/commands/run.js';
import { inTemporaryFolder } from '../folders.js';
import { needs } from '../needs.js';
import { edited, problemsOf, RIGHT, resolveText } from '../scenario/fixtures.js';
import { recording } from '../surroundings.js';

const named = (name: string) => edited('name: small', `name: ${name}`);

describe('the name of a scenario', () => {
  it.each(['CON', 'con', 'nul.txt', 'AUX', 'prn.2026', 'COM1', 'lpt9.x'])('%s is refused, a device', async (name) => {
    expect(await problemsOf(resolveText(named(name)))).toEqual([
      `s.yaml:2:7: name: ${name} is a device on Windows, where no folder can have this name; choose another`,
    ]);
  });

  it.each(['a.', 'é', '模型', 'a b', '.a', '..'])('%s is refused with the letters that it may have', async (name) => {
    expect(await problemsOf(resolveText(named(name)))).toEqual([
      "s.yaml:2:7: name: expected letters a–z and A–Z, digits, '.', '_' and '-', with '.' neither first nor last; " +
        `found the text ${JSON.stringify(name)}`,
    ]);
  });

  it.each(['console', 'null', 'a.b', 'nul-1', 'communication', 'x'])('%s is fine', async (name) => {
    expect((await resolveText(named(JSON.stringify(name)))).name).toBe(name);
  });

  it('is refused where it differs from another by case alone', () =>
    inTemporaryFolder(async (folder) => {
      const text = named('Same').replace('throughput: { dataset: data.csv }', 'models: { A: { tps: 900 } }');
      await writeFile(join(folder, 'a.yaml'), `${text}samples: 100\n`);
      await writeFile(join(folder, 'b.yaml'), `${text.replace('Same', 'same')}samples: 100\n`);
      const written: string[] = [];
      const around = { ...recording(), stderr: { write: (line: string) => written.push(line) } };
      const files = ['a.yaml', 'b.yaml'].map((name) => join(folder, name));
      expect(await runCommand([...files, '-q', '-j', '0', '-o', join(folder, 'out')], around)).toBe(2);
      expect(written.join('')).toBe(
        `tokenjoule run: the names Same of ${files[0]} and same of ${files[1]} differ by case alone, ` +
          'and one would overwrite the other; rename one; see tokenjoule --help\n',
      );
    }));
});

describe('a model with a sign of equality in its name', () => {
  const text = edited('throughput: { dataset: data.csv }', 'models: { "a=b.c": { tps: 900 } }');

  it('is set by its name in double quotes', async () => {
    const { models } = await resolveText(text, { set: ['models."a=b.c".tps=5'] });
    expect(models[0].throughput).toMatchObject({ tps: { parameters: { value: 5 } } });
  });

  it('is named so where it was not', async () => {
    for (const option of ['models.a=b.c.tps=5', 'models.a.tps=b.c.tps=5'])
      expect(await problemsOf(resolveText(text, { set: [option] }))).toEqual([
        `--set ${option}: models has no a; a name with = goes in double quotes: models."a=b".tps=5`,
      ]);
  });
});

describe('words', () => {
  it('say one where there is one', () =>
    inTemporaryFolder(async (folder) => {
      const file = join(folder, 'a.yaml');
      const text = edited('throughput: { dataset: data.csv }', 'models: { A: { tps: 900 } }');
      await writeFile(file, text.slice(0, text.indexOf('  long:')));
      const around = recording();
      expect(await checkCommand([file], around)).toBe(0);
      expect(around.written.join('')).toBe(`${file}: small is valid, 1 model in 1 regime\n`);
    }));

  it('do not speak of a format that a manifest does not state', () =>
    inTemporaryFolder(async (folder) => {
      await mkdir(folder, { recursive: true });
      await runCommand([await written(folder), '-q', '-j', '0', '-o', folder], recording());
      const manifest = join(folder, 'small', 'manifest.json');
      await writeFile(manifest, JSON.stringify({ scenario: { name: 'small' } }));
      expect(await problemsOf(reportCommand([join(folder, 'small'), '-q'], recording()))).toEqual([
        `${manifest}: is not a manifest that tokenjoule wrote; repeat the run`,
      ]);
    }));
});

async function written(folder: string): Promise<string> {
  const file = join(folder, 's.yaml');
  const text = edited('throughput: { dataset: data.csv }', 'models: { A: { tps: 900 } }');
  await writeFile(file, `${text}samples: 100\n`);
  return file;
}

describe('a file full of mistakes', () => {
  const keys = Array.from({ length: 20_000 }, (_, i) => `k${i}: 1\n`).join('');

  it('shows twenty and counts the others', needs('minutes'), async () => {
    const problems = await problemsOf(resolveText(RIGHT + keys));
    expect(problems).toHaveLength(21);
    expect(problems[0]).toMatch(/^s\.yaml:13:1: k0: unknown key; valid here: /);
    expect(problems[20]).toBe('s.yaml: and 19980 more problems');
  });

  it('does so for what is no YAML', needs('minutes'), async () => {
    const problems = await problemsOf(resolveText(RIGHT + keys.replaceAll(': 1', ': "a" b')));
    expect(problems).toHaveLength(21);
    expect(problems[20]).toMatch(/^s\.yaml: and \d+ more problems$/);
  });
});

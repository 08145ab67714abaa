// Small inputs as other people's programs and keyboards make them: spreadsheets' exports, traces, benchmarks' results,
// names in other scripts, other systems' line ends. Beside each scenario stands what the product does with it: the
// words, or the medians in Wh. A new report becomes a case: put its scenario here and its table into datasets/, run
// this test with UPDATE_CASES=1, and read what it wrote before you keep it. Cannot see whether a median is right, but
// for the bounds below: the model's own tests tell that.
import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { checkCommand } from '../../src/commands/check.js';
import { InputError } from '../../src/errors.js';
import { significant } from '../../src/format.js';
import { printable } from '../../src/printable.js';
import { tablesOf } from '../../src/result/rows/tables.js';
import { loadScenario } from '../../src/scenario/load.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import { recording } from '../surroundings.js';

const FOLDER = 'test/cases';
const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.slice(0, -'.yaml'.length));

/** What a check says, and the medians of a run where it says that all is well. */
async function outcomeOf(file: string): Promise<string> {
  const around = recording();
  try {
    await checkCommand([file], around);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return `refused\n${error.message}\n`;
  }
  const result = await simulateHere(await loadScenario(file), { kernel: 'reference' });
  const { summary } = await tablesOf(result);
  const energies = summary.filter(({ metric, subject_kind }) => metric === 'energy' && subject_kind === 'model');
  const medians = energies.map(({ regime, subject, p50 }) => `${regime}, ${subject}: ${significant(p50 ?? 0)} Wh`);
  return `taken\n${around.written.join('')}${medians.join('\n')}\n`;
}

describe('what others write', () => {
  it('is all here', () => {
    expect(names.length).toBeGreaterThan(40);
  });

  it.each(names)('%s', async (name) => {
    const outcome = printable(await outcomeOf(`${FOLDER}/${name}.yaml`));
    const expected = `${FOLDER}/${name}.txt`;
    if (process.env.UPDATE_CASES === '1') await writeFile(expected, outcome);
    expect(outcome).toBe(await readFile(expected, 'utf8'));
  });
});

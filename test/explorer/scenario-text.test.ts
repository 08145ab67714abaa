// What the page draws against what its saved file says: the resolved scenario with settings moved in it, and the file's text with the
// same settings moved, read by the command line's own parsers, are one. That a browser saves this text, explorer.test.ts sees.
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { openForPage } from '../../src/commands/open-for-page.js';
import { sensible } from '../../src/explorer/choice.js';
import { type Explored, explored } from '../../src/explorer/explored.js';
import type { Opened } from '../../src/explorer/opened.js';
import { altered } from '../../src/explorer/replacement.js';
import { scenarioText } from '../../src/explorer/scenario-text.js';
import { shippedDataset } from '../../src/scenario/dataset/shipped.js';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import { inTemporaryFolder } from '../folders.js';
import { OWN } from './own-scenario.js';

const SHIPPED = ['oviedo-2026', 'azure-week', 'managed-power', 'coupled-utilization', 'queries/chat'];

async function ofText(text: string, folder: string) {
  return scenarioFromText(text, 'explored.yaml', async (name) => {
    const shipped = shippedDataset(name);
    const file = shipped ? join('scenarios/data', shipped.file) : join(folder, name);
    return { name, bytes: await readFile(file) };
  });
}

/** Settings of a page moved at will, each within its bounds. */
function moves({ settings, regimes }: Explored) {
  const regime = fc.constantFrom(...regimes);
  const values = settings.map(({ key, slider: { low, high } }) => [
    key,
    fc.double({ min: low, max: high, noNaN: true }),
  ]);
  return fc.record({ regime, values: fc.record(Object.fromEntries(values), { requiredKeys: [] }) });
}

async function agrees(opened: Opened, folder: string, runs: number): Promise<number> {
  const page = await explored(opened);
  let moved = 0;
  await fc.assert(
    fc.asyncProperty(moves(page), async ({ regime, values: any }) => {
      const rounded = Object.entries(any).map(([key, value]) => [key, Number(Number(value).toPrecision(3))]);
      const wanted = { scenario: opened.name, regime, subject: '', values: Object.fromEntries(rounded) };
      const { values } = sensible(wanted, new Map([[opened.name, page]]));
      const replacements = page.settings.flatMap(({ key, own, absent, replacements }) => {
        const value: number | undefined = Reflect.get(values, key);
        const isUsable = own(regime) !== undefined || absent !== undefined;
        return value === undefined || !isUsable ? [] : replacements(regime, value);
      });
      moved += replacements.length;
      const scenario = altered(opened.scenario, replacements);
      const saved = { name: scenario.name, samples: 5000, comment: 'x', scenario: opened.scenario, replacements };
      const { samples: _, warnings: __, precision: ___, ...shown } = scenario;
      const { samples, warnings, ...read } = await ofText(scenarioText(opened.text ?? '', saved, 100), folder);
      expect(samples).toBe(5000);
      expect(read).toEqual(shown);
    }),
    { seed: 4, numRuns: runs },
  );
  return moved;
}

describe('a saved scenario with any settings moved', () => {
  test.each(SHIPPED)('is what the page draws, of %s', async (name) => {
    const file = join('scenarios', `${name}.yaml`);
    expect(await agrees(await openForPage(file), dirname(file), 12)).toBeGreaterThan(20);
  });

  test('is what the page draws, of a file of one’s own with impacts, shared inputs and families of all kinds', async () => {
    await inTemporaryFolder(async (folder) => {
      const file = await OWN.writeInto(folder);
      expect(await agrees(await openForPage(file), folder, 20)).toBeGreaterThan(60);
    });
  });
});

describe('request-cost’s own inputs', () => {
  test('have sliders where a scenario leaves them out, and a saved file states what was moved', async () => {
    await inTemporaryFolder(async (folder) => {
      const file = join(folder, 'costed.yaml');
      await writeFile(file, COSTED);
      const opened = await openForPage(file);
      const { settings } = await explored(opened);
      const absent = settings.filter(({ own }) => own('r') === undefined);
      expect(absent.map(({ key, absent }) => [key, absent])).toEqual([
        ['cached_input_tokens', 'none'],
        ['concurrency', 'a full node'],
      ]);
      // No more is cached than the prompt has.
      expect(absent[0].bounds[1]).toBe(2000);
      expect(await agrees(opened, folder, 15)).toBeGreaterThan(20);
    });
  });
});

const COSTED = `version: 1
name: costed
seed: 1
samples: 1000
node_power_kw: 10
pue: 1.2
power_utilization: 0.6
input_tokens: 2000
regimes: { r: { output_tokens: 400 } }
models: { Mine: { node_seconds: { per_input_token: 1.2e-4, per_output_token: 1.3e-4, per_context_token: 7.0e-8, per_step: 0.02 } } }
`;

describe('a saved scenario', () => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await openForPage('scenarios/oviedo-2026.yaml');
  });

  test('keeps the file’s comments, and says that it is integrated where the page integrates', () => {
    const saved = {
      name: 'explored',
      samples: 0,
      comment: 'From a page.',
      scenario: opened.scenario,
      replacements: [],
    };
    const text = scenarioText(opened.text ?? '', saved, 100_000);
    expect(text).toMatch(/^# From a page\.\n/);
    expect(text).toContain('# DGX H100 maximum; code: get_node_power');
    expect(text).toContain('sampler: auto');
    expect(text).toContain('samples: 100000');
  });

  test('moves one kind of query alone where the others state something else, and all that state the same', async () => {
    const { settings } = await explored(opened);
    const replaced = (key: string, value: number) =>
      altered(opened.scenario, settings.find((one) => one.key === key)?.replacements('traditional', value) ?? []);
    const [traditional, scaling] = replaced('output_tokens', 900).regimes;
    expect(traditional.output_tokens).not.toEqual(scaling.output_tokens);
    expect(scaling.output_tokens).toEqual(opened.scenario.regimes[1].output_tokens);
    const [one, other] = replaced('pue', 1.2).regimes;
    expect(one.pue).toEqual(other.pue);
  });
});

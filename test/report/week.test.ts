// The figure of a fleet's hours in the report, against a day of two levels. What it cannot see: whether its lines are told apart.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { expect, it } from 'vitest';
import { reportCommand } from '../../src/commands/report.js';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import { inTemporaryFolder, runInto } from '../folders.js';
import { recording } from '../surroundings.js';

const PLAIN = {
  version: 1,
  name: 'day',
  samples: 1024,
  models: { m: { tps: 1000, node_power_kw: 10 } },
  pue: 1.2,
  power_utilization: 0.6,
  input_tokens: 500,
  output_tokens: 300,
  regimes: { chat: {} },
};
const LOADED = { ...PLAIN, load: { profile: [...Array(12).fill(1), ...Array(12).fill(0.25)], peak_load: 0.9 } };

async function reportOf(written: object) {
  return inTemporaryFolder(async (out) => {
    const text = JSON.stringify(written);
    const scenario = await scenarioFromText(text, 'day.json', async (_, refuse) => refuse('no dataset here'));
    const folder = await runInto(out, scenario);
    await reportCommand([folder, '--quiet'], recording());
    return parseHTML(await readFile(join(folder, 'report.html'), 'utf8')).document;
  });
}

it('the report draws the hours of a load: work, nodes that serve and nodes owned, and says how full they are', async () => {
  const figure = (await reportOf(LOADED)).querySelector('#run-0-week-0')!;
  // Mean work of 0.625 of the peak hour, on 1 / 0.9 nodes.
  expect(figure.querySelector('figcaption')!.textContent).toBe('The work of the hours fills 56 % of 1.11 nodes');
  expect(figure.querySelectorAll('svg.wide [aria-label="line"] path')).toHaveLength(3);
});

it('the report of nodes that are always full has no figure of hours', async () => {
  expect((await reportOf(PLAIN)).querySelector('#run-0-week-0')).toBeNull();
});

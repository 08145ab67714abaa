// What a sweep tells its reader once for all cells. Shares are checked against normal tables; whether draws agree is tested
// with the distributions.
import { expect, test } from 'vitest';
import { sweepFromText } from '../../src/scenario/sweep-from-text.js';
import { sweepNotes } from '../../src/sweep/sweep-notes.js';

const SCENARIO = `
version: 1
name: notes
models: { One: { tps: 900, node_power_kw: 10 } }
regimes: { traditional: { input_tokens: 500, output_tokens: { exponential: { median: 300 } } } }
power_utilization: 0.6
pue: 1.2
`;

async function notesOf(...over: string[]): Promise<string[]> {
  const noDataset = () => Promise.reject(new Error('no dataset'));
  const { cells } = await sweepFromText(SCENARIO, 'notes.yaml', noDataset, { sweep: { over, zip: [] } });
  return sweepNotes(cells.map(({ scenario }) => scenario));
}

test('a sweep over possible values has nothing to note', async () => {
  expect(await notesOf('pue=1.05,1.2,1.6', 'power_utilization=0.4,1')).toEqual([]);
});

test('values outside physical bounds are noted once, with their shares and the cells that have them', async () => {
  // Standard normal below (0 - 0.25940) / 0.12803 and below (0 - 0.17096) / 0.07425 and below
  // (0 - 0.05666) / 0.17010: 2.14 %, 1.07 % and 36.95 %; above (0 + 0.02041) / 0.12325: 43.42 %.
  const distributions =
    '{ lognormal: { p5: 1.05, p95: 1.6 } },{ lognormal: { p5: 1.05, p95: 1.34 } },1.2,{ lognormal: { p5: 0.8, p95: 1.4 } }';
  expect(
    await notesOf(`pue=${distributions}`, 'power_utilization=0.4,0.5,{ lognormal: { p5: 0.8, p95: 1.2 } }'),
  ).toEqual([
    'about 1.1 % to 37 % of pue draws are below 1 (`min: 1` beside the distribution would truncate) (9 of 12 cells)',
    'about 43 % of power_utilization draws are above 1 (`max: 1` beside the distribution would truncate) (4 of 12 cells)',
  ]);
});

test('mass that truncation took is noted', async () => {
  const [note, ...others] = await notesOf('pue={ lognormal: { p5: 1.05, p95: 1.6 }, min: 1 }');
  expect(note).toMatch(/^about 2[.]\d+ ?% of pue was taken away by truncation$/);
  expect(others).toEqual([]);
});

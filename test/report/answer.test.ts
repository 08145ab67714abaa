// What the answer of a report says, recomputed from the run's own tables: shares of variance, dots, the finding of its figures, and
// the files that it holds. What it cannot see: whether the words are understood.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DOMParser, parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { reportCommand } from '../../src/commands/report.js';
import { betweenQueries, unknown } from '../../src/report/dominance.js';
import { quantileValues, stacked } from '../../src/report/quantile-dots.js';
import { readResult } from '../../src/report/read-run.js';
import type { RunData } from '../../src/report/run-data.js';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import { inTemporaryFolder, runInto } from '../folders.js';
import { needs } from '../needs.js';
import { recording } from '../surroundings.js';

const OWN = {
  version: 1,
  name: 'own',
  samples: 20_000,
  seed: 'answer',
  models: { m: { tps: 1000, node_power_kw: 10 } },
  pue: { lognormal: { p5: 1.05, p95: 1.6 }, vary: 'shared' },
  power_utilization: { lognormal: { p5: 0.4, p95: 0.9 } },
  input_tokens: 500,
  output_tokens: { lognormal: { p5: 50, p95: 1500 } },
  regimes: { chat: {} },
  blends: { all: { models: ['m'] } },
  fleet: { blend: 'all', queries_per_day: 1e6, beta: 1, mixes: { chats: { chat: 1 } } },
  uncertainty: { worlds: 64, samples: 1024 },
};

const variance = (p5: number, p95: number) => (Math.log(p95 / p5) / (2 * 1.6448536269514722)) ** 2;

describe('the answer of a report', () => {
  const made = inTemporaryFolder(async (out) => {
    const text = JSON.stringify(OWN);
    const scenario = await scenarioFromText(text, 'own.json', async (_, refuse) => refuse('no dataset here'));
    const folder = await runInto(out, scenario);
    await reportCommand([folder, '--quiet'], recording());
    const run = (await readResult(folder)) as RunData;
    const { document } = parseHTML(await readFile(join(folder, 'report.html'), 'utf8'));
    return { run, document };
  });

  it(
    'says what makes queries differ: of a product of lognormals each factor’s variance of ln over their sum',
    needs('minutes'),
    async () => {
      const { run } = await made;
      const row = run.summary.find(({ subject, metric }) => subject === 'm' && metric === 'energy')!;
      const [length, utilization, pue] = [variance(50, 1500), variance(0.4, 0.9), variance(1.05, 1.6)];
      const total = length + utilization + pue;
      const shares = betweenQueries(run, row);
      expect(shares.map(({ source }) => source)).toEqual(['lengths and throughput', 'power_utilization', 'pue']);
      for (const [i, expected] of [length, utilization, pue].entries())
        expect(shares[i].share).toBeCloseTo(expected / total, 1.9);
    },
  );

  it('says what keeps the median from being known: the only shared variable, wholly', async () => {
    const { run } = await made;
    const row = run.summary.find(({ subject, metric }) => subject === 'm' && metric === 'energy')!;
    expect(unknown(run, row)).toEqual([{ source: 'pue', share: 1 }]);
  });

  it('tells the fleet’s day in a unit that can be read, with what it is known to', async () => {
    const { run, document } = await made;
    const said = document.querySelector('.answer .headline')!.textContent!;
    const [, mwh, low, high] = said.match(/take ([\d.,]+) MWh a day \(chats, known to ([\d.,]+)–([\d.,]+)\)/)!;
    expect(Number(mwh)).toBeCloseTo(Number((run.fleet[0].gwh_per_day! * 1000).toPrecision(3)), 9);
    expect(Number(low)).toBeLessThan(Number(mwh));
    expect(Number(high)).toBeGreaterThan(Number(mwh));
  });

  it('has titles that say what the rows say', async () => {
    const { run, document } = await made;
    const of = (id: string) => document.querySelector(`#${id} figcaption`)!.textContent!;
    const told = run.summary.find((row) => row.subject === 'all' && row.metric === 'energy' && row.trim === 'none')!;
    expect(of('run-0-answer')).toContain(`factor of ${Number((told.p95! / told.p05!).toPrecision(2))};`);
    expect(of('run-0-regime-0-cumulative')).toContain(`more than ${Number(told.p95!.toPrecision(3))} Wh`);
    expect(document.querySelectorAll('figure').length).toBeGreaterThan(4);
  });

  it('has no trim of the paper’s, where the scenario states nothing published', async () => {
    const { document } = await made;
    expect(document.querySelector('body')!.textContent).not.toContain('trimmed P14–P86');
  });

  it('holds each figure as an SVG file that says where it comes from, without what only a page knows', async () => {
    const { run, document } = await made;
    const links = [...document.querySelectorAll('figure a[download$=".svg"]')];
    expect(links).toHaveLength(document.querySelectorAll('figure').length);
    for (const link of links) {
      const svg = Buffer.from(link.getAttribute('href')!.split('base64,')[1], 'base64').toString();
      const title = link.closest('figure')!.querySelector('figcaption')!.textContent!;
      const words = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement.textContent!;
      expect(words).toContain(title.split(' ').slice(0, 4).join(' '));
      expect(words).toContain(run.manifest.scenario_hash.slice(0, 12));
      expect(svg).not.toMatch(/var\(--|undefined|NaN/);
    }
  });

  it('holds the numbers of each table as CSV with all digits', async () => {
    const { run, document } = await made;
    const link = document.querySelector('a[download="energy-of-one-chat-query-wh.csv"]')!;
    const csv = Buffer.from(link.getAttribute('href')!.split('base64,')[1], 'base64').toString();
    const row = run.summary.find(({ subject, metric }) => subject === 'm' && metric === 'energy')!;
    expect(csv.split('\r\n')[1].split(',').slice(0, 2)).toEqual(['m', String(row.p50)]);
  });
});

describe('dots of a distribution', () => {
  const bin = (bin_low: number, bin_high: number, count: number) => ({ bin_low, bin_high, count }) as never;

  it('stand at the middles of equal shares, between the edges of a bin by their logarithms', () => {
    expect(quantileValues([bin(1, 16, 4)], 4).map((value) => Number(Math.log2(value).toFixed(9)))).toEqual([
      0.5, 1.5, 2.5, 3.5,
    ]);
    expect(quantileValues([bin(4, 8, 1), bin(1, 2, 3)], 4).map((value) => value < 2)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('lie on each other in a column, none lost', () => {
    const dots = stacked([1, 1.01, 1.02, 9], [1, 10], 10);
    expect(dots.map(({ level }) => level)).toEqual([0, 1, 2, 0]);
    expect(dots[0].value).toBeCloseTo(10 ** 0.05, 9);
  });
});

// docs/law.md against runs of the paper's scenario under both laws, within the Monte Carlo error of fewer draws. What it cannot
// see: the Shapley values, of which it checks that they add up.
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { summaryRows } from '../../src/result/rows/summary.js';
import { seriesOf } from '../../src/result/series.js';
import { loadScenario } from '../../src/scenario/load.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import type { SummaryRow } from '../../src/tables/schema.js';
import { builtKernel } from '../built-engine.js';

const FILE = new URL('../../scenarios/oviedo-2026.yaml', import.meta.url).pathname;

let tables: string[][];
let runs: SummaryRow[][];
beforeAll(async () => {
  const text = await readFile(new URL('../../docs/law.md', import.meta.url), 'utf8');
  const lines = text.split('\n').filter((line) => line.startsWith('| '));
  tables = lines.map((line) => line.slice(2, -2).split(' | '));
  const kernel = await builtKernel();
  runs = await Promise.all(
    ['log-log', 'request-cost'].map(async (form) => {
      const scenario = await loadScenario(FILE, { samples: 100_000, set: [`throughput.form=${form}`] });
      return summaryRows(scenario.name, seriesOf(await simulateHere(scenario, { kernel })));
    }),
  );
});

describe('docs/law.md', () => {
  it('has the median of each model under each law', () => {
    const rows = tables.filter(([query, , , , ratio]) => /^(traditional|test-time-scaling)$/.test(query) && ratio);
    expect(rows).toHaveLength(10);
    for (const [query, model, ...values] of rows) {
      runs.forEach((rows, i) => {
        const row = rows.find((one) => one.regime === query && one.subject === model && one.metric === 'energy')!;
        expect(Math.abs(Number(values[i]) / row.p50! - 1), `${query}, ${model}`).toBeLessThan(0.03);
      });
    }
  });

  it('has the medians and means of the blend, and shares of their changes that add up', () => {
    const rows = tables.filter(([quantity]) => /: (median|mean)|^fleet/.test(quantity));
    expect(rows).toHaveLength(6);
    for (const [quantity, ...cells] of rows) {
      const [before, after, ...shares] = cells.map(Number);
      const sum = shares.reduce((total, share) => total + share, 0);
      expect(Math.abs(after - before - sum), quantity).toBeLessThan(0.012 * Math.max(after, before));
      const [, query, statistic] = /^(.*): (median|mean)/.exec(quantity) ?? [];
      if (query === undefined) continue;
      const trim = statistic === 'median' ? 'p14-p86' : 'none';
      [before, after].forEach((value, i) => {
        const row = runs[i].find(
          (one) =>
            one.regime === query && one.subject === 'frontier' && one.pathway === 'baseline' && one.trim === trim,
        )!;
        expect(Math.abs(value / (statistic === 'median' ? row.p50! : row.mean!) - 1), quantity).toBeLessThan(0.04);
      });
    }
  });
});

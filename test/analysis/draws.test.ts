// Which columns of a run's draws count as inputs. What their effects are worth is tested in test/commands/analyze-draws.test.ts.
import { expect, it } from 'vitest';
import { analyzeDraws, type Draws } from '../../src/analysis/analyze-draws.js';

const N = 400;
const row = (value: (i: number) => number) => Float64Array.from({ length: N }, (_, i) => value(i));
const tokens = row((i) => (i % 40) + 1);
const pue = row((i) => 1 + ((i * 7919) % N) / N);
const constant = (value: number) => row(() => value);

function parametersOf(tps: Float64Array): string[] {
  const inputs = new Map([
    ['input_tokens', constant(500)],
    ['output_tokens', tokens],
    ['prefill_weight', constant(0)],
    ['node_power_kw', constant(10)],
    ['power_utilization', tps.map((value) => 0.24 + value / 1e5)],
    ['pue', pue],
    ['tps', tps],
  ]);
  const energyWh = tokens.map((value, i) => (value * pue[i]) / tps[i]);
  const draws: Draws = { regime: 'traditional', model: 'One', inputs, energyWh };
  const options = { method: 'pawn', targets: [], samples: N, resamples: 10, seed: 's', confLevel: 0.95 } as const;
  const rows = analyzeDraws('s', [draws], { ...options, estimator: 'saltelli2010', secondOrder: false });
  return rows.filter(({ output }) => output === 'energy').map(({ parameter }) => parameter);
}

it('throughput and utilisation that follow from the tokens are no inputs', () => {
  expect(parametersOf(tokens.map((value) => 900 / value)).sort()).toEqual(['dummy', 'output_tokens', 'pue']);
});

it('throughput and utilisation that are drawn are, under the names of the scenario', () => {
  expect(parametersOf(row((i) => 500 + ((i * 31) % 97))).sort()).toEqual(
    ['dummy', 'output_tokens', 'pue', 'models.One.tps', 'power_utilization'].sort(),
  );
});

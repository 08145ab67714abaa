// What a fit does not know of itself, shared by all queries of a world, against the covariance of the fit and its residual. What it
// cannot see: whether the law is true of any node (bench/throughput-law.mjs judges that).
import { expect, it } from 'vitest';
import { REFERENCE_ENGINE } from '../../src/engine/reference-engine.js';
import { InputError } from '../../src/errors.js';
import { costShares, TRUNCATED_VARIANCE } from '../../src/model/throughput/request-cost-prediction.js';
import { tablesOf } from '../../src/result/rows/tables.js';
import { loadScenario } from '../../src/scenario/load.js';
import { simulateIn } from '../../src/simulate/simulate.js';
import { callingThread } from '../../src/workers/calling-thread.js';
import { poolOn } from '../../src/workers/pool.js';
import { asksForWorlds, runWorlds } from '../../src/worlds/run-worlds.js';
import { uncertaintyRows } from '../../src/worlds/uncertainty-rows.js';
import { builtEngine } from '../built-engine.js';
import { needs, tries } from '../needs.js';

const FILE = new URL('../../scenarios/oviedo-2026.yaml', import.meta.url).pathname;
const MODEL = 'Llama 3.1 405B';
const FITS = ['throughput.form=request-cost', 'throughput.fit_uncertainty=shared'];
const COUNT = tries(100, 400);
const WORLDS = `uncertainty={ worlds: ${COUNT}, samples: 64 }`;
/** Of so many worlds a spread is known to one in the square root of twice as many; nearly three of those. */
const NEAR = 2 / Math.sqrt(COUNT);

/** Queries of one length, so that nothing but the fit varies between worlds. */
const scenarioOf = (output: number, ...more: readonly string[]) =>
  loadScenario(FILE, {
    samples: tries(4000, 20_000),
    set: [
      ...FITS,
      'power_utilization=0.6',
      'pue=1.2',
      `regimes={ all: { output_tokens: ${output} } }`,
      'blends={ frontier: { models: [DeepSeek-R1] } }',
      'fleet={ blend: frontier, queries_per_day: 1e9, beta: 1, mixes: { all: { all: 1 } } }',
      'published={ source: nobody, energy: [], fleet: [], reductions: [] }',
      ...more,
    ],
  });

it('is known as well as the fit and its residual say: costs by their shares in the query, wider beyond the rows', {
  timeout: 60_000,
  ...needs('minutes'),
}, async () => {
  const pool = poolOn(callingThread(await builtEngine()));
  for (const output of [1000, 200_000]) {
    const scenario = await scenarioOf(output, WORLDS);
    const throughput = scenario.models.find(({ name }) => name === MODEL)?.throughput;
    if (throughput?.method !== 'request-cost' || !throughput.fit || !throughput.uncertain) throw new Error('no fit');
    if (!asksForWorlds(scenario)) throw new Error('no worlds');
    const { fit, uncertain } = throughput;
    const shares = costShares(fit, { input_tokens: 500, output_tokens: output });
    const sds = [fit.ln_sd_a, fit.ln_sd_b, fit.ln_sd_c];
    const { correlation } = uncertain;
    const ofCosts = sds.reduce(
      (sum, x, i) => sum + sds.reduce((row, y, k) => row + shares[i] * x * shares[k] * y * correlation[i][k], 0),
      0,
    );
    const beyond = output > 100_000 ? 1 + uncertain.growth : 1;
    const exact = Math.sqrt(ofCosts + TRUNCATED_VARIANCE * (fit.residual_sd * beyond) ** 2);
    const { blends } = await simulateIn(pool, scenario, {});
    const rows = uncertaintyRows(await runWorlds(pool, scenario, blends.plan.blends));
    const { mean, std } = rows.find((row) => row.subject === MODEL && row.metric === 'tps' && row.statistic === 'p50')!;
    const found = Math.sqrt(Math.log1p(((std ?? 0) / (mean ?? 1)) ** 2));
    expect(found / exact).toBeGreaterThan(1 - NEAR);
    expect(found / exact).toBeLessThan(1 + NEAR);
  }
});

it('stays in the summary: a query drawn at random has a fit of its own, in both kernels', async () => {
  const scenario = await scenarioOf(1000, WORLDS);
  const tables = await Promise.all(
    [REFERENCE_ENGINE, await builtEngine()].map(async (engine) =>
      tablesOf(await simulateIn(poolOn(callingThread(engine)), scenario, {})),
    ),
  );
  const [one, other] = tables.map(({ summary }) => summary.filter(({ metric }) => metric === 'tps'));
  expect(one.length).toBeGreaterThan(3);
  one.forEach((row, i) => {
    expect((row.p95 ?? 1) / (row.p05 ?? 1)).toBeGreaterThan(1.05);
    expect((row.p50 ?? 1) / (other[i].p50 ?? 1)).toBeCloseTo(1, 4);
  });
  const { throughput } = tables[0];
  expect(throughput.find(({ model }) => model === MODEL)?.b).toBeGreaterThan(0);
});

it.each([
  ['without worlds', FITS, 'add uncertainty'],
  ['of a form that says nothing of its error', [...FITS.slice(1), WORLDS], 'takes form: request-cost'],
])('is refused %s', async (_, set, message) => {
  const error = await loadScenario(FILE, { set }).catch((caught: unknown) => caught);
  if (!(error instanceof InputError)) throw new Error('the scenario was taken');
  expect(error.problems.map((problem) => problem.message).join('\n')).toContain(message);
});

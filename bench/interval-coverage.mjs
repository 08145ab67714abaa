// How often the 95 % intervals of tables hold the true value, over many seeds: of medians and means of models and blends, trimmed
// and divided by a pathway, and of the fleet, in the paper's scenario; of means of ever heavier tails. True values are those of a
// run of Sobol points, 2^21 of them, and of lognormals the closed form.
//
//   npm run build && node bench/interval-coverage.mjs [seeds, 2000 if not said] [samples of a run, 16384]

import { fleetDays } from '../dist/result/fleet-days.js';
import { summaryRows } from '../dist/result/rows/summary.js';
import { seriesOf } from '../dist/result/series.js';
import { loadScenario } from '../dist/scenario/load.js';
import { scenarioFromSource } from '../dist/scenario/source.js';
import { simulateIn } from '../dist/simulate/simulate.js';
import { openPool } from '../dist/workers/open-pool.js';

const SEEDS = Number(process.argv[2] ?? 2000);
const SAMPLES = Number(process.argv[3] ?? 16_384);
const TRUTH_SAMPLES = 2 ** 21;
const SIGMAS = [0.5, 1, 1.5, 2, 2.5];

const pool = await openPool(0);
await paper();
await heavyTails();
await pool.close();

async function paper() {
  const scenario = await loadScenario(new URL('../scenarios/oviedo-2026.yaml', import.meta.url).pathname);
  const truth = intervalsOf(await run({ ...scenario, samples: TRUTH_SAMPLES, sampler: 'sobol' }));
  const held = new Map([...truth.keys()].map((name) => [name, { held: 0, below: 0, above: 0, width: 0 }]));
  for (let seed = 0; seed < SEEDS; seed++) {
    const found = intervalsOf(await run({ ...scenario, samples: SAMPLES, seed: `coverage ${seed}` }));
    for (const [name, { value }] of truth) count(held.get(name), found.get(name), value);
  }
  report(`oviedo-2026, ${SAMPLES} samples, ${SEEDS} seeds`, held);
}

async function heavyTails() {
  const held = new Map(SIGMAS.map((sigma) => [`mean, sigma ${sigma}`, { held: 0, below: 0, above: 0, width: 0 }]));
  const scenarios = await Promise.all(SIGMAS.map(async (sigma) => [sigma, await scenarioFromSource(heavy(sigma))]));
  for (const [sigma, scenario] of scenarios) {
    // 1 kW for tokens / tps seconds: e^(sigma²/2) times that of the median.
    const value = (300 / 1000 / 3.6) * Math.exp(sigma ** 2 / 2);
    for (let seed = 0; seed < SEEDS; seed++) {
      const result = await run({ ...scenario, samples: SAMPLES, seed: `tails ${seed}` });
      const row = summaryRows('', seriesOf(result)).find(({ metric }) => metric === 'energy');
      count(held.get(`mean, sigma ${sigma}`), { value: row.mean, low: row.mean_low, high: row.mean_high }, value);
    }
  }
  report(`lognormal energies, ${SAMPLES} samples, ${SEEDS} seeds`, held);
}

function heavy(sigma) {
  const text = `{ version: 1, name: heavy, node_power_kw: 1, pue: 1, power_utilization: 1, input_tokens: 1,
    models: { A: { tps: { lognormal: { mu: ${Math.log(1000)}, sigma: ${sigma} } } } }, regimes: { t: { output_tokens: 300 } } }`;
  return { file: 'heavy.yaml', text, overrides: {}, datasets: {} };
}

function run(scenario) {
  return simulateIn(pool, scenario, {});
}

function intervalsOf(result) {
  const rows = summaryRows('', seriesOf(result)).filter(({ metric }) => metric === 'energy');
  const named = rows.flatMap((row) => {
    const name = [row.regime, row.subject, row.pathway, row.trim].join(', ');
    return [
      [`median, ${name}`, { value: row.p50, low: row.p50_ci_low, high: row.p50_ci_high }],
      [`mean, ${name}`, { value: row.mean, low: row.mean_low, high: row.mean_high }],
    ];
  });
  const days = fleetDays(result).map(({ mix, improvement, gwh_per_day, gwh_low, gwh_high }) => [
    `fleet, ${mix}, ${improvement}`,
    { value: gwh_per_day, low: gwh_low, high: gwh_high },
  ]);
  return new Map([...named, ...days]);
}

function count(tally, { value, low, high }, truth) {
  if (truth < low) tally.below++;
  else if (truth > high) tally.above++;
  else tally.held++;
  tally.width += (high - low) / value;
}

function report(title, held) {
  console.log(`\n${title}`);
  for (const [name, { held: inside, below, above, width }] of held) {
    const share = ((100 * inside) / SEEDS).toFixed(1).padStart(5);
    console.log(
      `  ${share} % held, true value below ${below}, above ${above}, width ${((100 * width) / SEEDS).toFixed(2)} %  ${name}`,
    );
  }
}

// Sobol indices of a scenario with 6 uncertain inputs, base sample 2^17 (about 10^6 model runs), 100 resamples: tokenjoule's
// library in this process against the same algorithm as SALib has it, in NumPy (bench/peers/sobol.py), turn by turn.
import { execFileSync } from 'node:child_process';
import { energyProblem } from '../dist/analysis/energy-problem.js';
import { subjectsOf } from '../dist/analysis/subjects.js';
import { scenarioFromText } from '../dist/scenario/from-text.js';
import { sobolIndices } from '../dist/sensitivity/sobol.js';

const SAMPLES = 2 ** 17;
const RESAMPLES = 100;
const ROUNDS = 5;

const SCENARIO = `
version: 1
name: six
node_power_kw: { uniform: { min: 9, max: 12 } }
models: { One: { tps: 1000 } }
power_utilization: { lognormal: { p5: 0.4, p95: 0.9 } }
pue: { lognormal: { p5: 1.05, p95: 1.6 } }
prefill_weight: { uniform: { min: 0.02, max: 0.05 } }
input_tokens: { lognormal: { p5: 100, p95: 2000 } }
output_tokens: { exponential: { median: 300 } }
regimes: { traditional: {} }
`;

const scenario = await scenarioFromText(SCENARIO, 'six', () => Promise.reject(new Error('no dataset')));
const [subject] = await subjectsOf(scenario);
// One output, as the peer has one.
const { outputs: _, evaluate, ...rest } = await energyProblem(scenario, subject);
const lnEnergy = new Float64Array(1024);
const problem = {
  ...rest,
  outputs: ['energy'],
  evaluate: (values, n, [energy]) => evaluate(values, n, [energy, lnEnergy]),
};
const options = {
  samples: SAMPLES,
  seed: 'bench',
  points: 'sobol',
  estimator: 'saltelli2010',
  secondOrder: false,
  resamples: RESAMPLES,
  confLevel: 0.95,
};

const ours = [];
const theirs = [];
const cpu = { ours: [], theirs: [] };
let effects = [];
let peer = { indices: [] };
sobolIndices(problem, { ...options, samples: 2 ** 12 });
for (let round = 0; round < ROUNDS; round++) {
  const start = performance.now();
  const used = process.cpuUsage();
  effects = sobolIndices(problem, options)[0].effects;
  ours.push((performance.now() - start) / 1000);
  const { user, system } = process.cpuUsage(used);
  cpu.ours.push((user + system) / 1e6);
  const out = execFileSync(process.env.PYTHON ?? 'python3', [
    new URL('peers/sobol.py', import.meta.url).pathname,
    SAMPLES,
    RESAMPLES,
  ]);
  peer = JSON.parse(out);
  theirs.push(peer.seconds);
  cpu.theirs.push(peer.cpu);
}

const ORDER = ['output_tokens', 'input_tokens', 'prefill_weight', 'node_power_kw', 'power_utilization', 'pue'];
for (const [j, name] of ORDER.entries()) {
  const { s1, s1_conf, st, st_conf } = effects.find(({ parameter }) => parameter === name).numbers;
  const four = (values) => values.map((value) => value.toFixed(4)).join('  ');
  console.log(name.padEnd(18), four([s1, s1_conf, st, st_conf]), ' NumPy', four(peer.indices[j]));
}
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const text = (values) => values.map((value) => value.toFixed(2)).join(' ');
console.log(
  `tokenjoule ${text(ours)} s, NumPy ${text(theirs)} s (design ${peer.design.toFixed(2)}, model ${peer.model.toFixed(2)}, analysis ${peer.analyze.toFixed(2)})`,
);
const ratio = (top, bottom) => (top / bottom).toFixed(1);
console.log(
  `ratio of medians ${ratio(median(theirs), median(ours))}, of fastest ${ratio(Math.min(...theirs), Math.min(...ours))}, ` +
    `of medians of CPU seconds ${ratio(median(cpu.theirs), median(cpu.ours))}; node ${process.version}`,
);

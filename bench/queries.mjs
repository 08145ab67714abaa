// What queries as they are cost and come to: `npm run build && node bench/queries.mjs [rounds]`.
// Processor time a draw of the calling thread by the WebAssembly kernel, medians of alternating rounds: pairs of Azure's trace against
// two lognormal lengths of as much spread. Then quantiles of the trace against an enumeration of its pairs, as pairs and as
// independent columns, and sessions beside the published figures. Status 1 where a figure is no number.
import { readFileSync } from 'node:fs';
import { sketchesOf } from '../dist/engine/draw-range.js';
import { loadEngine } from '../dist/engine/load-engine.js';
import { planModels } from '../dist/plan/plan-models.js';
import { summaryRows } from '../dist/result/rows/summary.js';
import { tablesOf } from '../dist/result/rows/tables.js';
import { seriesOf } from '../dist/result/series.js';
import { loadScenario } from '../dist/scenario/load.js';
import { simulateHere } from '../dist/simulate/simulate.js';

const ROUNDS = Number(process.argv[2] ?? 15);
const BLOCKS = 512;
const BLOCK_SIZE = 1024;
const PROBABILITIES = { p05: 0.05, p25: 0.25, p50: 0.5, p75: 0.75, p90: 0.9, p95: 0.95, p99: 0.99 };
const COSTS = { a: 1.17e-4, b: 1.36e-4, c: 7e-8 };
const WH_PER_NODE_SECOND = (10.2 * 0.7 * 1.2 * 1000) / 3600;
const TRACE = new URL('../scenarios/data/trace-azure-2023-conv.csv', import.meta.url);
/** What was published of sessions and requests like the presets', Wh; sources in docs/queries.md. */
const COUCH = { metric: 'energy_per_session', wh: 41, of: 'a session of Claude Code, the median (Couch, 2026)' };
const PRESETS = {
  chat: { metric: 'energy_per_request', wh: 0.24, of: 'a prompt, the median (Google, 2025)' },
  'rag-question': { metric: 'energy_per_session', wh: 2.5, of: 'a query of 10,000 tokens (Epoch AI, 2025)' },
  'coding-agent-copilot': COUCH,
  'coding-agent-tracelab': COUCH,
  'coding-agent-proxytrace': COUCH,
};

const engine = await loadEngine(readKernel());
const scenarioFile = (name) => new URL(`../scenarios/queries/${name}.yaml`, import.meta.url).pathname;
const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

await printSpeed();
await printTrace();
await printSessions();

async function printSpeed() {
  const trace = await loadScenario(scenarioFile('azure-conversation'));
  const parametric = {
    ...trace,
    regimes: trace.regimes.map((regime) => ({
      ...regime,
      input_tokens: { family: 'lognormal', parameters: { mu: 6.6, sigma: 1.1 } },
      output_tokens: { family: 'lognormal', parameters: { mu: 4.9, sigma: 0.9 } },
    })),
  };
  const columns = columnsOf(trace);
  const plans = [trace, parametric, columns].map((scenario) => planModels({ ...scenario, samples: 2 ** 40 }));
  const times = plans.map(() => []);
  for (let round = -2; round < ROUNDS; round++) {
    for (const [i, plan] of plans.entries()) {
      const start = process.cpuUsage();
      await sketchesOf(plan, { firstBlock: (round + 2) * BLOCKS, blocks: BLOCKS }, engine);
      const { user, system } = process.cpuUsage(start);
      if (round >= 0) times[i].push(((user + system) * 1000) / (BLOCKS * BLOCK_SIZE));
    }
  }
  const [pairs, lengths, apart] = times.map(middle);
  console.log(
    `a draw of a trace's pairs: ${figure(pairs, 4)} ns; of two lognormal lengths: ${figure(lengths, 4)} ns; of the trace's columns by themselves: ${figure(apart, 4)} ns`,
  );
  const speeds = times[0].map((time, i) => times[1][i] / time);
  console.log(
    `pairs run at ${figure(middle(speeds), 2)} times the speed of two random lengths (at least 0.5 asked for)`,
  );
}

/** The same lengths, each column drawn by itself. */
function columnsOf(trace) {
  const [regime] = trace.regimes;
  const apart = (name) => {
    const { parameters } = regime[name];
    const { row_of: _, ...own } = parameters;
    return { ...regime[name], parameters: own };
  };
  return {
    ...trace,
    regimes: [{ ...regime, input_tokens: apart('input_tokens'), output_tokens: apart('output_tokens') }],
  };
}

async function printTrace() {
  const exact = enumerated();
  const trace = await loadScenario(scenarioFile('azure-conversation'), {
    set: ['sampler=sobol', 'samples=4194304', 'quantiles=[p90, p99]'],
  });
  const rows = await Promise.all(
    [trace, columnsOf(trace)].map(async (scenario) => {
      const { summary } = await tablesOf(await simulateHere(scenario, { kernel: readKernel() }));
      return summary.find(({ metric }) => metric === 'energy');
    }),
  );
  const [pairs, apart] = rows;
  const errors = Object.keys(PROBABILITIES).map((name) => Math.abs(pairs[name] / exact[name] - 1));
  console.log(
    `pairs of the trace against their enumeration: quantiles within ${figure(Math.max(...errors), 2)} (1e-4 asked for)`,
  );
  const moved = Object.keys(PROBABILITIES).map(
    (name) => `${name.toUpperCase()} ${percent(apart[name] / exact[name] - 1)}`,
  );
  console.log(`drawn as independent columns they differ: ${moved.join(', ')}`);
}

function readKernel() {
  return Uint8Array.from(readFileSync(new URL('../dist/kernel/kernel.wasm', import.meta.url)));
}

function percent(share) {
  return `${share > 0 ? '+' : ''}${figure(100 * share, 3)} %`;
}

/** Quantiles of the energies of all rows, each as often as it is there. */
function enumerated() {
  const [head, ...lines] = readFileSync(TRACE, 'utf8').trim().split(/\r?\n/);
  const names = head.split(',');
  const [input, output] = ['input_tokens', 'output_tokens'].map((name) => names.indexOf(name));
  const energies = lines
    .map((line) => line.split(',').map(Number))
    .map((row) => COSTS.a * row[input] + row[output] * (COSTS.b + COSTS.c * (row[input] + row[output] / 2)))
    .map((seconds) => WH_PER_NODE_SECOND * seconds)
    .sort((a, b) => a - b);
  return Object.fromEntries(
    Object.entries(PROBABILITIES).map(([name, p]) => [name, energies[Math.ceil(p * energies.length) - 1]]),
  );
}

async function printSessions() {
  for (const [name, published] of Object.entries(PRESETS)) {
    const scenario = await loadScenario(scenarioFile(name));
    const start = performance.now();
    const rows = summaryRows(name, seriesOf(await simulateHere(scenario, { kernel: readKernel() })));
    const rate = (1000 * scenario.samples) / (performance.now() - start);
    const of = (metric) => rows.find((row) => row.metric === metric);
    const [energy, requests] = [of(published.metric), of('requests').mean];
    const { p50, mean } = energy;
    const ratios = [p50, mean].map((wh) => figure(published.wh / wh, 2));
    console.log(
      `${name}: ${published.metric}, median ${figure(p50, 3)} Wh, mean ${figure(mean, 3)} Wh; ${figure(requests, 3)} requests a session; published ${published.wh} Wh, ${published.of}, is ${ratios[0]} times the median, ${ratios[1]} times the mean; ${figure(rate, 3)} sessions a second`,
    );
  }
}

/** A number of so many digits; what is none is printed, too, and ends in status 1. */
function figure(value, digits) {
  if (!Number.isFinite(value)) process.exitCode = 1;
  return Number(value).toLocaleString('en-US', { maximumSignificantDigits: digits });
}

// What integration costs beside drawing in other hands, and how far it is from the truth:
//   npm run build && node bench/exact.mjs [repeats [rounds of peers]]
// Processor and wall time of the calling thread, in ms, after warm-up, from distributions to quantiles, with nothing
// remembered from one repetition to the next: medians, and the least wall time, since a shared machine makes single ones
// longer. Beside them the most that is asked for. Errors are against the quadrature of test/oracle, which shares no code
// with src.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { ln } from '../dist/distributions/elementary.js';
import { countLaw, countPoints, countPowerMean } from '../dist/kernel/integration/count-points.js';
import { factorLaw } from '../dist/kernel/integration/factor-law.js';
import { powerMean } from '../dist/kernel/integration/power-mean.js';
import { productOf } from '../dist/kernel/integration/product.js';
import { refined } from '../dist/kernel/integration/refined.js';
import { pooled } from '../dist/kernel/integration/reshape.js';
import { Spectra } from '../dist/kernel/integration/spectra.js';
import { trimmed } from '../dist/kernel/integration/trimmed.js';
import { wholeNumbers } from '../dist/kernel/integration/whole-numbers.js';
import { highestMedians, TRIM_HIGH, TRIM_LOW } from '../dist/model/blend.js';
import { LN_WH_PER_KJ } from '../dist/model/energy.js';
import { fleetGwhPerDay } from '../dist/model/fleet.js';
import { lnTpsUncapped } from '../dist/model/throughput/throughput.js';
import { fleetDays } from '../dist/result/fleet-days.js';
import { summaryRows } from '../dist/result/rows/summary.js';
import { seriesOf } from '../dist/result/series.js';
import { loadScenario } from '../dist/scenario/load.js';
import { simulateHere } from '../dist/simulate/simulate.js';
import { oneModelPrograms } from './peers/programs.mjs';

const REPEATS = Number(process.argv[2] ?? 30);
const ROUNDS = Number(process.argv[3] ?? 5);
/** Independent draws that tell one model's median to 0.1 %. */
const DRAWS = 5_200_000;
const MODEL = 'Llama 3.1 405B';
const PROBABILITIES = [0.05, 0.25, 0.5, 0.75, 0.95];
const TAILS = [0.001, 0.999];
const MEAN_WIDTH = 1 / 256;

const scenario = await loadScenario(new URL('../scenarios/oviedo-2025.yaml', import.meta.url).pathname);
const { oracle, presets } = await judge();

await bench('one model, P5 to P95 to 0.01 %', 2, REPEATS, oneModel);
await bench('ten services, blends, trims, pathways and fleet', 30, REPEATS, () => wholePaper());
await bench('1,000 cells of one model over the spreads of PUE and utilisation', 1000, 3, thousandCells);
await bench('one model, end to end by sampler exact: all metrics, shares and inputs', 2, REPEATS, () =>
  endToEnd(ofOneModel()),
);
await bench('the whole scenario, end to end by sampler exact', 30, REPEATS, () => endToEnd(scenario));
await besidePeers();
await printErrors();

/** Our quantiles to 0.01 %, and peers' draws to 0.1 %, in alternating rounds; of peers the time without start-up. */
async function besidePeers() {
  const folder = mkdtempSync(join(tmpdir(), 'exact-peers-'));
  try {
    const peers = oneModelPrograms
      .filter(({ name }) => name === 'NumPy' || name === 'C++')
      .map((program) => ({ ...program, ...program.prepare(folder) }));
    for (const { name, missing } of peers) if (missing) console.log(`${name} is not here: ${missing}`);
    const here = peers.filter(({ command }) => command);
    const [ours, theirs] = [[], here.map(() => [])];
    for (let round = 0; round < ROUNDS; round++) {
      for (let i = 0; i < 5; i++) {
        const start = performance.now();
        await oneModel();
        ours.push(performance.now() - start);
      }
      for (const [i, peer] of here.entries()) theirs[i].push(wallOf(peer, DRAWS) - wallOf(peer, 1));
    }
    const own = middle(ours);
    console.log(`one model, beside peers: ${own.toFixed(2)} ms to 0.01 %`);
    for (const [i, { name, version }] of here.entries()) {
      const peer = middle(theirs[i]);
      const ratio = (peer / own).toFixed(0);
      console.log(
        `  ${name} ${version}: ${peer.toFixed(0)} ms for ${DRAWS} draws, the median to 0.1 %: ${ratio} times as long`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function wallOf({ command, env }, draws) {
  const [program, ...args] = command(draws, 1);
  const start = performance.now();
  const { status, stderr } = spawnSync(program, args, { env: { ...process.env, ...env }, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return performance.now() - start;
}

function middle(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** As `tokenjoule run --sampler exact` does it, up to the rows of the summary and the fleet. */
async function endToEnd(asked) {
  const result = await simulateHere({ ...asked, sampler: 'exact' });
  return [summaryRows(asked.name, seriesOf(result)), fleetDays(result)];
}

function ofOneModel() {
  const models = scenario.models.filter(({ name }) => name === MODEL);
  const { fleet: _, ...rest } = scenario;
  return { ...rest, models, regimes: scenario.regimes.slice(0, 1), blends: [], pathways: [], non_production: [] };
}

async function bench(name, target, repeats, run) {
  for (let i = 0; i < Math.ceil(repeats / 2); i++) await run();
  const [walls, processor] = [[], []];
  for (let i = 0; i < repeats; i++) {
    const [start, usage] = [performance.now(), process.cpuUsage()];
    await run();
    walls.push(performance.now() - start);
    processor.push((process.cpuUsage(usage).user + process.cpuUsage(usage).system) / 1000);
  }
  const sorted = [processor, walls].map((times) => times.sort((a, b) => a - b));
  const [ofProcessor, ofWall] = sorted.map((times) => times[Math.floor(repeats / 2)].toFixed(2));
  const least = walls[0].toFixed(2);
  console.log(
    `${name}: processor ${ofProcessor} ms, wall ${ofWall} ms, least ${least} ms (at most ${target} asked for)`,
  );
}

/** Traditional queries to one model. */
async function oneModel(probabilities = PROBABILITIES) {
  const of = await service(
    scenario.regimes[0],
    scenario.models.find(({ name }) => name === MODEL),
    new Spectra(),
  );
  return refined(of, probabilities);
}

/** The energy of a query as a law on a step; what regimes and models share is put on a lattice once. */
async function service(regime, model, spectra, shared = {}) {
  shared.answers ??= await wholeNumbers(regime.output_tokens);
  shared.factors ??= await Promise.all([regime.pue, regime.power_utilization].map((one) => factorLaw(one)));
  shared.points ??= remembering((step) => countPoints(shared.answers, step / 2));
  const lnSeconds = lnSecondsOf(regime, model);
  return remembering((step) => productOf([...shared.factors, countLaw(shared.points(step), lnSeconds)], step, spectra));
}

/** ln Wh of a count of output tokens but for PUE and utilisation. */
function lnSecondsOf({ input_tokens }, { node_power_kw, throughput }) {
  const constant = ln(node_power_kw.parameters.value) + LN_WH_PER_KJ;
  const lnInput = ln(input_tokens.parameters.value);
  const lnCap = ln(throughput.cap_tps);
  return (count) => {
    const lnCount = ln(count);
    return count === 0 ? -Infinity : lnCount + constant - Math.min(lnCap, lnTpsUncapped(throughput, lnInput, lnCount));
  };
}

async function wholePaper(probabilities = PROBABILITIES) {
  const spectra = new Spectra();
  const divisors = new Map();
  const divisorsOf = async (multipliers) => {
    for (const { name, distribution } of multipliers)
      if (!divisors.has(name)) divisors.set(name, await factorLaw(distribution, -1));
    return multipliers.map(({ name }) => divisors.get(name));
  };
  const results = { services: new Map(), blends: new Map(), means: new Map() };
  const factors = await Promise.all(
    [scenario.regimes[0].pue, scenario.regimes[0].power_utilization].map((one) => factorLaw(one)),
  );
  for (const regime of scenario.regimes) {
    const shared = { answers: await wholeNumbers(regime.output_tokens), factors };
    const laws = new Map();
    for (const model of scenario.models) laws.set(model.name, await service(regime, model, spectra, shared));
    const medians = [];
    for (const [model, law] of laws) {
      const { quantiles } = refined(law, probabilities);
      results.services.set(`${regime.name} ${model}`, quantiles);
      medians.push({ model, p50: quantiles.find(({ probability }) => probability === 0.5).lnValue });
    }
    const members = highestMedians(medians, scenario.blends[0].members.highest_median_energy);
    const pool = (of) =>
      remembering((step) =>
        pooled(
          members.map((name) => of(laws.get(name)(step))),
          members.map(() => 1 / members.length),
        ),
      );
    const pools = { none: pool((law) => law), 'p14-p86': pool((law) => trimmed(law, TRIM_LOW, TRIM_HIGH)) };
    for (const { name, multipliers } of [{ name: 'baseline', multipliers: [] }, ...scenario.pathways]) {
      const by = await divisorsOf(multipliers);
      for (const [trim, law] of Object.entries(pools)) {
        const { quantiles } = refined((step) => productOf([law(step), ...by], step, spectra), probabilities);
        results.blends.set(`${regime.name} ${name} ${trim}`, quantiles);
      }
    }
    results.means.set(regime.name, await blendMean(regime, shared, members));
  }
  results.gwh = await fleet(results.means);
  return results;
}

/** Mean energy of a blend's query, Wh: a product of factors' means. */
async function blendMean(regime, { answers }, members) {
  const points = countPoints(answers, MEAN_WIDTH);
  const factors = (await powerMean(regime.pue, 1)) * (await powerMean(regime.power_utilization, 1));
  const models = scenario.models.filter(({ name }) => members.includes(name));
  return models.reduce(
    (sum, model) => sum + (factors * countPowerMean(points, lnSecondsOf(regime, model), 1)) / models.length,
    0,
  );
}

/** Energy of each mix's day, GWh, without and with improvement. */
async function fleet(means) {
  const { queries_per_day, beta, line_of_sight, mixes } = scenario.fleet;
  const perDay = (wh) => fleetGwhPerDay(queries_per_day, wh, beta);
  const improved = new Map();
  for (const [regime, of] of Object.entries(line_of_sight))
    improved.set(regime, means.get(regime) * (await powerMean(of, -1)));
  return mixes.map(({ weights }) =>
    [means, improved].map((of) =>
      perDay(Object.entries(weights).reduce((sum, [regime, w]) => sum + w * of.get(regime), 0)),
    ),
  );
}

/** 40 spreads of PUE times 25 of utilisation; tokens are put on a lattice once, each factor too. */
async function thousandCells() {
  const spectra = new Spectra();
  const [regime] = scenario.regimes;
  const model = scenario.models.find(({ name }) => name === MODEL);
  const spread = (from, to, count) =>
    Promise.all(
      Array.from({ length: count }, (_, i) =>
        factorLaw({
          family: 'lognormal',
          parameters: { mu: from + ((to - from) * i) / count, sigma: 0.1 + 0.2 * (i / count) },
        }),
      ),
    );
  const [pues, utilizations] = [await spread(0, 0.4, 40), await spread(-1, -0.2, 25)];
  const answers = await wholeNumbers(regime.output_tokens);
  const lnSeconds = lnSecondsOf(regime, model);
  const counted = remembering((step) => countLaw(countPoints(answers, step / 2), lnSeconds));
  return pues.flatMap((pue) =>
    utilizations.map((one) => refined((step) => productOf([pue, one, counted(step)], step, spectra), PROBABILITIES)),
  );
}

async function printErrors() {
  const all = [TAILS[0], ...PROBABILITIES, TAILS[1]];
  const { services, blends, means } = await wholePaper(all);
  const worst = { errors: all.map(() => 0), stated: all.map(() => 0) };
  const note = (quantiles, exact) => {
    for (const [i, { probability, lnValue, low, high }] of quantiles.entries()) {
      if (lnValue === -Infinity) continue;
      worst.errors[i] = Math.max(worst.errors[i], Math.abs(lnValue - Math.log(exact.quantile(probability))));
      worst.stated[i] = Math.max(worst.stated[i], (high - low) / 2);
    }
  };
  let meanError = 0;
  for (const [regime, regimeMedian] of Object.entries(presets.REGIME_MEDIAN)) {
    const exact = oracle({ ...presets.V1, regimeMedian });
    for (const [name, model] of exact.models) note(services.get(`${regime} ${name}`), model);
    const blend = exact.blend();
    for (const [name, ranges] of Object.entries({ baseline: [], ...presets.PATHWAYS })) {
      const laws = ranges.length === 0 ? blend : blend.pathway(ranges);
      note(blends.get(`${regime} ${name} none`), laws.untrimmed);
      note(blends.get(`${regime} ${name} p14-p86`), laws.trimmed);
    }
    meanError = Math.max(meanError, Math.abs(means.get(regime) / blend.mean - 1));
  }
  console.log('largest relative error of 10 services and 20 blends, and largest half-width of a stated interval:');
  for (const [i, p] of all.entries())
    console.log(`  P${p * 100}: ${worst.errors[i].toExponential(1)}, ${worst.stated[i].toExponential(1)}`);
  console.log(`  mean of a blend: ${meanError.toExponential(1)}`);
}

function remembering(compute) {
  const known = new Map();
  return (step) => {
    if (!known.has(step)) known.set(step, compute(step));
    return known.get(step);
  };
}

/** The oracle of the tests, as JavaScript. */
async function judge() {
  const folder = mkdtempSync(join(tmpdir(), 'oracle-'));
  const source = new URL('../test/oracle/oracle.ts', import.meta.url);
  try {
    const load = async (name) => {
      const outfile = join(folder, `${name}.mjs`);
      await build({
        entryPoints: [new URL(`${name}.ts`, source).pathname],
        bundle: true,
        format: 'esm',
        platform: 'node',
        logLevel: 'error',
        define: { 'import.meta.url': JSON.stringify(source.href) },
        outfile,
      });
      return import(pathToFileURL(outfile).href);
    };
    return { oracle: (await load('oracle')).oracle, presets: await load('presets') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// The same scenario in other hands (bench/peers): whole runs side by side, and what it takes to know the median to 0.1 %.
//   node bench/peers.mjs [samples [rounds [samples of a long run]]]    this section alone; `npm run bench` runs it with the others
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkedDistance, measuredToWanted, middle, plainSamplesToWanted } from './peers/accuracy.mjs';
import { exactOneModel, exactSpreadInputs } from './peers/exact.mjs';
import { oneModelPrograms, spreadInputsPrograms } from './peers/programs.mjs';
import { timedRounds } from './peers/rounds.mjs';

const ONE_MODEL = fileURLToPath(new URL('./peers/one-model.yaml', import.meta.url));
const CLI = fileURLToPath(new URL('../dist/cli.cjs', import.meta.url));
const SAMPLERS = ['latin-hypercube', 'sobol'];
const SEARCH = { from: 2 ** 14, to: 2 ** 22, seeds: 25 };
const LOST = 'lost in the noise of start-up: draw more samples, or on a quieter machine';
const count = (n) => n.toLocaleString('en-US');

/**
 * Prints the section.
 *
 * @param samples draws of each fast program in one-model.yaml; a quarter of them in spread-inputs.yaml
 * @param rounds runs of each program that count
 * @param many draws of a run so long that start-up does not count, once by each fast program; 0 for none
 */
export async function peers({ samples, rounds, many }) {
  const folder = mkdtempSync(join(tmpdir(), 'tokenjoule-peers-'));
  try {
    const exact = exactOneModel();
    const rows = await compare('one-model', oneModelPrograms, { folder, samples, rounds, exact });
    await compare('spread-inputs', spreadInputsPrograms, {
      folder,
      samples: Math.ceil(samples / 4),
      rounds,
      exact: exactSpreadInputs(),
    });
    if (many > 0) {
      const fast = oneModelPrograms.filter(({ share }) => share === 1);
      await compare('one-model', fast, { folder, samples: many, rounds: 1, exact });
    }
    await timesToWanted(rows, exact);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(scenario, programs, { folder, samples, rounds, exact }) {
  console.log(`\npeers, ${scenario}: whole runs in turn, median of ${rounds} (lowest–highest); ${load()}`);
  const ready = programs.map((program) => prepared(program, folder, samples)).filter((program) => program.command);
  const times = await timedRounds(ready, rounds);
  const rows = ready.map((program, i) => ({ ...program, ...figures(program, times[i], times[0], exact) }));
  for (const row of rows) printRow(row);
  return rows;
}

function load() {
  const [load] = loadavg();
  const cores = availableParallelism();
  return `load ${load.toFixed(1)} on ${cores} cores${load > cores + 1 ? ': others compute too, do not trust these' : ''}`;
}

function prepared({ prepare, ...program }, folder, samples) {
  const ready = prepare(folder);
  if (ready.missing) console.log(`  ${program.name.padEnd(20)} left out, not installed: ${ready.missing}`);
  return { ...program, ...ready, samples: Math.ceil(samples * program.share) };
}

/** What the rounds of one program come to, beside tokenjoule's of the same rounds. */
function figures({ name, samples }, rounds, own, exact) {
  return {
    whole: spread(rounds.map(({ whole }) => whole)),
    startup: middle(rounds.map(({ startup }) => startup)),
    perDraw: middle(rounds.map(({ perDraw }) => perDraw)),
    wholeRatio: spread(rounds.map(({ whole }, i) => whole / own[i].whole)),
    perDrawRatio: spread(rounds.map(({ perDraw }, i) => perDraw / own[i].perDraw)),
    distance: Math.max(...rounds.map(({ quantiles }) => checkedDistance(name, quantiles, exact, samples))),
  };
}

function spread(values) {
  return { median: middle(values), low: Math.min(...values), high: Math.max(...values) };
}

function printRow({ name, version, samples, share, whole, startup, perDraw, wholeRatio, perDrawRatio, distance }) {
  console.log(
    `  ${name} (${version}), ${count(samples)} samples, quantiles within ${(distance * 100).toFixed(2)} % of exact`,
  );
  const ratio = share === 1 ? `, ${range(wholeRatio, 2)}x tokenjoule's` : '';
  console.log(`    whole run            ${range(whole, 3)} s${ratio}`);
  console.log(`    of it start-up       ${startup.toFixed(3)} s`);
  const further = `${(perDraw * 1e9).toFixed(1)} ns, ${range(perDrawRatio, 2)}x tokenjoule's`;
  console.log(`    each further sample  ${perDrawRatio.low > 0 ? further : LOST}`);
}

function range({ median, low, high }, decimals) {
  return `${median.toFixed(decimals)} (${low.toFixed(decimals)}–${high.toFixed(decimals)})`;
}

/** Independent draws: start-up and rate as measured above, as many draws as theory asks for. Samplers: by trial. */
async function timesToWanted(rows, exact) {
  const samples = plainSamplesToWanted(exact);
  console.log("\ntime until the median's 95 % interval is ±0.1 %; in brackets without start-up");
  console.log(
    `  independent draws: ${count(samples)} samples, from the standard error 0.5 / √n / density of ln energy`,
  );
  const times = rows.map(({ name, startup, perDraw }) => ({ name, startup, beyond: samples * perDraw }));
  const numpy = times.find(({ name, beyond }) => name === 'NumPy' && beyond > 0);
  for (const time of times) printTime(time, numpy);
  const [{ startup }] = rows;
  for (const sampler of SAMPLERS) await samplerTime(sampler, startup, exact, numpy);
}

function printTime({ name, startup, beyond }, numpy) {
  if (beyond <= 0) return console.log(`  ${name.padEnd(30)} ${LOST}`);
  const than = numpy
    ? `: NumPy takes ${((numpy.startup + numpy.beyond) / (startup + beyond)).toFixed(2)}x (${(numpy.beyond / beyond).toFixed(1)}x)`
    : '';
  console.log(`  ${name.padEnd(30)} ${(startup + beyond).toFixed(3)} s (${(beyond * 1000).toFixed(2)} ms)${than}`);
}

async function samplerTime(sampler, startup, exact, numpy) {
  const { status } = spawnSync(process.execPath, [CLI, 'check', ONE_MODEL, '--quiet', '--set', `sampler=${sampler}`]);
  if (status !== 0) return console.log(`  tokenjoule, ${sampler}: not in this build`);
  const found = await measuredToWanted(await medianIn(sampler), exact, SEARCH);
  if (!found) return console.log(`  tokenjoule, ${sampler}: not reached with ${count(SEARCH.to)} samples`);
  const error = `±${(found.error * 100).toFixed(3)} % over ${SEARCH.seeds} seeds`;
  console.log(`  ${sampler}: ${count(found.samples)} samples, ${error}, run within this process in its calling thread`);
  printTime({ name: `tokenjoule, ${sampler}`, startup, beyond: found.seconds }, numpy);
}

/** Runs the scenario here with a sampler: the median of energy by samples and seed. */
async function medianIn(sampler) {
  const { loadScenario, simulate, tablesOf } = await import('../dist/index.js');
  return async (samples, seed) => {
    const scenario = await loadScenario(ONE_MODEL, { samples, seed: String(seed), set: [`sampler=${sampler}`] });
    const { summary } = await tablesOf(await simulate(scenario, { workers: 0 }));
    return summary.find(({ metric }) => metric === 'energy').p50;
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [samples = 20_000_000, rounds = 5, many = 0] = process.argv.slice(2).map(Number);
  await peers({ samples, rounds, many });
}

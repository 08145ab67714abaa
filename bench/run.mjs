// npm run bench: whole processes of the built command line, on the paper's scenario. Every figure in the README is from here.
//   npm run bench -- --quick    without the run of 10^8 samples, which takes minutes
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { forms } from './forms.mjs';
import { peers } from './peers.mjs';
import { repeated, startUps, timed } from './process.mjs';
import { sweeps } from './sweep.mjs';

const SCENARIO = fileURLToPath(new URL('../scenarios/oviedo-2026.yaml', import.meta.url));
const ONE_MODEL = fileURLToPath(new URL('peers/one-model.yaml', import.meta.url));
const CELLS = 10; // five models in two regimes
const RUNS = 5;
const STARTS_EACH = 21;
const quick = process.argv.includes('--quick');
const out = mkdtempSync(join(tmpdir(), 'tokenjoule-bench-'));

/** Goals on Node 22 and 24, in milliseconds beyond Node alone. */
const STARTS = [
  { label: '--version', args: ['--version'], goal: 10 },
  { label: 'check', args: ['check', SCENARIO], goal: 50 },
  { label: 'run, 1,000 samples', args: runArguments(1000, undefined), goal: 250 },
];

try {
  printMachine();
  await startUp();
  await throughput();
  await memory();
  await forms(quick ? 4 : 20);
  printed('integrated, not drawn', 'exact.mjs', quick ? ['10', '1'] : ['30', '5']);
  printed('queries as they are', 'queries.mjs', quick ? ['3'] : ['15']);
  await sweeps(quick ? 20 : 100, ONE_MODEL, 3);
  await peers(
    quick ? { samples: 2_000_000, rounds: 3, many: 0 } : { samples: 20_000_000, rounds: RUNS, many: 1_000_000_000 },
  );
} finally {
  rmSync(out, { recursive: true, force: true });
}

/** What another file here prints, in a process of its own; its failure is this one's. */
function printed(title, file, args) {
  console.log(`\n${title} (node bench/${file})`);
  const program = fileURLToPath(new URL(file, import.meta.url));
  const { status } = spawnSync(process.execPath, [program, ...args], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}

function printMachine() {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const memory = Math.round(totalmem() / 2 ** 30);
  console.log(
    `tokenjoule ${version}, Node ${process.versions.node}, ${cpus()[0].model}, ${cpus().length} cores, ${memory} GiB`,
  );
}

async function startUp() {
  console.log(
    `\nstart-up, median of ${STARTS_EACH} (lowest–highest), and of the difference to Node alone in the same round`,
  );
  const [alone, ...all] = await startUps(
    STARTS.map(({ args }) => args),
    STARTS_EACH,
  );
  printTimes('Node alone', summaryOf(alone.seconds));
  for (const [i, { seconds, beyond }] of all.entries()) {
    const { label, goal } = STARTS[i];
    const more = `+${(summaryOf(beyond).median * 1000).toFixed(0)} ms; goal: +${goal} at most`;
    printTimes(label, summaryOf(seconds), more);
  }
}

function summaryOf(sorted) {
  return { median: sorted[Math.floor(sorted.length / 2)], low: sorted[0], high: sorted[sorted.length - 1] };
}

async function throughput() {
  const samples = 1_000_000;
  console.log(
    `\n${samples.toLocaleString('en-US')} samples of ${CELLS} cells, whole runs, median of ${RUNS} (lowest–highest)`,
  );
  const workers = [0, ...new Set([1, 2, 4, 8, 16, 32, 64, availableParallelism()])].filter(
    (n) => n <= availableParallelism(),
  );
  let single;
  for (const count of workers) {
    const result = await repeated(() => timed(runArguments(samples, count)), RUNS);
    if (count === 1) single = result.median;
    const ratio = count > 1 ? `, ${(single / result.median).toFixed(2)}x one worker` : '';
    const rate = (samples * CELLS) / result.median / 1e6;
    printTimes(`${count} workers`, result, `${rate.toFixed(1)} M draws/s${ratio}`);
  }
}

async function memory() {
  console.log('\npeak memory of the process, all cores');
  for (const samples of quick ? [1e6] : [1e6, 1e8]) {
    const { seconds, peak_mib } = await timed(runArguments(samples, undefined));
    console.log(`  10^${Math.log10(samples)} samples: ${peak_mib.toFixed(0)} MiB (${seconds.toFixed(1)} s)`);
  }
}

function runArguments(samples, workers) {
  const threads = workers === undefined ? [] : ['--workers', String(workers)];
  return ['run', SCENARIO, '--quiet', '--out', out, '--samples', String(samples), ...threads];
}

function printTimes(label, { median, low, high }, more = '') {
  const ms = (seconds) => (seconds * 1000).toFixed(0);
  console.log(`  ${label.padEnd(20)} ${ms(median).padStart(6)} ms (${ms(low)}–${ms(high)})  ${more}`.trimEnd());
}

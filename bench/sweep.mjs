// What a sweep costs beside one run of as many draws, whole processes turn by turn: npm run build && node bench/sweep.mjs
//   node bench/sweep.mjs CELLS [SCENARIO]    (default: 100 cells; the target is stated for 1,000, which take a minute or two)
// The cells differ in node_power_kw, a constant in both, so that every draw costs the same on both sides.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { timed } from './process.mjs';

const ROUNDS = 3;
const SAMPLES = 1_000_000;

/** @returns seconds of the sweep over those of the run, by medians of paired rounds, on the clock and of all processors */
export async function sweepAgainstRun(cells, scenario, rounds = ROUNDS) {
  const out = mkdtempSync(join(tmpdir(), 'tokenjoule-bench-'));
  const shared = [scenario, '--quiet', '--out', out, '--samples'];
  const sweep = ['sweep', ...shared, String(SAMPLES), '--force', '--over', `node_power_kw=linear:9:11:${cells}`];
  const run = ['run', ...shared, String(SAMPLES * cells), '--set', 'node_power_kw=10'];
  const times = { sweep: [], run: [] };
  try {
    for (let round = 0; round < rounds; round++) {
      times.run.push(await timed(run));
      times.sweep.push(await timed(sweep));
    }
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
  const ratio = (of) => median(times.sweep.map((one, round) => one[of] / times.run[round][of]));
  return { ...times, ratio: ratio('seconds'), cpu_ratio: ratio('cpu_seconds') };
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** Prints the comparison. */
export async function sweeps(cells, scenario, rounds) {
  const { sweep, run, ratio, cpu_ratio } = await sweepAgainstRun(cells, scenario, rounds);
  const text = (times) => times.map(({ seconds }) => seconds.toFixed(1)).join(' ');
  console.log(
    `\nsweep of ${cells} cells of 10^6 samples: ${text(sweep)} s; as many samples in one run: ${text(run)} s`,
  );
  console.log(`  ratio, median of rounds: ${ratio.toFixed(2)}; of CPU seconds ${cpu_ratio.toFixed(2)}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [cells = '100', scenario = fileURLToPath(new URL('peers/one-model.yaml', import.meta.url))] =
    process.argv.slice(2);
  await sweeps(Number(cells), scenario);
}

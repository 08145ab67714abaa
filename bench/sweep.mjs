// What a sweep costs beside one run of as many draws, whole processes turn by turn: npm run build && node bench/sweep.mjs
//   node bench/sweep.mjs CELLS [SCENARIO]    (default: 100 cells; the target is stated for 1,000, which take minutes)
// The cells differ in node_power_kw, a constant in both, so that every draw costs the same on both sides.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { timed } from './process.mjs';

const ROUNDS = 3;
const SAMPLES = 1_000_000;

/** @returns wall seconds of the sweep over those of the run, by medians */
export async function sweepAgainstRun(cells, scenario, rounds = ROUNDS) {
  const out = mkdtempSync(join(tmpdir(), 'tokenjoule-bench-'));
  const shared = [scenario, '--quiet', '--out', out, '--samples'];
  const sweep = ['sweep', ...shared, String(SAMPLES), '--force', '--over', `node_power_kw=linear:9:11:${cells}`];
  const run = ['run', ...shared, String(SAMPLES * cells), '--set', 'node_power_kw=10'];
  const seconds = { sweep: [], run: [] };
  try {
    for (let round = 0; round < rounds; round++) {
      seconds.run.push((await timed(run)).seconds);
      seconds.sweep.push((await timed(sweep)).seconds);
    }
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
  return { ...seconds, ratio: median(seconds.sweep) / median(seconds.run) };
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** Prints the comparison. */
export async function sweeps(cells, scenario, rounds) {
  const { sweep, run, ratio } = await sweepAgainstRun(cells, scenario, rounds);
  const text = (values) => values.map((value) => value.toFixed(1)).join(' ');
  console.log(
    `\nsweep of ${cells} cells of 10^6 samples: ${text(sweep)} s; as many samples in one run: ${text(run)} s`,
  );
  console.log(`  ratio of medians ${ratio.toFixed(2)}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [cells = '100', scenario = fileURLToPath(new URL('peers/one-model.yaml', import.meta.url))] =
    process.argv.slice(2);
  await sweeps(Number(cells), scenario);
}

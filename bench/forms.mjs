// Processor time of a run under request-cost throughput over that under log-log: equal samples, equally random lengths, the paper's
// rows, alternating. The median ratio must stay below 1.3.
//   npm run build && node bench/forms.mjs [pairs]
import { fileURLToPath } from 'node:url';
import { loadScenario } from '../dist/scenario/load.js';
import { simulateHere } from '../dist/simulate/simulate.js';

const PAPER = fileURLToPath(new URL('../scenarios/oviedo-2026.yaml', import.meta.url));
const FORMS = ['log-log', 'request-cost'];
const WARM_UP = 2;
const RANDOM = 'input_tokens={ lognormal: { p5: 100, p95: 4000 } }';

/** Prints the ratio over so many pairs. */
export async function forms(pairs) {
  const scenarios = new Map();
  for (const form of FORMS) {
    const set = [`throughput.form=${form}`, 'prefill_weight=0', RANDOM, 'samples=1000000'];
    scenarios.set(form, await loadScenario(PAPER, { set }));
  }
  const ratios = [];
  for (let pair = -WARM_UP; pair < pairs; pair++) {
    const seconds = {};
    for (const form of pair % 2 === 0 ? FORMS : [...FORMS].reverse())
      seconds[form] = await secondsOf(scenarios.get(form));
    if (pair >= 0) ratios.push(seconds['request-cost'] / seconds['log-log']);
  }
  ratios.sort((a, b) => a - b);
  const at = (share) => ratios[Math.floor(share * (ratios.length - 1))].toFixed(2);
  console.log(
    `\nrequest-cost over log-log, processor time of equal samples: median ${at(0.5)}, quartiles ${at(0.25)} to ${at(0.75)}, of ${pairs} pairs; goal: 1.30 at most`,
  );
}

async function secondsOf(scenario) {
  const begun = process.cpuUsage();
  await simulateHere(scenario);
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1e6;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await forms(Number(process.argv[2] ?? 20));

// Whether a fleet's truth lies inside what its day is known to: `npm run build && node bench/fleets.mjs [intervals] [scenario]`.
// For each of so many intervals (seed `interval I`, 500 worlds) 10,000 / intervals synthetic fleets are drawn (seed `truth I`): worlds of
// the same scenario, whose day is their truth. Those of one interval are not independent of each other. Prints the share inside
// P5 to P95, of which 90 % is right, and ends with 1 where it is not between 89 and 91 %. What it cannot see: a model that is wrong.
import { loadEngine } from '../dist/engine/load-engine.js';
import { loadScenario } from '../dist/scenario/load.js';
import { simulateHere } from '../dist/simulate/simulate.js';
import { callingThread } from '../dist/workers/calling-thread.js';
import { poolOn } from '../dist/workers/pool.js';
import { overWorlds } from '../dist/worlds/over-worlds.js';
import { runWorlds } from '../dist/worlds/run-worlds.js';
import { fleetMixes, fleetValues } from '../dist/worlds/world-fleet.js';

const FLEETS = 10_000;
const WORLDS = 500;
const SAMPLES = 4096;
const [MIN, MAX] = [0.89, 0.91];

const intervals = Number(process.argv[2] ?? 200);
const file = process.argv[3] ?? new URL('../scenarios/oviedo-2026.yaml', import.meta.url).pathname;
/** The two inputs that nobody knows of a fleet, as the paper has them, the same for all queries of a fleet. */
const shared = { pue: 1, power_utilization: 1 };

const stated = await loadScenario(file);
const scenario = stated.shared ? stated : { ...stated, shared };
const pool = poolOn(callingThread(await loadEngine()));
const { blends } = await simulateHere({ ...scenario, samples: 20_000 });

let inside = 0;
let fleets = 0;
for (let i = 0; i < intervals; i++) {
  const { p05, p95 } = overWorlds(await daysOf(`interval ${i}`, WORLDS), 0);
  for (const truth of await daysOf(`truth ${i}`, FLEETS / intervals)) {
    fleets++;
    if (truth >= p05 && truth <= p95) inside++;
  }
}
const share = inside / fleets;
console.log(
  `${fleets} synthetic fleets, ${intervals} intervals: ${(100 * share).toFixed(2)} % have their truth inside`,
);
if (!(share >= MIN && share <= MAX)) process.exitCode = 1;

async function daysOf(seed, worlds) {
  const asked = { ...scenario, seed, uncertainty: { worlds, samples: SAMPLES } };
  const found = await runWorlds(pool, asked, blends.plan.blends);
  return fleetValues(found, fleetMixes(found)[0]);
}

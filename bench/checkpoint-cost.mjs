// What a checkpoint costs and how large it is: processor time to encode and hash a merged state of the paper's scenario, and to
// read it back, against the processor time of drawing for the least time between two. Usage: node bench/checkpoint-cost.mjs
import { loadKernel } from '../dist/kernel/load.js';
import { planModels } from '../dist/plan/plan.js';
import { loadScenario } from '../dist/scenario/load.js';
import { decodeState, encodeState } from '../dist/state/state-bytes.js';
import { callingThread } from '../dist/workers/calling-thread.js';
import { poolOn } from '../dist/workers/pool.js';

const SAMPLES = 200_000;
const LEAST_SECONDS = 5;
const plan = planModels(await loadScenario('scenarios/oviedo-2025.yaml', { samples: SAMPLES }));

/** Processor milliseconds of a call: other processes of the machine do not count. */
async function cpuMs(call) {
  const before = process.cpuUsage();
  const value = await call();
  const { user, system } = process.cpuUsage(before);
  return { value, ms: (user + system) / 1000 };
}

const thread = callingThread(await loadKernel());
const run = await cpuMs(() => poolOn(thread).run(plan, () => {}, new AbortController().signal));
const sketches = run.value;
const shape = { outputs: plan.outputs.length, cells: plan.cells.length };
const saves = [];
const loads = [];
for (let i = 0; i < 9; i++) {
  const save = await cpuMs(() => encodeState({}, sketches));
  saves.push(save);
  loads.push(await cpuMs(() => decodeState(save.value).sketches(shape)));
}
const median = (list) => list.map(({ ms }) => ms).sort((a, b) => a - b)[Math.floor(list.length / 2)];
console.log(`draw ${SAMPLES} samples: ${run.ms.toFixed(0)} ms of processor time`);
console.log(
  `state: ${(saves[0].value.length / 2 ** 20).toFixed(2)} MiB; encode ${median(saves).toFixed(1)} ms, decode ${median(loads).toFixed(1)} ms (medians of 9)`,
);
console.log(
  `a checkpoint every ${LEAST_SECONDS} s takes ${((100 * median(saves)) / (LEAST_SECONDS * 1000)).toFixed(2)} % of one core`,
);

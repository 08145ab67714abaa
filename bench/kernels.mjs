// Processor time per sample of both engines on one thread, pass by pass, drawing and counting included:
//   npm run build && node bench/kernels.mjs [scenario name]
// Processor and not wall time, so that a busy machine disturbs it less; caches shared with others still count.

import { rangeRunner } from '../dist/engine/run-range.js';
import { loadKernel } from '../dist/kernel/load.js';
import { planBlends, planModels } from '../dist/plan/plan.js';
import { blendMembers } from '../dist/result/result.js';
import { loadScenario } from '../dist/scenario/load.js';
import { simulate } from '../dist/simulate/simulate-on-threads.js';

const REPEATS = 3;
const BLOCKS = { reference: 64, wasm: 8192 };

const name = process.argv[2] ?? 'oviedo-2026';
const scenario = await loadScenario(new URL(`../scenarios/${name}.yaml`, import.meta.url).pathname);
const first = await simulate({ ...scenario, samples: 100_000 }, { workers: 0 });
const endless = { ...scenario, samples: 2 ** 40 };
const cells = scenario.models.length * scenario.regimes.length;
const plans = { models: planModels(endless), blends: planBlends(endless, blendMembers(scenario, first.models)) };

for (const [pass, plan] of Object.entries(plans).filter(([, { outputs }]) => outputs.length > 0)) {
  for (const engine of ['reference', 'wasm']) {
    const nanoseconds = await fastest(plan, engine);
    const perCell = (nanoseconds / cells).toFixed(2);
    console.log(`${name} ${pass} ${engine}: ${nanoseconds.toFixed(1)} ns/sample, ${perCell} ns per cell and sample`);
  }
}

/** Least processor time of a few runs, ns a sample. */
async function fastest(plan, engine) {
  const run = await rangeRunner(plan, await loadKernel(engine));
  const blocks = BLOCKS[engine];
  run({ firstBlock: 0, blocks });
  const times = Array.from({ length: REPEATS }, (_, i) => {
    const start = process.cpuUsage();
    run({ firstBlock: (i + 1) * blocks, blocks });
    const { user, system } = process.cpuUsage(start);
    return ((user + system) * 1000) / (blocks * 1024);
  });
  return Math.min(...times);
}

import { sketchesOf } from '../engine/draw-range.js';
import { REFERENCE_ENGINE } from '../engine/reference-engine.js';
import { planModels } from '../plan/plan-models.js';
import { BLOCK_SIZE } from '../random/uniforms.js';
import { brokenLimits } from '../result/broken-limits.js';
import { serviceLevelRows } from '../result/rows/service-level.js';
import type { ResolvedScenario } from '../scenario/resolved.js';

/** Blocks that tell a mean time per output token to a few percent. */
const BLOCKS = 4;

/** What a plan breaks of its limit by a few thousand draws, in words; nothing where it states none. */
export async function limitsAtAGlance(scenario: ResolvedScenario): Promise<string[]> {
  if (scenario.slo === undefined) return [];
  const plan = planModels({ ...scenario, non_production: [], samples: BLOCKS * BLOCK_SIZE });
  const sketches = await sketchesOf(plan, { firstBlock: 0, blocks: BLOCKS }, REFERENCE_ENGINE);
  return brokenLimits(await serviceLevelRows(scenario, { plan, sketches }));
}

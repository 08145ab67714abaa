import { integrate } from '../kernel/integration/integrator.js';
import type { LawMemory } from '../kernel/integration/law-memory.js';
import { partsOf } from '../plan/integrable.js';
import type { Plan } from '../plan/plan.js';
import { splitCounted } from '../plan/split-counted.js';
import { stages } from '../plan/stages.js';
import type { Integrated } from '../sketch/integrated.js';
import { drawnWidth, isPlan, membersIn, type Outcome, type ShownPart, shownOnly } from './outcome.js';

/**
 * The energy of a subject by integrals alone, nothing drawn: as `sampler: exact` has it. Undefined where something of it must be drawn.
 *
 * @param memory laws found before: a slider's move finds one of them anew
 */
export async function integrateShown(part: ShownPart, memory: LawMemory): Promise<Outcome | undefined> {
  const { scenario, subject, trim } = part;
  // What is correlated is drawn together.
  if (scenario.correlation !== undefined) return undefined;
  const passes = stages(scenario, shownOnly(part));
  const models = planIn(passes.next());
  const integrated = await integrals(models, memory);
  if (integrated === undefined) return undefined;
  const common = { trim, samples: 0 };
  if (scenario.blends.length === 0) return outcomeOf(integrated[0], { ...common, members: [subject] });
  const blends = planIn(passes.next({ plan: models, sketches: { histograms: [] }, integrated }));
  const pooled = await integrals(blends, memory);
  const members = membersIn(blends).map(({ model }) => model);
  return pooled && outcomeOf(pooled[0], { ...common, members });
}

function planIn({ value }: IteratorResult<Plan, unknown>): Plan {
  if (isPlan(value)) return value;
  throw new RangeError('there is no more to integrate');
}

async function integrals(plan: Plan, memory: LawMemory): Promise<readonly Integrated[] | undefined> {
  const splits = splitCounted(plan);
  const isDrawn = splits.some((split) => split.kind === 'drawn' || partsOf(split).some(({ obstacle }) => obstacle));
  if (isDrawn) return undefined;
  const found = await integrate(plan, splits, { draws: 0, histograms: new Map() }, memory);
  return found.flatMap((one) => one ?? []);
}

function outcomeOf(integrated: Integrated, rest: Omit<Outcome, 'energy'>): Outcome {
  const { p05, p25, p50, p75, p95, mean } = integrated.statistics;
  const quantiles = { p05, p25, p50, p75, p95 };
  return { ...rest, energy: { quantiles, mean, bins: integrated.bins(drawnWidth(quantiles)) } };
}

import { integrate } from '../kernel/integration/integrator.js';
import type { LawMemory } from '../kernel/integration/law-memory.js';
import type { Plan } from '../plan/plan.js';
import { drawnPlan, splitCounted } from '../plan/split-counted.js';
import type { Pass } from '../plan/stages.js';
import { Histogram } from '../sketch/histogram.js';
import type { Integrated } from '../sketch/integrated.js';
import type { Counts } from '../sketch/sketches.js';
import type { OnSamples, Pool } from '../workers/pool.js';

/**
 * One pass of which only what cannot be integrated is drawn: the rest is convolved into it, or stands for itself.
 *
 * @throws BlockError naming the block, if one fails twice; the signal's reason, if aborted
 */
export async function integratedPass(
  pool: Pool,
  plan: Plan,
  memory: LawMemory,
  onSamples: OnSamples,
  signal: AbortSignal,
): Promise<Pass> {
  const splits = splitCounted(plan);
  const drawn = drawnPlan(plan, splits);
  const sketches = await pool.run(drawn.plan, onSamples, signal);
  const histograms = new Map([...drawn.parts].map(([text, place]) => [text, sketches.histograms[place]]));
  const integrated = await integrate(plan, splits, { draws: plan.samples, histograms }, memory);
  if (histograms.size > 0) memory.forgetProducts();
  signal.throwIfAborted();
  return { plan, sketches: countsOf(integrated, drawn.whole, sketches), integrated };
}

/** Counts of all distributions: those drawn, and of others what so many draws come to, told when they are asked for. */
function countsOf(
  integrated: readonly (Integrated | undefined)[],
  whole: ReadonlyMap<number, number>,
  drawn: Counts,
): Counts {
  const histograms: Histogram[] = [];
  integrated.forEach((found, place) => {
    const counted = () => drawn.histograms[whole.get(place) ?? -1];
    Object.defineProperty(histograms, place, {
      enumerable: true,
      get: onceOnly(found ? () => toldBy(found) : counted),
    });
  });
  return { histograms };
}

function onceOnly<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function toldBy(found: Integrated): Histogram {
  const histogram = new Histogram();
  histogram.adopt(found.histogram());
  return histogram;
}

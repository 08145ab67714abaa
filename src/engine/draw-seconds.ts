import { drawsAnything } from '../plan/integrable.js';
import { integrates } from '../random/sampler.js';
import type { ResolvedBlend, ResolvedScenario } from '../scenario/resolved.js';

// Nanoseconds a sample, measured on one core of an AMD EPYC with the WebAssembly kernel (bench/kernels.mjs), rounded: of the
// inputs of a scenario, of each model in each regime, of each model pooled in each pathway of a blend; of each correlated
// variable, and of Latin hypercubes, more.
const OF_INPUTS = 9;
const OF_CELL = 3;
const OF_POOLED = 3;
const OF_CORRELATED = 8;
const OF_HYPERCUBES = 16;

/** How many times as long the reference takes, about. Source: as above. */
const REFERENCE = 10;

/** Seconds, roughly, that one thread takes to draw a scenario: to tell whether more threads are worth their start. */
export function drawSeconds(scenario: ResolvedScenario, engine: string): number {
  if (integrates(scenario.sampler) && !drawsAnything(scenario)) return 0;
  const { samples, models, regimes, blends, pathways } = scenario;
  const pooled = blends.reduce((sum, blend) => sum + membersOf(blend), 0) * regimes.length * (1 + pathways.length);
  const correlated = OF_CORRELATED * (scenario.correlation?.variables.length ?? 0);
  const points = scenario.sampler === 'latin-hypercube' ? OF_HYPERCUBES : 0;
  const inputs = OF_INPUTS + correlated + points;
  const nanoseconds = inputs + OF_CELL * models.length * regimes.length + OF_POOLED * pooled;
  return samples * nanoseconds * 1e-9 * (engine === 'reference' ? REFERENCE : 1);
}

function membersOf({ members }: ResolvedBlend): number {
  if ('models' in members) return members.models.length;
  if ('chosen' in members) return Math.max(...Object.values(members.chosen).map(({ length }) => length));
  return members.highest_median_energy;
}

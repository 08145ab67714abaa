import { drawSeconds } from '../engine/draw-seconds.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { factorsOf } from './factors.js';

/**
 * Seconds that a world takes beside its draws, a model and regime: its plan, its histograms' statistics. Measured on one core of an AMD
 * EPYC: 34 ms for the paper's ten models in two regimes.
 */
const SECONDS_OF_CELL = 1.5e-3;

/** Worlds that a scenario's run draws one by one: none where it asks for none, one where all of them differ by factors alone. */
export function drawnWorlds(scenario: ResolvedScenario): number {
  const { uncertainty, shared = {} } = scenario;
  if (uncertainty === undefined) return 0;
  const factors = new Set(factorsOf(scenario).map(({ variable }) => variable));
  return Object.keys(shared).every((variable) => factors.has(variable)) ? 1 : uncertainty.worlds;
}

/** Seconds, roughly, that one thread takes to draw a scenario's worlds: to tell whether more threads are worth their start. */
export function worldsSeconds(scenario: ResolvedScenario, engine: string): number {
  const { uncertainty, models, regimes } = scenario;
  if (uncertainty === undefined) return 0;
  const drawing = drawSeconds({ ...scenario, samples: uncertainty.samples }, engine);
  return drawnWorlds(scenario) * (drawing + SECONDS_OF_CELL * models.length * regimes.length);
}

import { integrates, pointsOf, REPLICATES } from '../random/sampler.js';
import { BLOCK_SIZE } from '../random/uniforms.js';
import type { Result } from '../result/result.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { openPool } from '../workers/open-pool.js';
import { asksForPrecision, wholeRounds } from './precision.js';
import { simulateIn } from './simulate.js';
import type { SimulateOptions } from './simulate-on-threads.js';

/** Each step has four times the draws of the one before, so that all of them together cost a third more than the last alone. */
const GROWTH = 4;

/** The fewest of which each replicate of a stratified sampler has a block. */
const FIRST = REPLICATES * BLOCK_SIZE;

/**
 * Simulates one resolved scenario in steps; needs Node. Yields results with more and more draws, each that of the scenario with so many
 * samples (`result.scenario.samples`), the last the same as that of `simulate`: for a dashboard that shows numbers while they settle.
 * A scenario that is integrated, or asks for a precision, yields once. Whoever stops asking ends the run.
 *
 * @throws RunError if a block fails; the signal's reason, if aborted
 */
export async function* simulateSteps(
  scenario: ResolvedScenario,
  options: SimulateOptions = {},
): AsyncGenerator<Result, void, undefined> {
  const pool = options.pool ?? (await openPool(options.workers ?? 0, undefined, options.kernel));
  try {
    for (const samples of stepsOf(scenario)) yield await simulateIn(pool, { ...scenario, samples }, options);
  } finally {
    if (options.pool === undefined) await pool.close();
  }
}

function stepsOf(scenario: ResolvedScenario): readonly number[] {
  const { sampler, samples: limit } = scenario;
  if (asksForPrecision(scenario) || integrates(sampler)) return [limit];
  const steps: number[] = [];
  for (let samples = FIRST; samples < limit; samples = wholeRounds(pointsOf(sampler), samples * GROWTH))
    steps.push(samples);
  return [...steps, limit];
}

import type { KernelChoice } from '../engine/load-engine.js';
import { pilotOf } from '../engine/pilot.js';
import { LawMemory } from '../kernel/integration/law-memory.js';
import type { Plan } from '../plan/plan.js';
import { replicateOf } from '../plan/ranges.js';
import { countStages, type Pass, throughStages } from '../plan/stages.js';
import { integrates } from '../random/sampler.js';
import type { Result } from '../result/result.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { Replicates } from '../sketch/replicates.js';
import { callingThreadPool } from '../workers/calling-thread.js';
import type { OnSamples, Pool } from '../workers/pool.js';
import { integratedPass } from './integrated-pass.js';
import { asksForPrecision, simulateToPrecision } from './precision.js';

/** How a run is carried out; none of it changes a number in the result, but for the last digits by the kernel. */
export interface EngineOptions {
  /** The engine of the draws; the reference is the fallback of `auto`, the default. They agree to 1e-5, see `wasmKernel`. */
  readonly kernel?: KernelChoice;
  /** Samples drawn so far, and how many there are in all passes. */
  readonly onProgress?: (drawn: number, total: number) => void;
  /** Stops the run: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Laws that scenarios share which are integrated one after the other; a new one for each, if absent. */
  readonly memory?: LawMemory;
}

/**
 * Simulates one resolved scenario in the calling thread; what a browser runs, in a Web Worker of its own.
 *
 * @throws RunError if a block fails; the signal's reason, if aborted
 */
export async function simulateHere(scenario: ResolvedScenario, options: EngineOptions = {}): Promise<Result> {
  return simulateIn(await callingThreadPool(options.kernel), scenario, options);
}

/**
 * Simulates one resolved scenario in a pool that is open, to a precision where the scenario asks for one.
 *
 * @throws RunError if a block fails; the signal's reason, if aborted
 */
export async function simulateIn(pool: Pool, scenario: ResolvedScenario, options: EngineOptions): Promise<Result> {
  if (asksForPrecision(scenario)) return simulateToPrecision(scenario, (plain) => simulatePlain(pool, plain, options));
  return simulatePlain(pool, scenario, options);
}

async function simulatePlain(pool: Pool, scenario: ResolvedScenario, options: EngineOptions): Promise<Result> {
  const signal = options.signal ?? new AbortController().signal;
  const total = countStages(scenario) * scenario.samples;
  const progress = (before: number) => (drawn: number) => options.onProgress?.(before + drawn, total);
  const memory = options.memory ?? new LawMemory();
  const passOf = (plan: Plan, onSamples: OnSamples) =>
    integrates(scenario.sampler)
      ? integratedPass(pool, plan, memory, onSamples, signal)
      : runPass(pool, plan, onSamples, signal);
  const passes = await throughStages(scenario, (plan) => passOf(plan, progress((plan.pass - 1) * scenario.samples)));
  return { scenario, ...passes };
}

async function runPass(pool: Pool, plan: Plan, onSamples: OnSamples, signal: AbortSignal): Promise<Pass> {
  if (plan.sampler === 'pseudo') {
    const sketches = await pool.run(plan, onSamples, signal);
    return { plan, sketches, pilot: await pilotOf(plan, () => pool.engine.kernel(plan)) };
  }
  const replicates = new Replicates(plan.counted.length);
  const sketches = await pool.run(plan, onSamples, signal, (range, counted) =>
    replicates.add(replicateOf(range), counted),
  );
  return { plan, sketches, replicates };
}

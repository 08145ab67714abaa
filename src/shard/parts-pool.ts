import { emptySketches } from '../counting/empty-sketches.js';
import { InputError } from '../errors.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { Pool } from '../workers/pool.js';
import { mergeParts } from './parts.js';

/** A pool that takes the counts of a pass from parts, and draws the second pass itself where it has no parts of it. */
export function partsPool(files: readonly string[], scenario: ResolvedScenario, pool: Pool): Pool {
  return {
    workers: pool.workers,
    engine: pool.engine,
    close: () => pool.close(),
    async run(plan, onSamples, signal) {
      if (plan.counted.length === 0) return emptySketches(plan);
      const merged = await mergeParts(files, scenario, plan, pool.engine.name);
      if (merged === undefined && plan.pass === 1) {
        throw new InputError([{ file: scenario.name, key: '', message: 'has no part of the first pass' }]);
      }
      if (merged === undefined) return pool.run(plan, onSamples, signal);
      onSamples(plan.samples);
      return merged;
    },
  };
}

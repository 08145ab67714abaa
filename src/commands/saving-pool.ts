import { join } from 'node:path';
import { undividable } from '../scenario/dividable.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { checkpointIn } from '../state/checkpoint.js';
import { CheckpointFolder } from '../state/checkpoint-folder.js';
import { type CheckpointOptions, checkpointedPool } from '../state/checkpointed.js';
import { type Pool, poolOn } from '../workers/pool.js';
import type { RangeRunner } from '../workers/range-runner.js';

/** Where a scenario's checkpoints are, in the folder of its results. */
const FOLDER = '.checkpoint';

/**
 * A pool that saves its state in the scenario's folder, where the run can be divided, and what removes that once the results
 * are written.
 */
export async function savingPool(
  runner: RangeRunner,
  scenario: ResolvedScenario,
  folder: string,
  options: Omit<CheckpointOptions, 'checkpoint'>,
): Promise<{ pool: Pool; clear: () => Promise<void> }> {
  if (undividable(scenario) !== undefined) return { pool: poolOn(runner), clear: async () => {} };
  const { resume, tell } = options;
  const states = new CheckpointFolder(join(folder, FOLDER));
  const other = resume ? undefined : await states.otherOwner();
  if (other !== undefined) {
    tell(`process ${other.pid} runs into ${folder} too, so no states are saved; the results of whoever ends last stay`);
    return { pool: poolOn(runner), clear: async () => {} };
  }
  const checkpoint = checkpointIn(states, scenario, {
    kernel: runner.engine.name,
    resume,
    tell,
  });
  const exists = await checkpoint.exists();
  if (exists && !resume) {
    tell('starts anew, and replaces the state that a stopped run has saved; --resume would go on from it');
  }
  const clear = () => checkpoint.clear();
  if (options.seconds === 0 && !resume) return { pool: poolOn(runner), clear };
  return { pool: checkpointedPool(runner, { ...options, checkpoint }), clear };
}

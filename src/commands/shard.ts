import { join } from 'node:path';
import { parseShard, type Shard, shardBlocks } from '../blocks/shard.js';
import type { Plan } from '../plan/plan.js';
import { countStages, type Pass, planOfPass } from '../plan/stages.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { ScenarioSource } from '../scenario/source.js';
import { encodePart, partFiles, partName } from '../shard/parts.js';
import { partsPool } from '../shard/parts-pool.js';
import { checkWritable, writeFiles } from '../tables/output-folder.js';
import type { Pool } from '../workers/pool.js';
import { poolOn } from '../workers/pool.js';
import type { RangeRunner } from '../workers/range-runner.js';
import { usageError } from './arguments.js';
import { passNumber } from './block.js';
import { DONE } from './exit-status.js';
import type { Surroundings } from './surroundings.js';

/** Where a scenario's parts are, in the folder of its results. */
export const PARTS = 'parts';

/** Flags of a run in parts. */
export interface ShardValues {
  readonly shard?: string | undefined;
  readonly pass?: string | undefined;
  readonly out: string;
  readonly quiet?: boolean | undefined;
}

/**
 * `tokenjoule run FILE --shard K/N`: counts the K-th of N parts of a pass and writes it as a part. The second pass needs the
 * quantiles of all of the first, and takes them from its parts.
 */
export async function shardCommand(
  runner: RangeRunner,
  { scenario, source }: { scenario: ResolvedScenario; source: ScenarioSource },
  values: ShardValues,
  around: Surroundings,
): Promise<number> {
  const shard = parseShard(values.shard ?? '', around.environment);
  if (typeof shard === 'string') throw usageError('run', shard);
  const pass = passNumber(values.pass);
  if (pass > countStages(scenario)) throw usageError('run', `${scenario.name} has no blends, so no pass 2`);
  const folder = join(values.out, scenario.name, PARTS);
  await checkWritable(folder);
  const pool = poolOn(runner, shardBlocks(shard, scenario.samples));
  const plan = await planOfPass(scenario, pass, (before) => fromParts(folder, scenario, before, pool, around));
  const sketches = await pool.run(plan, () => {}, around.signal);
  const content = encodePart(scenario, source, plan, runner.engine.name, shard, sketches);
  const name = partName(pass, shard);
  await writeFiles(folder, [{ name, content }], { signal: around.signal });
  if (!values.quiet) around.stdout.write(`${doneText(scenario, shard, pass, join(folder, name))}\n`);
  return DONE;
}

/** A pass that others have counted. */
async function fromParts(
  folder: string,
  scenario: ResolvedScenario,
  plan: Plan,
  pool: Pool,
  { signal }: Surroundings,
): Promise<Pass> {
  const parts = partsPool(await partFiles([folder]), scenario, pool);
  return { plan, sketches: await parts.run(plan, () => {}, signal) };
}

function doneText({ name }: ResolvedScenario, { index, count }: Shard, pass: number, file: string): string {
  return `${name}: part ${index} of ${count} of pass ${pass} is in ${file}`;
}

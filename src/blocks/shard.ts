import { allBlocks, type BlockRange } from './blocks.js';

/** One of the parts that a run is divided into for an array job. */
export interface Shard {
  /** From 1 to `count`. */
  readonly index: number;
  readonly count: number;
}

/** Parts that a run may be divided into: as many tasks as the largest array jobs have (AWS Batch: 10,000). */
export const MAX_SHARDS = 10_000;

/** The blocks of a shard: contiguous, of sizes that differ by at most one; none where there are more shards than blocks. */
export function shardBlocks({ index, count }: Shard, samples: number): BlockRange {
  const { blocks } = allBlocks(samples);
  const start = (i: number) => Math.floor((i * blocks) / count);
  return { firstBlock: start(index - 1), blocks: start(index) - start(index - 1) };
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What `--shard` says: `3/16`, or `auto/16` for the index that Slurm, a Kubernetes Indexed Job or AWS Batch puts into the
 * environment, or `auto` where Slurm gives the number of tasks too.
 *
 * @returns the shard, or what is wrong
 */
export function parseShard(text: string, environment: Environment): Shard | string {
  const [, which, of] = /^(auto|\d{1,6})(?:\/(\d{1,6}))?$/.exec(text) ?? [];
  if (which === undefined) return `--shard takes K/N, auto/N or auto; found ${JSON.stringify(text)}`;
  const index = which === 'auto' ? taskIndex(environment) : Number(which);
  const count = of === undefined ? taskCount(environment) : Number(of);
  if (index === undefined) return `--shard auto found none of ${INDICES.join(', ')} with a whole number`;
  if (count === undefined)
    return `--shard ${text} does not say how many shards there are, nor does SLURM_ARRAY_TASK_COUNT`;
  const tasks = taskCount(environment);
  if (which === 'auto' && tasks !== undefined && tasks !== count)
    return `--shard ${text} runs in an array of ${tasks} tasks, which leaves open the part; name it, e.g. --shard 7/${count}`;
  if (count < 1 || count > MAX_SHARDS) return `--shard takes 1 to ${MAX_SHARDS} shards; found ${count}`;
  if (index < 1 || index > count) return `--shard counts from 1 to ${count}; found ${index}`;
  return { index, count };
}

const INDICES = ['SLURM_ARRAY_TASK_ID', 'JOB_COMPLETION_INDEX', 'AWS_BATCH_JOB_ARRAY_INDEX'];

/** From 1. Slurm counts from its array's first task in steps (sbatch(1), --array); the other two count from 0. */
function taskIndex(environment: Environment): number | undefined {
  const slurm = whole(environment.SLURM_ARRAY_TASK_ID);
  if (slurm !== undefined) {
    const first = whole(environment.SLURM_ARRAY_TASK_MIN) ?? 0;
    return Math.floor((slurm - first) / (whole(environment.SLURM_ARRAY_TASK_STEP) || 1)) + 1;
  }
  const fromZero = whole(environment.JOB_COMPLETION_INDEX) ?? whole(environment.AWS_BATCH_JOB_ARRAY_INDEX);
  return fromZero === undefined ? undefined : fromZero + 1;
}

function taskCount(environment: Environment): number | undefined {
  return whole(environment.SLURM_ARRAY_TASK_COUNT);
}

function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

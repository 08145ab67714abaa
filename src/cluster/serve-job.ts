import type { Redis } from 'ioredis';
import { endOf } from '../blocks/block-set.js';
import { allBlocks } from '../blocks/blocks.js';
import { emptySketches } from '../counting/empty-sketches.js';
import { InputError } from '../errors.js';
import { checkLimits, DEFAULT_LIMITS, type Limits } from '../plan/limits.js';
import type { Plan } from '../plan/plan.js';
import { planBlends } from '../plan/plan-blends.js';
import { planModels } from '../plan/plan-models.js';
import { checkedSource } from '../scenario/check-source.js';
import { scenarioFromSource } from '../scenario/source.js';
import { BytesError } from '../sketch/byte-reader.js';
import { identityDifference, identityOf } from '../state/identity.js';
import { encodeState } from '../state/state-bytes.js';
import { engineVersion } from '../version.js';
import { BlockError } from '../workers/block-error.js';
import type { RangeRunner } from '../workers/range-runner.js';
import { RESULT_SECONDS, resultKey, runKey } from './keys.js';
import { type RangeJob, rangeJob } from './range-job.js';

/** Bytes of a result that Redis is asked to hold: 64 MiB. */
const MAX_RESULT_BYTES = 2 ** 26;

// In one step, so that no result is left behind by a run that ends in between.
const SET_WHILE_RUN_LIVES =
  "if redis.call('exists', KEYS[1]) == 1 then redis.call('set', KEYS[2], ARGV[1], 'EX', ARGV[2]) end";

/** A job that fails in the same way wherever and however often it runs. */
export class HopelessJob extends Error {
  override readonly name = 'HopelessJob';
}

/** Plans by the hash that a job asks for; as many as runs are likely to be served side by side. */
export class PlanCache {
  readonly limits: Limits;
  readonly #plans = new Map<string, Plan>();

  /** @param limits what scenarios may ask of this worker */
  constructor(limits: Limits = DEFAULT_LIMITS) {
    this.limits = limits;
  }

  async get(hash: string, make: () => Promise<Plan | undefined>): Promise<Plan | undefined> {
    const plan = this.#plans.get(hash) ?? (await make());
    if (plan === undefined) return undefined;
    this.#plans.delete(hash);
    this.#plans.set(hash, plan);
    if (this.#plans.size > MOST_PLANS) this.#plans.delete([...this.#plans.keys()][0]);
    return plan;
  }
}

const MOST_PLANS = 8;

/**
 * Draws what a job asks for and leaves the result in Redis. Reads no path: the scenario is the run's, as text. A job whose run
 * is gone is dropped.
 *
 * @throws HopelessJob if it cannot be done, saying why; what fails for the moment, unchanged
 */
export async function serveJob(
  redis: Redis,
  runner: RangeRunner,
  plans: PlanCache,
  id: string,
  data: unknown,
  signal: AbortSignal,
): Promise<void> {
  try {
    const job = rangeJob(data);
    refuseOtherEngine(job, runner.engine.name);
    const plan = await plans.get(`${job.run_id} ${job.run.plan_hash}`, () => planOf(redis, job, plans.limits));
    if (plan === undefined) return;
    const bytes = await draw(runner, plan, job, signal);
    await redis.eval(SET_WHILE_RUN_LIVES, 2, runKey(job.run_id), resultKey(id), bytes, RESULT_SECONDS);
  } catch (error) {
    if (error instanceof BytesError) throw new HopelessJob(`the job ${error.message}`);
    if (error instanceof InputError || error instanceof BlockError) throw new HopelessJob(error.message);
    throw error;
  }
}

function refuseOtherEngine({ run }: RangeJob, kernel: string): void {
  if (run.kernel !== kernel) {
    throw new HopelessJob(
      `the run needs the kernel ${run.kernel}, this worker has ${kernel}; start run and workers with the same --kernel`,
    );
  }
  if (run.engine_version === engineVersion()) return;
  throw new HopelessJob(
    `the run needs version ${run.engine_version}, this worker has ${engineVersion()}; start workers of the run's version`,
  );
}

async function planOf(redis: Redis, job: RangeJob, limits: Limits): Promise<Plan | undefined> {
  const text = await redis.get(runKey(job.run_id));
  if (text === null) return undefined;
  const source = checkedSource(parsed(text));
  if (source === undefined) throw new BytesError('belongs to a run that carries no scenario');
  const scenario = await scenarioFromSource(source);
  checkLimits(source.file, scenario, limits);
  const plan = job.run.pass === 1 ? planModels(scenario) : planned(() => planBlends(scenario, job.members));
  const difference = identityDifference(job.run, identityOf(scenario, plan, job.run.kernel));
  if (difference) throw new BytesError(`does not fit its run; ${difference}`);
  return plan;
}

async function draw(runner: RangeRunner, plan: Plan, { run, range }: RangeJob, signal: AbortSignal): Promise<Buffer> {
  if (endOf(range) > allBlocks(plan.samples).blocks) throw new BytesError('asks for blocks that the run does not have');
  const sketches = emptySketches(plan);
  await runner.runAll(plan, [range], (_, counts) => sketches.merge(counts), signal);
  const bytes = encodeState({ run, blocks: [range] }, sketches);
  if (bytes.length > MAX_RESULT_BYTES)
    throw new HopelessJob(`a result of ${bytes.length} bytes is over ${MAX_RESULT_BYTES}`);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function planned(plan: () => Plan): Plan {
  try {
    return plan();
  } catch (error) {
    throw new BytesError(`cannot be planned: ${error instanceof Error ? error.message : error}`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { type BlockSet, blocksIn, missingFrom, withRange } from '../blocks/block-set.js';
import type { BlockRange } from '../blocks/blocks.js';
import { emptySketches } from '../counting/empty-sketches.js';
import type { Plan } from '../plan/plan.js';
import { rangesOf } from '../plan/ranges.js';
import { BLOCK_SIZE } from '../random/uniforms.js';
import type { SketchesData } from '../sketch/sketches.js';
import type { Pool } from '../workers/pool.js';
import type { RangeRunner } from '../workers/range-runner.js';
import type { Checkpoint } from './checkpoint.js';

/** How a run saves its state. */
export interface CheckpointOptions {
  readonly checkpoint: Checkpoint;
  /** Whether to go on from what is saved. */
  readonly resume: boolean;
  /** Least seconds between two states; 0 saves none. */
  readonly seconds: number;
  /** A clock that never goes back, in seconds. */
  readonly clock: () => number;
  /** Takes sentences for the user. */
  readonly tell: (sentence: string) => void;
}

/** A state is saved at most so often that saving takes this share of the time between two. */
const LARGEST_SHARE = 0.01;

/**
 * A pool that saves what it has merged now and then, and when it fails or is aborted; and goes on from there. A state that
 * cannot be saved is told of once and does not stop the run.
 */
export function checkpointedPool(runner: RangeRunner, options: CheckpointOptions, within?: BlockRange): Pool {
  const { workers, engine, runCells } = runner;
  return {
    workers,
    engine,
    // Worlds are drawn whole in a thread, and in no state: after a stop they are drawn anew.
    ...(runCells && { runCells }),
    close: () => runner.close(),
    async run(plan, onSamples, signal) {
      if (plan.counted.length === 0) return emptySketches(plan);
      const pass = new CheckpointedPass(plan, options);
      await pass.restore();
      const ranges = rangesOf(plan, workers, within).flatMap((range) => missingFrom(pass.done, range));
      const tellSamples = () => onSamples(Math.min(plan.samples, blocksIn(pass.done) * BLOCK_SIZE));
      tellSamples();
      try {
        await runner.runAll(
          plan,
          ranges,
          (range, counts) => {
            pass.add(range, counts);
            tellSamples();
          },
          signal,
        );
      } finally {
        await pass.finish();
      }
      return pass.merged;
    },
  };
}

/** One pass's merged counts on their way to disk. */
class CheckpointedPass {
  readonly merged;
  done: BlockSet = [];
  readonly #plan: Plan;
  readonly #options: CheckpointOptions;
  #saving: Promise<void> | undefined;
  /** Nothing drawn is nothing to save. */
  #saved: BlockSet = this.done;
  #due: number;
  readonly #started: number;
  #broken = false;

  constructor(plan: Plan, options: CheckpointOptions) {
    this.#plan = plan;
    this.#options = options;
    this.merged = emptySketches(plan);
    this.#started = options.clock();
    this.#due = this.#started + options.seconds;
  }

  async restore(): Promise<void> {
    if (!this.#options.resume) return;
    const state = await this.#options.checkpoint.load(this.#plan);
    if (state === undefined) return;
    this.merged.merge(state.sketches);
    this.done = state.blocks;
    this.#saved = state.blocks;
  }

  add(range: BlockRange, counts: SketchesData): void {
    this.done = withRange(this.done, range);
    this.merged.merge(counts);
    if (this.#saving === undefined && this.#options.clock() >= this.#due) this.#save();
  }

  /** Waits for a state being saved, and saves what came since, unless so little that drawing it again is nothing. */
  async finish(): Promise<void> {
    await this.#saving;
    const { clock, seconds } = this.#options;
    if (this.done === this.#saved || clock() - this.#started < seconds) return;
    this.#save();
    await this.#saving;
  }

  #save(): void {
    const { clock, seconds, tell, checkpoint } = this.#options;
    if (this.#broken || seconds === 0) return;
    const started = clock();
    const { done } = this;
    this.#saving = checkpoint
      .save(this.#plan, { blocks: done, sketches: this.merged })
      .then(
        () => {
          this.#saved = done;
        },
        (error: Error) => {
          this.#broken = true;
          tell(`no more checkpoints, the last one could not be saved (${error.message}); the run goes on`);
        },
      )
      .then(() => {
        const cost = clock() - started;
        this.#due = clock() + Math.max(seconds, cost / LARGEST_SHARE);
        this.#saving = undefined;
      });
  }
}

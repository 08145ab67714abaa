import { samplesInBlock } from '../blocks/blocks.js';
import { RunError } from '../errors.js';
import type { Plan } from '../plan/plan.js';
import { BLOCK_SIZE } from '../random/uniforms.js';

/** Which pass a plan is: 1 draws the models, 2 pools them into blends. */
export type PassNumber = 1 | 2;

export function passOf(plan: Plan): PassNumber {
  return plan.blends.length > 0 ? 2 : 1;
}

/** A block that failed, and failed again by itself. With the scenario and its seed, `pass` and `block` are all it depends on. */
export class BlockError extends RunError {
  readonly pass: PassNumber;
  readonly block: number;

  constructor(plan: Plan, block: number, cause: unknown) {
    const first = block * BLOCK_SIZE;
    const samples = `samples ${first} to ${first + samplesInBlock(plan, block) - 1}`;
    super(`block ${block} of pass ${passOf(plan)} (${samples}) failed, and failed again alone: ${reasonOf(cause)}`, {
      cause,
    });
    this.pass = passOf(plan);
    this.block = block;
  }
}

export function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

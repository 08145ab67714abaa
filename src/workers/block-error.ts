import { samplesInBlock } from '../blocks/blocks.js';
import { RunError } from '../errors.js';
import type { PassNumber, Plan } from '../plan/plan.js';
import { BLOCK_SIZE } from '../random/uniforms.js';

/** A block that failed, and failed again by itself. With the scenario and its seed, `pass` and `block` are all it depends on. */
export class BlockError extends RunError {
  readonly pass: PassNumber;
  readonly block: number;

  constructor(plan: Plan, block: number, cause: unknown) {
    const first = block * BLOCK_SIZE;
    const samples = `samples ${first} to ${first + samplesInBlock(plan, block) - 1}`;
    super(`block ${block} of pass ${plan.pass} (${samples}) failed, and failed again alone: ${reasonOf(cause)}`, {
      cause,
    });
    this.pass = plan.pass;
    this.block = block;
  }
}

export function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

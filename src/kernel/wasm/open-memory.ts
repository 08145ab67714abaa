import { type Operations, openOperations } from './operations.js';
import { STANDING_BYTES, type StandingTables, standingTables } from './standing-tables.js';
import type { KernelModule } from './web-assembly.js';

/** A memory and the operations on it. Behind its standing tables it is zeroed, and a plan's to fill. */
export interface OpenedMemory {
  readonly operations: Operations;
  readonly buffer: ArrayBuffer;
  readonly standing: StandingTables;
}

/** A new memory of at least so many bytes. */
export async function openMemory(module: KernelModule, bytes: number): Promise<OpenedMemory> {
  const { operations, buffer } = await openOperations(module, Math.max(bytes, STANDING_BYTES));
  return { operations, buffer, standing: standingTables(operations, buffer) };
}

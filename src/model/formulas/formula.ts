import type { Algebra } from '../algebra.js';
import type { Input } from '../quantities.js';

/** What a formula may be made of: the inputs of a query, and what follows from them for the model that answers it. */
export type Symbols<T> = Readonly<Record<Input | 'effective_tokens' | 'tps', T>>;

/** Energy of one query, Wh, as somebody states it. */
export interface Formula {
  /** As tables name it. */
  readonly name: string;
  /** Where it stands. */
  readonly source: string;
  /** What it includes: the facility's energy, unless it says less. */
  readonly boundary: 'gpu_board' | 'node_ac' | 'facility' | 'fleet';
  energy<T>(q: Symbols<T>, algebra: Algebra<T>): T;
}

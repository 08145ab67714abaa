import type { Algebra } from '../algebra.js';
import type { RequiredInput } from '../quantities.js';

/** What may follow from the inputs of a query for the model that answers it. */
export type DerivedSymbol = 'effective_tokens' | 'node_seconds' | 'tps';

/** What a formula may be made of: the inputs of a query, and of what follows from them that which the formula asks for. */
export type Symbols<T, D extends DerivedSymbol = DerivedSymbol> = Readonly<Record<RequiredInput | D, T>>;

/** Energy of one query, Wh, as somebody states it. */
export interface Formula<D extends DerivedSymbol = DerivedSymbol> {
  /** As tables name it. */
  readonly name: string;
  /** Where it stands. */
  readonly source: string;
  /** What it includes: the facility's energy, unless it says less. */
  readonly boundary: 'gpu_board' | 'node_ac' | 'facility' | 'fleet';
  energy<T>(q: Symbols<T, D>, algebra: Algebra<T>): T;
}

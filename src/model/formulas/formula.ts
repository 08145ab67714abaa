import type { Algebra } from '../algebra.js';
import type { ModelParameter } from '../model-parameters.js';
import type { Input } from '../quantities.js';

/** What may follow from the inputs of a query for the model that answers it. */
export type DerivedSymbol = 'effective_tokens' | 'node_seconds' | 'tps';

/** What a formula may be made of: inputs of a query, what follows from them, and what is known of the model. */
export type FormulaSymbol = Input | DerivedSymbol | ModelParameter;

/** What a formula is given of what it may be made of. */
export type Symbols<T, S extends FormulaSymbol = FormulaSymbol> = Readonly<Record<S, T>>;

/** What a number of energy includes, as the column `boundary` of tables says it. */
export type Boundary = 'gpu_board' | 'node_ac' | 'facility' | 'fleet';

/** Energy of one query, Wh, as somebody states it. */
export interface Formula<S extends FormulaSymbol = FormulaSymbol> {
  /** As tables name it. */
  readonly name: string;
  /** Where it stands. */
  readonly source: string;
  /** What it includes: the facility's energy, unless it says less. */
  readonly boundary: Boundary;
  /** What it is made of. */
  readonly takes: readonly S[];
  /** Of that, what must be one number: it decides on something whole, or stands where no node does. */
  readonly constant?: readonly S[];
  energy<T>(q: Symbols<T, S>, algebra: Algebra<T>): T;
  /** Seconds of a whole node that the query takes: what its share of the hardware is counted by. */
  node_seconds<T>(q: Symbols<T, S>, algebra: Algebra<T>): T;
}

import type { Algebra } from '../algebra.js';
import type { RequiredInput, ResultName } from '../quantities.js';
import type { ImpactInput } from './inputs.js';

/** What an impact may be made of: a query's energy, the node's time where the formula knows it, inputs, and what is stated for impacts. */
export type ImpactSymbol = 'energy' | 'node_seconds' | RequiredInput | ImpactInput;

/** Numbers, or nodes of a plan, of what an impact is made of. */
export type ImpactSymbols<T, S extends ImpactSymbol = ImpactSymbol> = Readonly<Record<S, T>>;

/** What a query causes beside its energy, from its energy. */
export interface Impact<S extends ImpactSymbol = ImpactSymbol> {
  readonly metric: ResultName;
  /** Where it stands. */
  readonly source: string;
  /** What it is made of; it is counted where all of that is known. */
  readonly takes: readonly S[];
  of<T>(q: ImpactSymbols<T, S>, algebra: Algebra<T>): T;
}

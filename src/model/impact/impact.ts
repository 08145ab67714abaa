import type { Algebra } from '../algebra.js';
import type { RequiredInput, ResultName } from '../quantities.js';
import type { ImpactInput } from './inputs.js';

/** What an impact may be made of: a query's energy, the node's time, inputs, and what is stated for impacts. */
export type ImpactSymbol = 'energy' | 'node_seconds' | RequiredInput | ImpactInput;

/** Numbers, or nodes of a plan, of what an impact is made of. */
export type ImpactSymbols<T, S extends ImpactSymbol = ImpactSymbol> = Readonly<Record<S, T>>;

/** What a query causes beside its energy by one cause. */
export interface ImpactPart<S extends ImpactSymbol = ImpactSymbol> {
  readonly metric: ResultName;
  /** Where it stands. */
  readonly source: string;
  /** What it is made of; it is counted where all of that is known. */
  readonly takes: readonly S[];
  of<T>(q: ImpactSymbols<T, S>, algebra: Algebra<T>): T;
}

/** What a query causes beside its energy: the sum of its parts that are known, which are told beside it if there are several. */
export interface Impact {
  readonly metric: ResultName;
  readonly parts: readonly ImpactPart[];
}

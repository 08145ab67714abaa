import type { Distribution } from '../distributions/index.js';
import type { Trim } from '../model/blend.js';
import type { Boundary } from '../model/formulas/formula.js';
import type { FormulaName } from '../model/formulas/index.js';
import type { Metric, OptionalInput, RequiredInput, ResultName } from '../model/quantities.js';
import type { Sampler } from '../random/sampler.js';
import type { NodeId, PlanNode } from './node.js';
import type { KeptBins } from './trim.js';

/** Which pass a plan is: 1 draws the models, 2 pools them into blends. */
export type PassNumber = 1 | 2;

/** What an engine draws and counts, as plain data: a pure function of the scenario. */
export interface Plan {
  readonly pass: PassNumber;
  readonly samples: number;
  /** What the uniform numbers behind the draws are. */
  readonly sampler: Sampler;
  readonly nodes: readonly PlanNode[];
  /** What is counted: histogram i of the result is of `counted[i]`. */
  readonly counted: readonly Counted[];
  /** The distributions that a reader is told of, in table order. */
  readonly measures: readonly Measure[];
  readonly services: readonly Service[];
  /** Random variables as a reader is told of them. */
  readonly inputs: readonly PlannedInput[];
  /** Which models each blend pools; what the plan was made from, in its second pass. */
  readonly blends: readonly BlendMembers[];
}

/** Draws of a node, or of several in one pool. */
export type Counted = CountedNode | CountedPool;

/** All draws of a node. */
export interface CountedNode {
  readonly kind: 'node';
  readonly of: NodeId;
}

/** Draws of several nodes with equal weights, each divided by the same node's: all, or those that lie in the kept bins. */
export interface CountedPool {
  readonly kind: 'pool';
  readonly members: readonly PoolMember[];
  readonly divisor: NodeId;
  readonly keep: 'all' | 'kept';
}

/** A node of a pool, and what of it a trim keeps. */
export interface PoolMember extends KeptBins {
  readonly node: NodeId;
}

/** The names of one distribution in the rows of tables. */
export interface RowNames {
  readonly regime: string;
  readonly subject_kind: 'model' | 'blend';
  readonly subject: string;
  readonly pathway: string;
  readonly trim: Trim;
  readonly metric: Metric;
  readonly unit: string;
  /** The formula of an energy; of what leads to one, the form of throughput that ran. */
  readonly formula: string;
  readonly boundary: Boundary;
}

/** A distribution under its names. */
export interface Measure {
  readonly row: RowNames;
  /** Position of what was counted for it. */
  readonly of: number;
  /** Of that, the share of draws that are zero, or no finite number, as the distribution of an indicator. */
  readonly share?: 'zeros' | 'non_finite';
  /** The same without its trim, where it has one: its ranks tell the error. */
  readonly untrimmed?: number;
}

/** One model in one regime, and the nodes of its quantities. */
export interface Service {
  readonly regime: string;
  readonly model: string;
  /** Its `energy` is that of the first formula. */
  readonly quantities: ServiceQuantities;
  /** What its queries come to by each formula that the scenario asks for, in that order: energy, then impacts. */
  readonly outcomes: readonly Outcome[];
}

/** Energy, or an impact of it, by one formula. */
export interface Outcome {
  readonly metric: ResultName;
  /** Where the scenario says it. */
  readonly unit?: string;
  /** As the scenario asks for it. */
  readonly asked: FormulaName;
  /** The one that ran. */
  readonly formula: string;
  readonly boundary: Boundary;
  readonly node: NodeId;
}

/** Nodes of a service's quantities, by their names. */
export type ServiceQuantities = Readonly<Partial<Record<Metric, NodeId>>>;

/** Nodes of the inputs that a query has. */
export type InputNodes = Readonly<Record<RequiredInput, NodeId> & Partial<Record<OptionalInput, NodeId>>>;

/** A random variable or a constant as it was stated. */
export interface PlannedInput {
  /** Absent for one that all regimes share and none counts by itself. */
  readonly regime?: string;
  readonly variable: string;
  readonly distribution: Distribution;
  /** Position of what was counted of it; absent where nothing was. */
  readonly of?: number;
}

/** A model of a blend, and what of it the trim keeps. */
export interface BlendMember extends KeptBins {
  readonly model: string;
}

/** Which models a blend pools in a regime. */
export interface PooledModels {
  readonly blend: string;
  readonly regime: string;
  readonly members: readonly { readonly model: string }[];
}

/** The same, and what its trim keeps of each: known once the models have been drawn. */
export interface BlendMembers extends PooledModels {
  /** The formula by which it is pooled. */
  readonly formula: FormulaName;
  /** What of them is pooled: energy, or an impact. */
  readonly metric: ResultName;
  readonly members: readonly BlendMember[];
}

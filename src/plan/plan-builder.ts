import { ln } from '../distributions/elementary.js';
import type { Distribution } from '../distributions/index.js';
import { type Scale, unitOf } from '../model/quantities.js';
import { sobolDimensionOf } from '../model/sobol-dimension.js';
import { type CorrelatedSource, correlatedStreams } from '../random/correlated-streams.js';
import { pointsOf } from '../random/sampler.js';
import { type StreamKey, streamKey } from '../random/streams.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { exactText, Graph } from './graph.js';
import type { NodeId, NodeOf } from './node.js';
import type { BlendMembers, Counted, Measure, PassNumber, Plan, PlannedInput, RowNames, Service } from './plan.js';

/** Makes the keys of streams. */
export type KeyOf = (seed: string, variable: string) => StreamKey;

/** The names of a distribution, whose unit the table of quantities says where they do not. */
export type UnitlessNames = Omit<RowNames, 'unit'> & Partial<Pick<RowNames, 'unit'>>;

/** A plan under construction. */
export class PlanBuilder {
  readonly graph = new Graph();
  readonly #scenario: ResolvedScenario;
  readonly #keyOf: KeyOf;
  readonly #correlated: ReadonlyMap<string, readonly CorrelatedSource[]>;
  readonly #counted = new Map<string, { readonly place: number; readonly what: Counted }>();
  readonly #measures: Measure[] = [];
  readonly #services: Service[] = [];
  readonly #inputs = new Map<string, PlannedInput>();

  constructor(scenario: ResolvedScenario, keyOf: KeyOf = streamKey) {
    this.#scenario = scenario;
    this.#keyOf = keyOf;
    this.#correlated = correlatedStreams(scenario.seed, scenario.correlation, sobolDimensionOf);
  }

  /** The key of a variable's stream. */
  key(variable: string): StreamKey {
    return this.#keyOf(this.#scenario.seed, variable);
  }

  /** The node of a variable of a distribution. */
  variable(variable: string, distribution: Distribution, scale: Scale = 'factor'): NodeId {
    if (distribution.family === 'constant') {
      const { value: stated } = distribution.parameters;
      const value = scale === 'tokens' ? Math.round(stated) : stated;
      return this.graph.place({ kind: 'constant', value, ln: ln(value) });
    }
    const key = this.key(variable);
    const dimension = sobolDimensionOf(variable);
    const own = { variable, key, ...(dimension !== undefined && { dimension }) };
    return this.graph.place({
      kind: 'draw',
      ...own,
      ...this.#mixture(variable, own),
      distribution,
      scale,
      per: 'query',
    });
  }

  /** What a variable's normal scores are made of, where they are not its own stream's alone. */
  #mixture(variable: string, own: Omit<CorrelatedSource, 'weight'>): Pick<NodeOf<'draw'>, 'correlated' | 'shift'> {
    const correlated = this.#correlated.get(variable);
    const mixed = this.#scenario.world?.mixed[variable];
    if (mixed === undefined) return { ...(correlated && { correlated }) };
    const sources = correlated ?? [{ ...own, weight: 1 }];
    return {
      correlated: sources.map((source) => ({ ...source, weight: source.weight * mixed.own })),
      shift: mixed.shift,
    };
  }

  /** Position of what is counted; equal things are counted once. */
  count(what: Counted): number {
    const identity = exactText(what);
    const known = this.#counted.get(identity);
    if (known) return known.place;
    this.#counted.set(identity, { place: this.#counted.size, what });
    return this.#counted.size - 1;
  }

  /** Position of what is counted of a node. */
  countNode(of: NodeId): number {
    return this.count({ kind: 'node', of });
  }

  /** Tells readers of a distribution. */
  measure(row: UnitlessNames, of: number, rest: Pick<Measure, 'share' | 'untrimmed'> = {}): void {
    this.#measures.push({ row: { ...row, unit: row.unit ?? unitOf(row.metric) }, of, ...rest });
  }

  service(service: Service): void {
    this.#services.push(service);
  }

  /** Tells readers of a variable as it was stated; once for each regime and distribution. */
  input(input: PlannedInput): void {
    const identity = exactText([input.regime, input.variable, input.distribution]);
    if (!this.#inputs.has(identity)) this.#inputs.set(identity, input);
  }

  plan(pass: PassNumber, blends: readonly BlendMembers[] = []): Plan {
    const { samples, sampler } = this.#scenario;
    return {
      pass,
      samples,
      sampler: pointsOf(sampler),
      nodes: this.graph.nodes,
      counted: [...this.#counted.values()].map(({ what }) => what),
      measures: this.#measures,
      services: this.#services,
      inputs: [...this.#inputs.values()],
      blends,
    };
  }
}

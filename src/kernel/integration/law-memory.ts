import { closure } from '../../plan/dependence.js';
import { exactText } from '../../plan/graph.js';
import { moved, type NodeId, type NodeKind, type NodeOf, type PlanNode } from '../../plan/node.js';
import type { Part } from '../../plan/split.js';
import type { Integrated } from '../../sketch/integrated.js';
import { type Distributed, productDistributed } from './distributed.js';
import { integratedOf } from './integrated-of.js';
import { partLaw } from './part-law.js';
import { pooledDistributed, trimmedDistributed } from './pooled-distributed.js';
import { type RandomInput, randomInput } from './random-input.js';
import { Spectra } from './spectra.js';

/** Inputs, parts or products that are remembered at most. */
const MOST_KNOWN = 4096;

/**
 * Laws that many products share: of equal parts there is one, over services, regimes, cells of a sweep and slider
 * positions, so it is put on a lattice and transformed once. It changes no number.
 */
export class LawMemory {
  spectra = new Spectra();
  readonly #inputs = new Map<string, Promise<RandomInput>>();
  readonly #parts = new Map<string, Promise<Distributed>>();
  readonly #products = new Map<string, Distributed>();
  readonly #integrated = new WeakMap<Distributed, Promise<Integrated>>();
  readonly #numbers = new WeakMap<Distributed, number>();
  #count = 0;

  /** The law of a part that is integrated. */
  partLaw(nodes: readonly PlanNode[], part: Part): Promise<Distributed> {
    return this.#remembered(this.#parts, identityOf(nodes, part), () =>
      partLaw(nodes, part, (draw) => this.#inputOf(draw)),
    );
  }

  /** The product of quantities and a constant, by ln of it. */
  product(factors: readonly Distributed[], lnConstant: number): Distributed {
    const identity = [lnConstant, ...factors.map((factor) => this.#numberOf(factor))].join();
    return this.#remembered(this.#products, identity, () => productDistributed(factors, lnConstant, this.spectra));
  }

  /** Members in equal shares, of each all or what the trim keeps. */
  pool(members: readonly Distributed[], keep: 'all' | 'kept'): Distributed {
    const identity = [keep, ...members.map((member) => this.#numberOf(member))].join();
    const make = () => pooledDistributed(keep === 'all' ? members : members.map(trimmedDistributed));
    return this.#remembered(this.#products, identity, make);
  }

  /** All that tables say of a quantity. */
  integrated(distributed: Distributed): Promise<Integrated> {
    const found = this.#integrated.get(distributed) ?? integratedOf(distributed);
    this.#integrated.set(distributed, found);
    return found;
  }

  /** Lets go of what was made of draws, which no other run shares. */
  forgetProducts(): void {
    this.#products.clear();
  }

  #numberOf(distributed: Distributed): number {
    const number = this.#numbers.get(distributed) ?? this.#count++;
    this.#numbers.set(distributed, number);
    return number;
  }

  #inputOf(draw: NodeOf<'draw'>): Promise<RandomInput> {
    return this.#remembered(this.#inputs, exactText(drawText(draw)), () => randomInput(draw));
  }

  #remembered<T>(known: Map<string, T>, identity: string, make: () => T): T {
    const found = known.get(identity);
    if (found) return found;
    if (known.size >= MOST_KNOWN) this.#forget();
    const made = make();
    known.set(identity, made);
    return made;
  }

  #forget(): void {
    this.#inputs.clear();
    this.#parts.clear();
    this.#products.clear();
    this.spectra = new Spectra();
  }
}

/** What a part's law follows from: its nodes, numbered among themselves, whatever streams they are drawn from. */
function identityOf(nodes: readonly PlanNode[], { powers }: Part): string {
  const order = closure(
    nodes,
    powers.map(({ node }) => node),
  );
  const places = new Map<NodeId, number>(order.map((id, place) => [id, place]));
  const at = (id: NodeId) => places.get(id) ?? 0;
  const own = order.map((id) => {
    const node = nodes[id];
    return node.kind === 'draw' ? drawText(node) : moved<NodeKind>(node, at);
  });
  return exactText([own, powers.map(({ node, power }) => [at(node), power])]);
}

function drawText({ distribution, scale }: NodeOf<'draw'>) {
  return { distribution, scale };
}

import { closure } from '../../plan/dependence.js';
import { exactText } from '../../plan/graph.js';
import { moved, type NodeId, type NodeKind, type NodeOf, type PlanNode } from '../../plan/node.js';
import type { Part } from '../../plan/split.js';
import type { Distributed } from './distributed.js';
import { partLaw } from './part-law.js';
import { type RandomInput, randomInput } from './random-input.js';
import { Spectra } from './spectra.js';

/** Parts that are remembered; of a sweep over two factors, the values of both. */
const MOST_PARTS = 4096;

/**
 * Laws that many products share: of equal parts there is one, over services, regimes, cells of a sweep and slider
 * positions, so it is put on a lattice and transformed once. It changes no number.
 */
export class LawMemory {
  spectra = new Spectra();
  readonly #inputs = new Map<string, Promise<RandomInput>>();
  readonly #parts = new Map<string, Promise<Distributed>>();

  /** The law of a part that is integrated. */
  partLaw(nodes: readonly PlanNode[], part: Part): Promise<Distributed> {
    return this.#remembered(this.#parts, identityOf(nodes, part), () =>
      partLaw(nodes, part, (draw) => this.#inputOf(draw)),
    );
  }

  #inputOf(draw: NodeOf<'draw'>): Promise<RandomInput> {
    return this.#remembered(this.#inputs, exactText(drawText(draw)), () => randomInput(draw));
  }

  #remembered<T>(known: Map<string, Promise<T>>, identity: string, make: () => Promise<T>): Promise<T> {
    const found = known.get(identity);
    if (found) return found;
    if (known.size >= MOST_PARTS) this.#forget();
    const made = make();
    known.set(identity, made);
    return made;
  }

  #forget(): void {
    this.#inputs.clear();
    this.#parts.clear();
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

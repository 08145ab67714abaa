import { ln } from '../distributions/elementary.js';
import type { StreamKey } from '../random/streams.js';
import { type NodeId, type NodeOf, operandsOf, type PlanNode } from './node.js';

/** A node to a power: a factor, or below 0 a divisor; to the power of 0 it only says where there is no number. */
export interface Power {
  readonly node: NodeId;
  readonly power: number;
}

/** What keeps a part of a product from being integrated. */
export type Obstacle =
  /** Its random inputs are drawn together. */
  | { readonly kind: 'correlated' }
  /** Several random inputs meet in a node that is no product of them. */
  | { readonly kind: 'joined'; readonly at: NodeId }
  /** It is drawn from something else than a distribution. */
  | { readonly kind: 'leaf'; readonly at: NodeId };

/** Factors that have random inputs in common, and none with the factors of other parts. */
export interface Part {
  readonly powers: readonly Power[];
  /** The nodes that its randomness comes from, ascending. */
  readonly leaves: readonly NodeId[];
  /** Why it is drawn; absent where it is integrated. */
  readonly obstacle?: Obstacle;
}

/** A product taken apart: a constant, and parts that are independent of each other. */
export interface Split {
  /** ln of the constant; -Infinity for 0. */
  readonly lnConstant: number;
  readonly parts: readonly Part[];
}

/** Takes products of nodes apart: what is drawn together, what is integrated, and why. Pure. */
export function splitter(nodes: readonly PlanNode[]): (product: readonly Power[]) => Split {
  const leaves = leavesAbove(nodes);
  return (product) => {
    const { lnConstant, powers } = flattened(nodes, product);
    const linked = groupsOf(powers, ({ node }) => [...leaves[node]].flatMap((leaf) => streamsOf(nodes[leaf], leaf)));
    return { lnConstant, parts: linked.map((own) => partOf(nodes, own, leaves)) };
  };
}

/** For each node, the nodes that its randomness comes from: those without operands that are no constants. */
function leavesAbove(nodes: readonly PlanNode[]): ReadonlySet<NodeId>[] {
  const above: Set<NodeId>[] = [];
  nodes.forEach((node, id) => {
    const operands = operandsOf(node);
    const isLeaf = operands.length === 0 && node.kind !== 'constant';
    above.push(isLeaf ? new Set([id]) : new Set(operands.flatMap((operand) => [...above[operand]])));
  });
  return above;
}

/**
 * Products within products multiplied out. What cancels is left out, but for tokens and their cost: of nothing over
 * nothing there is no ratio.
 */
function flattened(nodes: readonly PlanNode[], product: readonly Power[]) {
  const powers = new Map<NodeId, number>();
  let lnConstant = 0;
  const take = ({ node: id, power }: Power): void => {
    const node = nodes[id];
    if (node.kind === 'constant') lnConstant += power * node.ln;
    else if (node.kind === 'product') takeProduct(node, power);
    else powers.set(id, (powers.get(id) ?? 0) + power);
  };
  const takeProduct = ({ factors, constant, divisors }: NodeOf<'product'>, power: number) => {
    lnConstant += power * ln(constant);
    for (const factor of factors) take({ node: factor, power });
    for (const divisor of divisors) take({ node: divisor, power: -power });
  };
  product.forEach(take);
  const isLeft = ([id, power]: readonly [NodeId, number]) => power !== 0 || mayBeZero(nodes[id]);
  const left = [...powers].filter(isLeft).map(([node, power]) => ({ node, power }));
  return { lnConstant, powers: left.sort((a, b) => a.node - b.node) };
}

function mayBeZero(node: PlanNode): boolean {
  if (node.kind === 'draw') return node.scale === 'tokens';
  return node.kind === 'weightedSum' || node.kind === 'decoded' || node.kind === 'requestCost';
}

/** What makes two leaves one another's: the streams behind their draws, or a leaf itself. */
function streamsOf(node: PlanNode, id: NodeId): string[] {
  if (node.kind !== 'draw') return [`#${id}`];
  const text = (key: StreamKey) => key.join();
  return node.correlated ? node.correlated.map(({ key }) => text(key)) : [text(node.key)];
}

/** Things that have marks in common, directly or through others, in the order of their first. */
function groupsOf<T>(things: readonly T[], marksOf: (thing: T) => readonly string[]): T[][] {
  const groups: { readonly marks: Set<string>; readonly own: T[] }[] = [];
  for (const thing of things) {
    const marks = marksOf(thing);
    const met = groups.filter((group) => marks.some((mark) => group.marks.has(mark)));
    const [first = { marks: new Set<string>(), own: [] }] = met;
    if (met.length === 0) groups.push(first);
    for (const mark of marks) first.marks.add(mark);
    for (const other of met.slice(1)) {
      for (const mark of other.marks) first.marks.add(mark);
      first.own.push(...other.own);
      groups.splice(groups.indexOf(other), 1);
    }
    first.own.push(thing);
  }
  return groups.map(({ own }) => own);
}

function partOf(nodes: readonly PlanNode[], own: readonly Power[], above: readonly ReadonlySet<NodeId>[]): Part {
  const powers = [...own].sort((a, b) => a.node - b.node);
  const leaves = [...new Set(powers.flatMap(({ node }) => [...above[node]]))].sort((a, b) => a - b);
  const obstacle = obstacleOf(nodes, powers, leaves, above);
  return { powers, leaves, ...(obstacle && { obstacle }) };
}

function obstacleOf(
  nodes: readonly PlanNode[],
  powers: readonly Power[],
  leaves: readonly NodeId[],
  above: readonly ReadonlySet<NodeId>[],
): Obstacle | undefined {
  const other = leaves.find((leaf) => nodes[leaf].kind !== 'draw');
  if (other !== undefined) return { kind: 'leaf', at: other };
  if (leaves.length < 2) return undefined;
  const joining = powers.find(({ node }) => above[node].size > 1);
  return joining ? { kind: 'joined', at: joining.node } : { kind: 'correlated' };
}

/** Names of the random inputs of a part as scenarios state them. */
export function variablesOf(nodes: readonly PlanNode[], { leaves }: Pick<Part, 'leaves'>): string[] {
  const names = leaves.map((leaf) => {
    const node = nodes[leaf];
    return node.kind === 'draw' ? node.variable : node.kind;
  });
  return [...new Set(names)];
}

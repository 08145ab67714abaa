// The graph that plans are made of: equal nodes are one, constants fold, operands keep their order. What it cannot see: what
// engines make of it (test/kernel).
import { expect, it } from 'vitest';
import { ln } from '../../src/distributions/elementary.js';
import { parseDistribution } from '../../src/distributions/parse.js';
import { drawsAbove, talliesOf } from '../../src/plan/dependence.js';
import { exactText, Graph } from '../../src/plan/graph.js';
import { operandsOf, type PlanNode } from '../../src/plan/node.js';

const LAW = {
  intercept: 3,
  coef_ln_input_tokens: -0.2,
  coef_ln_output_tokens: 0.3,
  cap_tps: 900,
  input_tokens: [100, 1000],
  output_tokens: [100, 2000],
} as const;

function constant(value: number): PlanNode {
  return { kind: 'constant', value, ln: ln(value) };
}

function draw(variable: string, scale: 'tokens' | 'factor' = 'factor'): PlanNode {
  const distribution = parseDistribution({ uniform: { min: 1, max: 2 } }, (_, message) => {
    throw new Error(message);
  })!;
  return { kind: 'draw', variable, key: [1, 2], distribution, scale, per: 'query' };
}

it('holds equal nodes once, and tells zeros and infinities apart', () => {
  const graph = new Graph();
  expect(graph.place(draw('a'))).toBe(graph.place(draw('a')));
  expect(graph.place(constant(2))).toBe(graph.place(constant(2)));
  expect(graph.nodes).toHaveLength(2);
  expect(exactText(0)).not.toBe(exactText(-0));
  expect(exactText(Number.NaN)).not.toBe(exactText(Number.POSITIVE_INFINITY));
});

it('keeps the operands of a node in the order in which they were named', () => {
  const graph = new Graph();
  const [a, b] = ['a', 'b'].map((name) => graph.place(draw(name)));
  const [one, other] = [
    [a, b],
    [b, a],
  ].map((factors) => graph.place({ kind: 'product', factors, constant: 1, divisors: [] }));
  expect(one).not.toBe(other);
  expect(operandsOf(graph.nodes[other])).toEqual([b, a]);
});

it('folds a node of constants into the constant that its definition gives', () => {
  const graph = new Graph();
  const [a, b] = [6, 1.5].map((value) => graph.place(constant(value)));
  const product = graph.nodes[graph.place({ kind: 'product', factors: [a], constant: 2, divisors: [b] })];
  expect(product).toMatchObject({ kind: 'constant' });
  expect(product.kind === 'constant' && product.value).toBeCloseTo(8, 12);
  const total = graph.nodes[graph.place({ kind: 'total', terms: [a, b] })];
  expect(total.kind === 'constant' && total.value).toBeCloseTo(7.5, 12);
  const least = graph.nodes[graph.place({ kind: 'minimum', of: [a, b] })];
  expect(least.kind === 'constant' && least.value).toBeCloseTo(1.5, 12);
  const [input, output] = [500, 300].map((value) => graph.place(constant(value)));
  const tps = graph.nodes[graph.place({ kind: 'fit', law: LAW, input, output })];
  expect(tps.kind === 'constant' && tps.value).toBeCloseTo(Math.exp(3) * 500 ** -0.2 * 300 ** 0.3, 9);
});

it('takes a sum with nothing added, and a product of one factor, for what they are', () => {
  const graph = new Graph();
  const [base, other, weight] = [draw('a', 'tokens'), draw('b', 'tokens'), constant(0)].map((node) =>
    graph.place(node),
  );
  expect(graph.place({ kind: 'weightedSum', base, weight, other })).toBe(base);
  expect(graph.place({ kind: 'product', factors: [base], constant: 1, divisors: [] })).toBe(base);
});

it('knows the random variables that each node depends on', () => {
  const graph = new Graph();
  const [tokens, input, pue] = [draw('t', 'tokens'), constant(500), draw('pue')].map((node) => graph.place(node));
  const tps = graph.place({ kind: 'fit', law: LAW, input, output: tokens });
  const energy = graph.place({ kind: 'product', factors: [pue, tokens], constant: 1, divisors: [tps] });
  const above = drawsAbove(graph.nodes);
  expect([...above[input]]).toEqual([]);
  expect([...above[tps]]).toEqual([tokens]);
  expect([...above[energy]].sort()).toEqual([tokens, pue].sort());
});

it('tallies token counts where something else than indicators depends on them alone', () => {
  const graph = new Graph();
  const [output, input] = [draw('t', 'tokens'), constant(500)].map((node) => graph.place(node));
  const nodes = (['fit', 'capped'] as const).map((kind) => graph.place({ kind, law: LAW, input, output }));
  const plan = (of: readonly number[]) => ({
    ...({ pass: 1, samples: 10, sampler: 'pseudo', measures: [], services: [], inputs: [], blends: [] } as const),
    nodes: graph.nodes,
    counted: of.map((node) => ({ kind: 'node', of: node }) as const),
  });
  expect(talliesOf(plan([output, ...nodes]))).toEqual([{ tokens: output, counted: [0, 1, 2] }]);
  expect(talliesOf(plan([output, nodes[1]]))).toEqual([]);
});

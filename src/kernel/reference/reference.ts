import { type CompiledDistribution, compileDistribution } from '../../distributions/compile.js';
import { ln } from '../../distributions/elementary.js';
import { evaluate } from '../../plan/evaluate.js';
import { isComputed, type NodeId, type NodeOf, type PlanNode } from '../../plan/node.js';
import type { Plan } from '../../plan/plan.js';
import { BLOCK_SIZE, uniformsOf } from '../../random/uniforms.js';
import type { Kernel } from '../kernel.js';
import { allocate, type Layout } from '../layout.js';
import { sessionDraws, sessionNodes } from '../session-draws.js';
import { columnWords } from './column-words.js';

/**
 * The scalar TypeScript kernel: the plan in the log domain, node by node. Every draw is the quantile of one uniform number, so
 * any distribution costs one call; nothing is allocated per draw. Error: each ln energy is a sum of at most six terms of
 * rounding error below 1e-15 each, so energy agrees with the plain formula to 1e-13 relative (test/kernel).
 */
export async function referenceKernel(plan: Plan): Promise<Kernel<Float64Array>> {
  const { layout, uniforms, draw, compute } = await referenceModel(plan.nodes);
  const draws = drawsOf(plan.nodes).map(({ id, node }) => ({ id, node, fill: columnWords(plan.sampler, node) }));
  const sessions = await sessionDraws(sessionNodes(plan.nodes, [...plan.nodes.keys()]), layout);
  return {
    layout,
    evaluate(block, n) {
      for (const drawSessions of sessions) drawSessions(block, 0);
      for (const { id, node, fill } of draws) {
        fill(block, layout.scratch.words);
        uniformsOf(node.key, block, layout.scratch.words, uniforms);
        draw(id, n);
      }
      compute(n);
    },
  };
}

/** The kernel in its two steps, for those who bring uniform numbers of their own. */
export interface ReferenceModel {
  readonly layout: Layout;
  /** Of one variable, for a block. */
  readonly uniforms: Float64Array;
  /** Fills a variable's draws with the quantiles of `uniforms`. */
  draw(id: NodeId, n: number): void;
  /** Computes all other nodes from the variables' draws. */
  compute(n: number): void;
}

/** The random variables of a plan, with their places. */
export function drawsOf(nodes: readonly PlanNode[]): { readonly id: NodeId; readonly node: NodeOf<'draw'> }[] {
  return nodes.flatMap((node, id) => (node.kind === 'draw' ? [{ id, node }] : []));
}

export async function referenceModel(nodes: readonly PlanNode[]): Promise<ReferenceModel> {
  const draws = drawsOf(nodes);
  const compiled = new Map(
    await Promise.all(draws.map(async ({ id, node }) => [id, await compileDistribution(node.distribution)] as const)),
  );
  const layout = allocate(
    nodes,
    nodes.map((_, id) => id),
    Float64Array,
  );
  fillConstants(nodes, layout);
  const uniforms = new Float64Array(BLOCK_SIZE);
  return {
    layout,
    uniforms,
    draw(id, n) {
      const node = nodes[id];
      const distribution = compiled.get(id);
      if (node.kind !== 'draw' || distribution === undefined) throw new RangeError('only variables are drawn');
      drawColumn(node, distribution, uniforms, n, layout.value[id], layout.ln[id]);
    },
    compute(n) {
      nodes.forEach((node, id) => {
        if (isComputed(node)) evaluate<typeof node.kind>(node, layout, n, layout.ln[id], layout.value[id]);
      });
    },
  };
}

function fillConstants(nodes: readonly PlanNode[], { value, ln: lnOf }: Layout): void {
  nodes.forEach((node, id) => {
    if (node.kind !== 'constant') return;
    value[id].fill(node.value);
    lnOf[id].fill(node.ln);
  });
}

function drawColumn(
  { scale }: NodeOf<'draw'>,
  { quantile, lnQuantile }: CompiledDistribution,
  uniforms: Float64Array,
  n: number,
  value: Float64Array,
  lnValue: Float64Array,
): void {
  if (scale === 'tokens') drawTokens(quantile, uniforms, n, value, lnValue);
  else if (scale === 'weight') drawWeights(quantile, uniforms, n, value, lnValue);
  else drawFactors(lnQuantile ?? ((u) => ln(quantile(u))), uniforms, n, lnValue);
}

type Quantile = CompiledDistribution['quantile'];

function drawTokens(quantile: Quantile, uniforms: Float64Array, n: number, value: Float64Array, lnValue: Float64Array) {
  for (let i = 0; i < n; i++) {
    const tokens = Math.round(quantile(uniforms[i]));
    value[i] = tokens;
    lnValue[i] = tokens === 0 ? Number.NEGATIVE_INFINITY : ln(tokens);
  }
}

function drawWeights(
  quantile: Quantile,
  uniforms: Float64Array,
  n: number,
  value: Float64Array,
  lnValue: Float64Array,
) {
  for (let i = 0; i < n; i++) {
    value[i] = quantile(uniforms[i]);
    lnValue[i] = ln(value[i]);
  }
}

function drawFactors(lnQuantile: Quantile, uniforms: Float64Array, n: number, lnValue: Float64Array): void {
  for (let i = 0; i < n; i++) lnValue[i] = lnQuantile(uniforms[i]);
}

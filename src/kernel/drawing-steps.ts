import type { ColumnPlan, Plan } from '../plan.js';
import type { Sampler } from '../sampling/sampler.js';
import { columnFill } from './column-uniforms.js';
import { type Drawing, type DrawingStep, drawingOf } from './drawing.js';
import type { Layout } from './layout.js';
import type { Operations, Step } from './operations.js';

/** A random column with its place in the plan and its operations. */
interface Drawn {
  readonly index: number;
  readonly column: ColumnPlan;
  readonly drawing: Drawing;
}

/**
 * The block operations that draw a plan's random columns. Columns of one stream come one after the other, so that its uniform
 * and normal numbers are made once.
 */
export async function drawingSteps(plan: Plan, layout: Layout, operations: Operations): Promise<Step[]> {
  const random = plan.columns.map((column, index) => ({ column, index })).filter(({ column }) => !isConstant(column));
  const drawn = await Promise.all(
    random.map(async ({ column, index }) => ({ column, index, drawing: await drawingOf(column.distribution) })),
  );
  const streams = new Set(drawn.map(({ column }) => streamOf(column)));
  return [...streams].flatMap((stream) =>
    streamSteps(
      plan.sampler,
      drawn.filter(({ column }) => streamOf(column) === stream),
      layout,
      operations,
    ),
  );
}

/** What columns of the same uniform numbers share. */
function streamOf({ key, correlated }: ColumnPlan): string {
  return JSON.stringify([key, correlated]);
}

/** Whether a column holds one value in every draw. */
export function isConstant({ distribution }: ColumnPlan): boolean {
  return distribution.family === 'constant';
}

function streamSteps(sampler: Sampler, columns: readonly Drawn[], layout: Layout, operations: Operations): Step[] {
  const [u, z, list] = [layout.uniforms, layout.normals, layout.kept].map(({ byteOffset }) => byteOffset);
  const normals: Step = () => operations.normals(u, z, list);
  const needsNormals = columns.some(({ column, drawing }) => chainOf(column, drawing)[0]?.kind === 'normal');
  return [
    uniformStep(sampler, columns[0].column, layout, operations),
    ...(needsNormals ? [normals] : []),
    ...columns.flatMap((column) => columnSteps(column, layout, operations)),
  ];
}

function uniformStep(sampler: Sampler, column: ColumnPlan, { uniforms, kept }: Layout, operations: Operations): Step {
  const list = kept.byteOffset;
  // Points and sums of scores are TypeScript's, so that both engines agree on them.
  const fill = columnFill(sampler, column, ([k0, k1], block, { byteOffset }) =>
    operations.uniforms(k0, k1, block, Math.floor(block / 2 ** 32), byteOffset, list),
  );
  return (block) => fill(block, uniforms);
}

function chainOf({ scale }: ColumnPlan, drawing: Drawing): readonly DrawingStep[] {
  return scale === 'factor' ? drawing.ln : drawing.value;
}

/** The variable itself where it is used, and its logarithm. */
function columnSteps({ index, column, drawing }: Drawn, layout: Layout, operations: Operations): Step[] {
  const lnValue = layout.ln[index];
  if (column.scale === 'factor') return chainSteps(drawing.ln, lnValue, layout, operations);
  const value = layout.value[index];
  const at = value.byteOffset;
  return [
    ...chainSteps(drawing.value, value, layout, operations),
    ...(column.scale === 'tokens' ? [() => operations.rounded(at, at)] : []),
    () => operations.logarithms(at, lnValue.byteOffset),
  ];
}

/** A chain of operations from the uniform numbers, or from the normal ones made of them, to a column. */
function chainSteps(chain: readonly DrawingStep[], out: Float64Array, layout: Layout, operations: Operations): Step[] {
  const fromNormals = chain[0]?.kind === 'normal';
  const rest = fromNormals ? chain.slice(1) : chain;
  let source = fromNormals ? layout.normals : layout.uniforms;
  return rest.map((step) => {
    // The normal quantile looks at its column twice, so it cannot be written over it.
    const target = step.kind === 'normal' ? layout.divisor : out;
    const compiled = chainStep(step, source, target, layout, operations);
    source = target;
    return compiled;
  });
}

function chainStep(
  step: DrawingStep,
  source: Float64Array,
  target: Float64Array,
  { kept }: Layout,
  operations: Operations,
): Step {
  const [from, to] = [source.byteOffset, target.byteOffset];
  switch (step.kind) {
    case 'affine':
      return () => operations.affine(from, step.scale, step.shift, to);
    case 'clamp':
      return () => operations.clamp(from, step.low, step.high, to);
    case 'ln':
      return () => operations.logarithms(from, to);
    case 'exp':
      return () => operations.exponentials(from, to);
    case 'normal':
      return () => operations.normals(from, to, kept.byteOffset);
    case 'quantile':
      return () => {
        for (let i = 0; i < source.length; i++) target[i] = step.quantile(source[i]);
      };
  }
}

import type { MeasuredRow } from './measured-row.js';

/**
 * Rows that are points of one curve, of one dataset's model on the same accelerators for one workload at several concurrencies, and
 * count different things: a curve through both would take the difference between boundaries for one between concurrencies. A point that
 * is stated at two boundaries is none of these, nor are rows without concurrency, which are scored by nothing.
 *
 * @returns the first row of each curve that departs from its first boundary, with what to do
 */
export function mixedBoundaries(rows: readonly MeasuredRow[]): { readonly line: number; readonly message: string }[] {
  const curves = new Map<string, MeasuredRow[]>();
  for (const row of rows.filter(({ concurrency }) => concurrency !== undefined)) {
    const curve = curveOf(row);
    curves.set(curve, [...(curves.get(curve) ?? []), row]);
  }
  return [...curves.values()].flatMap(mixtureOf);
}

function mixtureOf(rows: readonly MeasuredRow[]) {
  const [first] = rows;
  const other = rows.find(({ boundary }) => boundary !== first.boundary);
  if (other === undefined || everyPointAtBoth(rows)) return [];
  const alike = `line ${first.line} of the same dataset, model, accelerators, quantization and workload`;
  const remedy = 'bring both to one boundary, or name their datasets apart';
  return [
    {
      line: other.line,
      message: `boundary: ${other.boundary}, where ${alike} has ${first.boundary}; figures of different boundaries are no one curve: ${remedy}`,
    },
  ];
}

/** Whether each operating point of the rows stands at every boundary: then it was measured at several, and nothing is mixed. */
function everyPointAtBoth(rows: readonly MeasuredRow[]): boolean {
  const boundaries = new Set(rows.map(({ boundary }) => boundary)).size;
  const points = new Map<string, Set<string>>();
  for (const row of rows) {
    const point = JSON.stringify([row.input_tokens, row.output_tokens, row.concurrency]);
    points.set(point, (points.get(point) ?? new Set()).add(row.boundary));
  }
  return [...points.values()].every((at) => at.size === boundaries);
}

function curveOf(row: MeasuredRow): string {
  const { dataset, model, accelerator, accelerator_count, quantization, workload, modality } = row;
  return JSON.stringify([dataset, model, accelerator, accelerator_count, quantization, workload, modality]);
}

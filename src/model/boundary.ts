/**
 * What an energy counts, from the inside out. A figure of one boundary becomes one of another by what lies between them; a life
 * cycle, and what no source states, are never converted.
 */
export const BOUNDARIES = ['gpu_board', 'node_ac', 'facility', 'fleet', 'lifecycle', 'unknown'] as const;

export type Boundary = (typeof BOUNDARIES)[number];

/** Those that lie one in another, in order. */
export const NESTED_BOUNDARIES = ['gpu_board', 'node_ac', 'facility', 'fleet'] as const satisfies readonly Boundary[];

export type NestedBoundary = (typeof NESTED_BOUNDARIES)[number];

/** Whether figures of a boundary can be converted at all. */
export function isNested(boundary: Boundary): boundary is NestedBoundary {
  return NESTED_BOUNDARIES.some((one) => one === boundary);
}

/** Energies of one boundary as their sum. Throws a RangeError for energies of different boundaries, which add up to nothing. */
export function sumAtOneBoundary(energies: readonly { readonly wh: number; readonly boundary: Boundary }[]): number {
  const [first] = energies;
  const other = energies.find(({ boundary }) => boundary !== first.boundary);
  if (other !== undefined)
    throw new RangeError(
      `energies of ${first.boundary} and ${other.boundary} do not add up; convert one of them first`,
    );
  return energies.reduce((sum, { wh }) => sum + wh, 0);
}

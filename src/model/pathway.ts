/** Names the energy that no pathway has changed. */
export const BASELINE = 'baseline';

/** Names the improvement that the fleet states for itself. */
export const LINE_OF_SIGHT = 'line-of-sight';

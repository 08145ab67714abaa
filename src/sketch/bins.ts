/** Bins per unit of ln x: a bin spans 1e-4 in ln x, so a value is known to 1e-4 relative. */
export const BINS_PER_E = 10000;

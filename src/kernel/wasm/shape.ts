// Constants that the kernel's two languages share: nothing else stands here, for both compilers read it.

/** Whole numbers from 0 on whose logarithms the kernel looks up. */
export const LN_TABLE_LENGTH = 32768;

/** Octaves of a side of a cubic table: the exponents 18 to 30 of a tail in words, and one on either hand that holds no value. */
export const OCTAVES = 15;
/** The least of these exponents, of the one that holds no value. */
export const LEAST_OCTAVE = 17;

/** Bytes of the record of a window of counts. */
export const WINDOW_BYTES = 32;
/** Where in it stands the least value that a bin took, a single; the greatest, a single. */
export const WINDOW_LOW = 0;
export const WINDOW_HIGH = 4;
/** 1 once a byte was carried to a word. */
export const WINDOW_CARRIED = 8;
/** The first bin, a whole number; how many bins there are; addresses of their words and of their bytes. */
export const WINDOW_FIRST = 12;
export const WINDOW_LENGTH = 16;
export const WINDOW_WORDS = 20;
export const WINDOW_COUNTS = 24;

/** Bytes of the record of a trim, and where in it stand the lowest and the highest bin that it keeps, singles. */
export const TRIM_BYTES = 24;
export const TRIM_LOWEST = 0;
export const TRIM_HIGHEST = 4;
/** Addresses of columns for values that no window took, of kept draws and of others, and how many there are of each. */
export const TRIM_ODD_KEPT = 8;
export const TRIM_ODD_OTHERS = 12;
export const TRIM_MANY_KEPT = 16;
export const TRIM_MANY_OTHERS = 20;

/** Numbers, singles, of the record of a fit, and where each stands: see `CompiledFit`. */
export const FIT_NUMBERS = 7;
export const FIT_START = 0;
export const FIT_OF_INPUT = 4;
export const FIT_INPUT_MIDDLE = 8;
export const FIT_OF_OUTPUT = 12;
export const FIT_OUTPUT_MIDDLE = 16;
export const FIT_LN_SHORTEST = 20;
export const FIT_LN_CAP = 24;

/** Numbers of the record of an energy: addresses of four factors' columns, then ln of its unit, a single. */
export const ENERGY_NUMBERS = 5;
export const ENERGY_UNIT = 16;

/** Windows lie between these bins, e^-419 to e^419: the kernel finds bins by the lowest 22 bits of a single. */
export const MOST_BIN = 4194304;

/** Single values, ascending and each once, with their shares of draws. */
export interface Atoms {
  readonly lnValues: Float64Array;
  readonly shares: Float64Array;
  /** Share of the draws at the first 0, 1, 2, … of them. */
  readonly cumulated: Float64Array;
}

export const NO_ATOMS = ascendingAtoms(new Float64Array(0), new Float64Array(0));

/** Atoms from finite ln values that ascend already, each once, and the shares of draws at them. */
export function ascendingAtoms(lnValues: Float64Array, shares: Float64Array): Atoms {
  const cumulated = new Float64Array(shares.length + 1);
  for (let i = 0; i < shares.length; i++) cumulated[i + 1] = cumulated[i] + shares[i];
  return { lnValues, shares, cumulated };
}

/** Atoms from finite ln values in any order; shares of equal values are added up, and values without any left out. */
export function sortedAtoms(lnValues: Float64Array, shares: Float64Array): Atoms {
  const order = orderOf(lnValues);
  const [values, sums] = [new Float64Array(order.length), new Float64Array(order.length)];
  let count = 0;
  for (const i of order) {
    if (shares[i] === 0) continue;
    if (count === 0 || values[count - 1] !== lnValues[i]) values[count++] = lnValues[i];
    sums[count - 1] += shares[i];
  }
  return ascendingAtoms(values.slice(0, count), sums.slice(0, count));
}

/**
 * Positions in ascending order of their values. What rises or falls all along, as most functions of a count do, needs
 * no sorting.
 */
function orderOf(values: Float64Array): Uint32Array {
  const order = Uint32Array.from(values, (_, i) => i);
  let [rises, falls] = [true, true];
  for (let i = 1; i < values.length; i++) {
    if (values[i] < values[i - 1]) rises = false;
    if (values[i] > values[i - 1]) falls = false;
  }
  if (rises) return order;
  return falls ? order.reverse() : order.sort((a, b) => values[a] - values[b] || a - b);
}

/** Entries of an ascending list that are at most x. */
export function countUpTo(ascending: Float64Array, x: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}

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
  const [values, weights] = isSorted(lnValues) ? [lnValues, shares] : inOrder(lnValues, shares);
  const [own, sums] = [new Float64Array(values.length), new Float64Array(values.length)];
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    if (weights[i] === 0) continue;
    if (count === 0 || own[count - 1] !== values[i]) own[count++] = values[i];
    sums[count - 1] += weights[i];
  }
  return ascendingAtoms(own.subarray(0, count), sums.subarray(0, count));
}

function isSorted(values: Float64Array): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] < values[i - 1]) return false;
  return true;
}

/**
 * Both lists in ascending order of the first. What falls all along, as some functions of a count do, needs no sorting.
 */
function inOrder(values: Float64Array, shares: Float64Array): readonly [Float64Array, Float64Array] {
  const backwards = values.slice().reverse();
  if (isSorted(backwards)) return [backwards, shares.slice().reverse()];
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a] - values[b] || a - b);
  return [Float64Array.from(order, (i) => values[i]), Float64Array.from(order, (i) => shares[i])];
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

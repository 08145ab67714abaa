/**
 * Shapley values of `k` players in a game: each player's mean gain over all orders of joining. They add up to
 * worth(all) - worth(none). Source: Shapley, "A value for n-person games", 1953.
 *
 * @param worth of a coalition, as a bit set; called once for each of the 2^k
 */
export function shapleyValues(k: number, worth: (coalition: number) => number): number[] {
  const worths = Float64Array.from({ length: 2 ** k }, (_, coalition) => worth(coalition));
  const weights = orderShares(k);
  return Array.from({ length: k }, (_, player) => {
    let value = 0;
    for (let coalition = 0; coalition < worths.length; coalition++) {
      if ((coalition >> player) & 1) continue;
      value += weights[bitCount(coalition)] * (worths[coalition | (1 << player)] - worths[coalition]);
    }
    return value;
  });
}

/** Share of the orders in which exactly a given coalition of each size stands before a given player: s! (k - s - 1)! / k!. */
function orderShares(k: number): number[] {
  const shares = [1 / k];
  for (let size = 1; size < k; size++) shares.push((shares[size - 1] * size) / (k - size));
  return shares;
}

function bitCount(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count++;
  return count;
}

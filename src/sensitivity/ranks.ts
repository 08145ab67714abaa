/** Ranks from 1, equal values sharing their mean rank. */
export function ranks(column: Float64Array): Float64Array {
  const order = sortedOrder(column);
  const out = new Float64Array(column.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && column[order[to]] === column[order[from]]) to++;
    for (let i = from; i < to; i++) out[order[i]] = (from + 1 + to) / 2;
    from = to;
  }
  return out;
}

/** Positions in ascending order of their values. */
export function sortedOrder(column: Float64Array): Uint32Array {
  return Uint32Array.from(column.keys()).sort((i, j) => column[i] - column[j]);
}

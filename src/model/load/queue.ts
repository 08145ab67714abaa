/** What becomes of work that arrives hour by hour at nodes of limited capacity. */
export interface Served {
  /** Work served in each hour, in the order in which it arrived. */
  readonly served: readonly number[];
  /** Work that arrived in each hour and is served in a later one. */
  readonly late: readonly number[];
}

/**
 * Serves what each hour brings as far as its capacity reaches; the rest waits for the next hour with room. Hours are circular:
 * what the last leaves waits for the first. The work of all hours must not exceed their capacity.
 *
 * Queueing by the recursion of Lindley (Mathematical Proceedings of the Cambridge Philosophical Society 48, 1952): from an empty
 * start, one turn through the hours leaves what waits at the start of every turn.
 */
export function serveInOrder(arrived: readonly number[], capacity: readonly number[]): Served {
  const left = (waiting: number, hour: number) => Math.max(0, waiting + arrived[hour] - capacity[hour]);
  let waiting = arrived.reduce((before, _, hour) => left(before, hour), 0);
  const served: number[] = [];
  const late: number[] = [];
  for (let hour = 0; hour < arrived.length; hour++) {
    served.push(Math.min(waiting + arrived[hour], capacity[hour]));
    waiting = left(waiting, hour);
    late.push(Math.min(arrived[hour], waiting));
  }
  return { served, late };
}

import { LOWEST_SATURATED_CAP, LOWEST_SATURATED_CLOCK } from '../../model/power-management/management-complaints.js';
import type { Facts, Lever, Proposal } from '../lever.js';

/** Queries in flight up to which decode waits for memory: FP8 over BF16 turns there from a cost to a saving (ML.ENERGY v3). */
const MEMORY_BOUND_QUERIES = 32;

/** Lowest lock at which decode that waits for memory is still measured, see `LOWEST_DECODE_CLOCK`. */
const DECODE_CLOCK = 0.7;

/** Locks the clock at the lowest that was measured: of a full node in both phases, of decode alone where few queries are in flight. */
export const CLOCK: Lever = {
  name: 'clock',
  about: 'lock the clock of the accelerators',
  cause: 'power of the node',
  basis: 'measured',
  source:
    'full node: MaxQ on eight H200, MLPerf v4.1; few queries: locks on H200, arXiv 2605.11999 (power-management.csv)',
  propose: (facts) =>
    unmanaged(facts, () =>
      isMemoryBound(facts) ? { clock: DECODE_CLOCK, phase: 'decode' } : { clock: LOWEST_SATURATED_CLOCK },
    ),
};

/** Caps the node at the lowest power that was measured. */
export const CAP: Lever = {
  name: 'cap',
  about: 'cap the power of the node',
  cause: 'power of the node',
  basis: 'measured',
  source: 'MaxQ on eight H200, MLPerf v4.1 (power-management.csv)',
  propose: (facts) => unmanaged(facts, () => ({ cap: LOWEST_SATURATED_CAP })),
};

function unmanaged({ scenario }: Facts, value: () => unknown): Proposal {
  if (scenario.power_management) return { because: 'power is managed already' };
  return { settings: [{ key: 'power_management', value: value() }] };
}

/** Idle nodes of a load stand in no phase, so that beside one both are managed. */
function isMemoryBound({ scenario: { load, regimes } }: Facts): boolean {
  const isFew = regimes.every(
    ({ concurrency }) => concurrency?.family === 'constant' && concurrency.parameters.value <= MEMORY_BOUND_QUERIES,
  );
  return load === undefined && isFew;
}

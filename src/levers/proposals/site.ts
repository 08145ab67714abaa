import type { Facts, Lever } from '../lever.js';
import { setEverywhere } from '../stated.js';

const NO_LOAD = 'the scenario states no load: its nodes are always full';

/** Nodes that serve nothing are parked, an hour after the load has gone. */
export const AUTOSCALE: Lever = {
  name: 'autoscale',
  about: 'let the serving nodes follow the load an hour late',
  cause: 'nodes serving',
  basis: 'assumed',
  source:
    'lag and floor are assumptions; DeepSeek had 0.82 of its peak nodes in use on average (open-source week, 2025)',
  propose({ scenario: { load } }) {
    if (load === undefined) return { because: NO_LOAD };
    if (load.floor < 1) return { because: 'the serving nodes follow the load already' };
    return { settings: [{ key: 'load.autoscale', value: { floor: 0, lag_h: 1 } }] };
  },
};

/** Halves the headroom above the peak hour. */
export const PEAK_LOAD: Lever = {
  name: 'peak_load',
  about: 'own fewer nodes: half the headroom in the peak hour',
  cause: 'nodes owned',
  basis: 'assumed',
  source: 'half the headroom is an assumption; limits on latency decide how much of it can go',
  propose({ scenario: { load } }) {
    if (load === undefined) return { because: NO_LOAD };
    if (load.peak_load === 1) return { because: 'the peak hour has no headroom' };
    return { settings: [{ key: 'load.peak_load', value: Number(((1 + load.peak_load) / 2).toPrecision(4)) }] };
  },
};

/** PUE of Google's fleet in 2024. Source: pue.csv, EcoLogits providers configuration. */
const BEST_FLEET_PUE = 1.09;

/** A site as good as the best fleet that is reported. */
export const PUE: Lever = {
  name: 'pue',
  about: 'move to a site as good as the best fleet reported',
  cause: 'site',
  basis: 'published',
  source: "Google's fleet, 2024 (pue.csv)",
  propose({ written, scenario }: Facts) {
    const isBetter = scenario.regimes.every(
      ({ pue }) => pue.family === 'constant' && pue.parameters.value <= BEST_FLEET_PUE,
    );
    if (isBetter) return { because: `the PUE is ${BEST_FLEET_PUE} or better` };
    return { settings: setEverywhere(written, 'pue', BEST_FLEET_PUE) };
  },
};

import { WH_PER_KJ } from '../energy.js';
import type { Formula } from './formula.js';

/** Energy per query: power of the facility for the node, times the seconds of the whole node that the request costs. */
export const REQUEST_COST: Formula<'pue' | 'node_power_kw' | 'power_utilization' | 'node_seconds'> = {
  name: 'request-cost',
  source: 'the energy-per-query equation of Oviedo et al., arXiv 2509.20241, with what a request costs in node-seconds',
  boundary: 'facility',
  takes: ['pue', 'node_power_kw', 'power_utilization', 'node_seconds'],
  energy: (q, { product }) => product([q.pue, q.node_power_kw, q.power_utilization, q.node_seconds, WH_PER_KJ]),
  node_seconds: (q) => q.node_seconds,
};

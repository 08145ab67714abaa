import { WH_PER_KJ } from '../energy.js';
import type { Formula } from './formula.js';

/** Energy per query: power of the facility for the node, times the seconds that the node needs. */
export const OVIEDO: Formula<'pue' | 'node_power_kw' | 'power_utilization' | 'effective_tokens' | 'tps'> = {
  name: 'oviedo',
  source: 'Oviedo et al., arXiv 2509.20241, the energy-per-query equation',
  boundary: 'facility',
  takes: ['pue', 'node_power_kw', 'power_utilization', 'effective_tokens', 'tps'],
  energy: (q, { product }) =>
    product([q.pue, q.node_power_kw, q.power_utilization, q.effective_tokens, WH_PER_KJ], [q.tps]),
  node_seconds: (q, { product }) => product([q.effective_tokens], [q.tps]),
};

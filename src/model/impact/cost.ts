import type { Impact, ImpactPart } from './impact.js';

const WH_PER_KWH = 1000;

const SECONDS_PER_HOUR = 3600;

/** The electricity of a query. */
const ENERGY: ImpactPart<'energy' | 'price_per_kwh'> = {
  metric: 'cost_energy',
  source: 'energy times its price',
  takes: ['energy', 'price_per_kwh'],
  of: (q, { product }) => product([q.energy, q.price_per_kwh, 1 / WH_PER_KWH]),
};

/** A query's share of a node's hours. */
const NODE: ImpactPart<'node_seconds' | 'price_per_node_hour'> = {
  metric: 'cost_node',
  source: 'seconds of the node times the price of its hour',
  takes: ['node_seconds', 'price_per_node_hour'],
  of: (q, { product }) => product([q.node_seconds, q.price_per_node_hour, 1 / SECONDS_PER_HOUR]),
};

/** What a query costs, in the currency that the scenario states. */
export const COST: Impact = { metric: 'cost', parts: [ENERGY, NODE] };

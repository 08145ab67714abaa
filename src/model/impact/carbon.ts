import type { Impact, ImpactPart } from './impact.js';

/** Wh in a kWh. */
const WH_PER_KWH = 1000;

const GRAMS_PER_KG = 1000;

/** A year of 365 days, as lifetimes of equipment are counted. */
const SECONDS_PER_YEAR = 365 * 24 * 3600;

/** Emissions of the electricity that a query takes, gCO2e: scope 2 of who runs the site. */
const GRID: ImpactPart<'energy' | 'grid_gco2e_per_kwh'> = {
  metric: 'carbon_grid',
  source: 'the operational term of the SCI specification, E · I (ISO/IEC 21031:2024)',
  takes: ['energy', 'grid_gco2e_per_kwh'],
  of: (q, { product }) => product([q.energy, q.grid_gco2e_per_kwh, 1 / WH_PER_KWH]),
};

/** A query's share of what making its node emitted, gCO2e: scope 3, category 2, of who runs the site. */
const EMBODIED: ImpactPart<'node_seconds' | 'embodied_kgco2e_per_node' | 'lifetime_years' | 'lifetime_utilization'> = {
  metric: 'carbon_embodied',
  source: 'the embodied term of the SCI specification, M = total · time used / lifetime (ISO/IEC 21031:2024)',
  takes: ['node_seconds', 'embodied_kgco2e_per_node', 'lifetime_years', 'lifetime_utilization'],
  of: (q, { product }) =>
    product(
      [q.node_seconds, q.embodied_kgco2e_per_node, GRAMS_PER_KG / SECONDS_PER_YEAR],
      [q.lifetime_years, q.lifetime_utilization],
    ),
};

/** Emissions of a query, gCO2e. */
export const CARBON: Impact = { metric: 'carbon', parts: [GRID, EMBODIED] };

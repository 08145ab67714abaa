import type { Impact } from './impact.js';

/** Wh in a kWh. */
const WH_PER_KWH = 1000;

/** Emissions of the electricity that a query takes, gCO2e: scope 2 of who runs the site. */
export const CARBON: Impact<'energy' | 'grid_gco2e_per_kwh'> = {
  metric: 'carbon',
  source: 'the operational term of the SCI specification, E · I (ISO/IEC 21031:2024)',
  takes: ['energy', 'grid_gco2e_per_kwh'],
  of: (q, { product }) => product([q.energy, q.grid_gco2e_per_kwh, 1 / WH_PER_KWH]),
};

import type { Impact, ImpactPart } from './impact.js';

/** Water that the site evaporates for the energy of its servers, mL: one L/kWh is one mL/Wh. */
const SITE: ImpactPart<'energy' | 'pue' | 'wue_site_l_per_kwh'> = {
  metric: 'water_site',
  source: 'Li et al., Making AI Less Thirsty, arXiv 2304.03271: site water use effectiveness is per kWh of the servers',
  takes: ['energy', 'pue', 'wue_site_l_per_kwh'],
  of: (q, { product }) => product([q.energy, q.wue_site_l_per_kwh], [q.pue]),
};

/** Water that generating the facility's electricity consumes, mL. */
const GRID: ImpactPart<'energy' | 'wue_grid_l_per_kwh'> = {
  metric: 'water_grid',
  source: 'Li et al., Making AI Less Thirsty, arXiv 2304.03271: off-site water is PUE times that of the servers',
  takes: ['energy', 'wue_grid_l_per_kwh'],
  of: (q, { product }) => product([q.energy, q.wue_grid_l_per_kwh]),
};

/** Water that a query consumes, mL. Energies are those of the facility, so PUE counts once. */
export const WATER: Impact = { metric: 'water', parts: [SITE, GRID] };

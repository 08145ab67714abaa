import { PHYSICAL_BOUNDS, type PhysicalBounds } from '../physical-bounds.js';

/** What is stated of a site, its electricity and its nodes, for what a query causes beside its energy. */
interface ImpactQuantity {
  /** Where a scenario states it; also the name of its stream. */
  readonly key: string;
  readonly unit: string;
  /** Its place among the Sobol dimensions; absent for one that shares none. */
  readonly dimension?: number;
  readonly physical: PhysicalBounds;
  /** Whether a draw of it may be 0. */
  readonly zero: 'never' | 'fine';
  readonly about: string;
}

/** All of it, by the names that impacts have for it. */
export const IMPACT_INPUTS = {
  grid_gco2e_per_kwh: {
    key: 'impact.grid.gco2e_per_kwh',
    unit: 'gCO2e/kWh',
    dimension: 15,
    physical: PHYSICAL_BOUNDS.gco2e_per_kwh,
    zero: 'fine',
    about:
      'Emissions of a kWh of the electricity that the site takes, gCO2e: location-based unless basis says otherwise.',
  },
  embodied_kgco2e_per_node: {
    key: 'impact.embodied.kgco2e_per_node',
    unit: 'kgCO2e',
    physical: PHYSICAL_BOUNDS.kgco2e_per_node,
    zero: 'fine',
    about:
      'Emissions of making the whole node with its accelerators, kgCO2e; 7,000 to 7,900 for eight H100 (EcoLogits).',
  },
  lifetime_years: {
    key: 'impact.embodied.lifetime_years',
    unit: 'years',
    physical: PHYSICAL_BOUNDS.lifetime_years,
    zero: 'never',
    about: 'Years that a node is in use.',
  },
  lifetime_utilization: {
    key: 'impact.embodied.utilization',
    unit: '1',
    physical: PHYSICAL_BOUNDS.lifetime_utilization,
    zero: 'never',
    about: 'Share of those years in which the node serves queries.',
  },
  wue_site_l_per_kwh: {
    key: 'impact.water.wue_site_l_per_kwh',
    unit: 'L/kWh',
    physical: PHYSICAL_BOUNDS.l_per_kwh,
    zero: 'fine',
    about: 'Water that the site evaporates for a kWh of its servers, L.',
  },
  wue_grid_l_per_kwh: {
    key: 'impact.water.wue_grid_l_per_kwh',
    unit: 'L/kWh',
    physical: PHYSICAL_BOUNDS.l_per_kwh,
    zero: 'fine',
    about: 'Water that generating a kWh of electricity consumes, L; that of grid.region where neither is stated.',
  },
  price_per_kwh: {
    key: 'impact.cost.price_per_kwh',
    unit: 'currency/kWh',
    physical: PHYSICAL_BOUNDS.price,
    zero: 'fine',
    about: 'Price of a kWh of electricity.',
  },
  price_per_node_hour: {
    key: 'impact.cost.node_hour',
    unit: 'currency/h',
    physical: PHYSICAL_BOUNDS.price,
    zero: 'fine',
    about: 'Price of an hour of the whole node, without its electricity where that is counted by itself.',
  },
} as const satisfies Readonly<Record<string, ImpactQuantity>>;

/** Name of something stated for impacts. */
export type ImpactInput = keyof typeof IMPACT_INPUTS;

/** The names of what may be stated for impacts. */
export const IMPACT_INPUT_NAMES = Object.keys(IMPACT_INPUTS) as readonly ImpactInput[];

/** Whether a name is that of something stated for impacts. */
export function isImpactInput(name: string): name is ImpactInput {
  return Object.hasOwn(IMPACT_INPUTS, name);
}

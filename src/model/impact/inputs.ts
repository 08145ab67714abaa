import { PHYSICAL_BOUNDS, type PhysicalBounds } from '../physical-bounds.js';

/** What is stated of a site and its electricity, for what a query causes beside its energy. Its key is under `impact`. */
export const IMPACT_INPUTS = {
  grid_gco2e_per_kwh: {
    key: 'impact.grid.gco2e_per_kwh',
    unit: 'gCO2e/kWh',
    dimension: 15,
    physical: PHYSICAL_BOUNDS.gco2e_per_kwh,
    about:
      'Emissions of a kWh of the electricity that the site takes, gCO2e: location-based unless basis says otherwise.',
  },
} as const satisfies Readonly<
  Record<string, { key: string; unit: string; dimension?: number; physical: PhysicalBounds; about: string }>
>;

/** Name of something stated for impacts. */
export type ImpactInput = keyof typeof IMPACT_INPUTS;

/** The names of what may be stated for impacts. */
export const IMPACT_INPUT_NAMES = Object.keys(IMPACT_INPUTS) as readonly ImpactInput[];

/** Whether a name is that of something stated for impacts. */
export function isImpactInput(name: string): name is ImpactInput {
  return Object.hasOwn(IMPACT_INPUTS, name);
}

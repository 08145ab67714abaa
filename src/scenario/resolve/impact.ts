import { ln } from '../../distributions/elementary.js';
import type { Distribution } from '../../distributions/index.js';
import { type RegionYear, regionYear } from '../../model/catalogue/regions.js';
import { IMPACT_INPUT_NAMES, IMPACT_INPUTS, type ImpactInput } from '../../model/impact/inputs.js';
import type { Complain } from '../kinds/kind.js';
import type { ResolvedImpact, ResolvedLoad } from '../resolved.js';
import type { Scenario } from '../schema.js';
import type { Impact } from '../sections/impact.js';
import { hourlyGrid } from './hourly-grid.js';

/**
 * What a region's yearly mean may still be, as the standard deviation of its logarithm: values of 2023 differ by 6 % between the
 * releases of Our World in Data of 2023 and 2026, over 20 countries.
 */
const VINTAGE_SD = 0.06;

/** What is stated for impacts, under the names of its variables, and what a reader must know of it. */
export function resolveImpact(
  { impact }: Scenario,
  load: ResolvedLoad | undefined,
  complain: Complain,
): { readonly impact?: ResolvedImpact; readonly notes: readonly string[] } {
  if (impact === undefined) return { notes: [] };
  const region = regionOf(impact, complain);
  const hourly = impact.grid?.hourly && hourlyGrid(impact.grid.hourly, load);
  const found: Partial<Record<ImpactInput, Distribution>> = {
    ...statedInputs(impact),
    ...regionGrid(region),
    ...(hourly?.intensity && { grid_gco2e_per_kwh: hourly.intensity }),
  };
  const isWaterKnown = impact.water && !impact.water.wue_grid_l_per_kwh && region?.water_l_per_kwh !== undefined;
  if (isWaterKnown) found.wue_grid_l_per_kwh = always(region.water_l_per_kwh as number);
  const inputs = Object.fromEntries(IMPACT_INPUT_NAMES.flatMap((name) => (found[name] ? [[name, found[name]]] : [])));
  return {
    impact: {
      ...inputs,
      ...(impact.grid && { basis: impact.grid.basis }),
      ...(impact.cost && { currency: impact.cost.currency }),
    },
    notes: [...(hourly?.notes ?? []), ...(region ? [regionNote(region, isWaterKnown === true)] : [])],
  };
}

/** Each input where it is stated under its own key. */
function statedInputs(impact: Impact): Partial<Record<ImpactInput, Distribution>> {
  const sections: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>> = impact;
  const entries = IMPACT_INPUT_NAMES.map((name) => {
    const [, section, key] = IMPACT_INPUTS[name].key.split('.');
    return [name, sections[section]?.[key]] as const;
  });
  return Object.fromEntries(entries.filter(([, distribution]) => distribution !== undefined));
}

function regionOf({ grid }: Impact, complain: Complain): RegionYear | undefined {
  if (grid?.region === undefined) return undefined;
  const found = regionYear(grid.region, grid.year);
  if (!('unknown' in found)) return found;
  complain(['impact', 'grid', 'region'], found.unknown);
  return undefined;
}

/** A region's mean with what it may still be. */
function regionGrid(region: RegionYear | undefined): Partial<Record<ImpactInput, Distribution>> {
  if (region === undefined) return {};
  const parameters = { mu: ln(region.gco2e_per_kwh), sigma: VINTAGE_SD };
  const isZero = region.gco2e_per_kwh === 0;
  return { grid_gco2e_per_kwh: isZero ? always(0) : { family: 'lognormal', parameters } };
}

function regionNote({ code, name, year, gco2e_per_kwh }: RegionYear, water: boolean): string {
  const source = 'grid-carbon.csv';
  const spread = 'its releases differ by 6 %, which is drawn';
  const more = water ? '; the water of its electricity is from there as well' : '';
  return `grid: ${code} (${name}) had ${gco2e_per_kwh} gCO2e/kWh in ${year}, location-based (${source}); ${spread}${more}`;
}

function always(value: number): Distribution {
  return { family: 'constant', parameters: { value } };
}

import type { Distribution } from '../../distributions/index.js';
import { IMPACT_INPUTS, type ImpactInput } from '../../model/impact/inputs.js';
import { HOURS_OF_WEEK } from '../../model/load/profile.js';
import { PHYSICAL_BOUNDS } from '../../model/physical-bounds.js';
import { defaulting, type Field, optional, required } from '../kinds/field.js';
import { type Complain, type Kind, mistyped, type Value } from '../kinds/kind.js';
import { list } from '../kinds/list.js';
import { mapping } from '../kinds/mapping.js';
import { integer, number } from '../kinds/number.js';
import { oneOf } from '../kinds/one-of.js';
import { aboveZero, notNegative, parameter } from '../kinds/parameter.js';
import { text } from '../kinds/text.js';

const LIMITS = { never: aboveZero, fine: notNegative } as const;

/** A stated number or distribution of an impact, within what the table of its inputs says of it. */
function kindOf(input: ImpactInput): Kind<Distribution> {
  const { physical, zero } = IMPACT_INPUTS[input];
  return parameter(LIMITS[zero], physical);
}

function stated(input: ImpactInput): Field<Distribution, false> {
  return optional(kindOf(input), IMPACT_INPUTS[input].about);
}

function needed(input: ImpactInput): Field<Distribution, true> {
  return required(kindOf(input), IMPACT_INPUTS[input].about);
}

const HOURS_OF_DAY = 24;

const { low: min, high: max } = PHYSICAL_BOUNDS.gco2e_per_kwh;
const intensities = list(number({ min, max }));

/** Intensities by hour of a day or a week. */
const hours: Kind<readonly number[]> = {
  ...intensities,
  expected: `a list of ${HOURS_OF_DAY} or ${HOURS_OF_WEEK} numbers, the first from 00:00 UTC (of Monday) on`,
  check(written, context) {
    const length = Array.isArray(written) ? written.length : 0;
    if (length === HOURS_OF_DAY || length === HOURS_OF_WEEK) return intensities.check(written, context);
    return mistyped(hours, written, context);
  },
  get schema() {
    return intensities.schema;
  },
};

/** What a number of the grid's emissions is: of the place's electricity, of what was bought, of one kWh more. */
export const BASES = ['location', 'market', 'marginal'] as const;

const grid = mapping(
  {
    gco2e_per_kwh: stated('grid_gco2e_per_kwh'),
    region: optional(text({ maxLength: 40 }), 'Region by its code in grid-carbon.csv, e.g. SWE or europe-west1.'),
    year: optional(integer({ min: 2000, max: 2100 }), 'Year of that region’s mean; the newest if absent.'),
    hourly: optional(
      hours,
      'Emissions of a kWh in each hour of a day or a week, gCO2e, weighted by the energy of each hour where load is stated; else all hours alike.',
    ),
    basis: defaulting(oneOf(...BASES), 'location', 'What the numbers are: location-based, market-based or marginal.'),
  },
  checkGrid,
);

interface Grid {
  readonly gco2e_per_kwh?: unknown;
  readonly region?: string;
  readonly hourly?: unknown;
  readonly year?: number;
  readonly basis: string;
}

function checkGrid({ gco2e_per_kwh, region, hourly, year, basis }: Grid, complain: Complain): void {
  const ways = [gco2e_per_kwh, region, hourly].filter((one) => one !== undefined).length;
  if (ways !== 1) complain([], 'state one of gco2e_per_kwh, region and hourly');
  if (region !== undefined && basis !== 'location')
    complain(['basis'], `regions are location-based; state the ${basis} number as gco2e_per_kwh or hourly instead`);
  if (year !== undefined && region === undefined)
    complain(['year'], 'is the year of a region; state region, or leave it out');
}

const embodied = mapping({
  kgco2e_per_node: needed('embodied_kgco2e_per_node'),
  lifetime_years: needed('lifetime_years'),
  utilization: needed('lifetime_utilization'),
});

const water = mapping({
  wue_site_l_per_kwh: stated('wue_site_l_per_kwh'),
  wue_grid_l_per_kwh: stated('wue_grid_l_per_kwh'),
});

const cost = mapping({
  currency: required(
    text({ maxLength: 40, pattern: /^[A-Z]{3}$/, patternText: 'three capital letters such as EUR' }),
    'Currency of the prices, three letters (ISO 4217).',
  ),
  price_per_kwh: stated('price_per_kwh'),
  node_hour: stated('price_per_node_hour'),
});

/** What queries cause beside energy. */
export const impact = mapping(
  {
    grid: optional(grid, 'The electricity that the site takes.'),
    embodied: optional(embodied, 'What making the nodes emitted: a query has its share by its seconds of a node.'),
    water: optional(water, 'Water that the site and the generation of its electricity consume.'),
    cost: optional(cost, 'Prices of electricity and of nodes.'),
  },
  ({ grid: electricity, embodied: nodes, cost: prices }, complain) => {
    if (nodes && !electricity)
      complain(['embodied'], 'is one part of carbon and would pass for all of it; state grid beside it');
    if (prices && !prices.price_per_kwh && !prices.node_hour)
      complain(['cost'], 'has no price; state price_per_kwh, node_hour or both');
  },
);

export type Impact = Value<typeof impact>;

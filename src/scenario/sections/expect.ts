import { DAY_UNITS, ENERGY_PER_DAY } from '../../model/energy-per-day.js';
import { FORMULA_NAMES } from '../../model/formulas/index.js';
import { BASELINE } from '../../model/pathway.js';
import { EXPECTED_METRICS, isInput } from '../../model/quantities.js';
import { quantileNameOf, STANDARD_QUANTILES } from '../../sketch/quantile-name.js';
import { nearestHint } from '../../words.js';
import { either } from '../kinds/either.js';
import { defaulting, optional } from '../kinds/field.js';
import { type Complain, type Kind, mistyped, type Value } from '../kinds/kind.js';
import { list } from '../kinds/list.js';
import { mapping } from '../kinds/mapping.js';
import { nameOf } from '../kinds/name-of.js';
import { type Named, named } from '../kinds/named.js';
import { number } from '../kinds/number.js';
import { oneOf } from '../kinds/one-of.js';
import { text } from '../kinds/text.js';
import type { ExpectedStatistic, Statistic } from '../resolved.js';

/** Statistics of what queries draw. */
export const EXPECTED_STATISTICS: readonly Statistic[] = ['mean', ...STANDARD_QUANTILES, 'iqr'];

/** Both ends of what worlds know: of the median of a result, or of a fleet's total. */
const KNOWN: readonly ExpectedStatistic[] = ['known_low', 'known_high'];

/** Metrics that expectations may name. */
const METRICS: readonly string[] = [...EXPECTED_METRICS, ENERGY_PER_DAY];

/** Statistics of a metric; inputs are drawn in no world by themselves. */
function statisticsOf(metric: string): readonly ExpectedStatistic[] {
  if (metric === ENERGY_PER_DAY) return ['total', ...KNOWN];
  return isInput(metric) ? EXPECTED_STATISTICS : [...EXPECTED_STATISTICS, ...KNOWN];
}

/** Two numbers, the lower one first. */
const bounds: Kind<readonly number[]> = {
  ...list(number({})),
  expected: 'a list of two numbers, the lower one first',
  check(written, context) {
    const values =
      Array.isArray(written) && written.length === 2 ? list(number({})).check(written, context) : undefined;
    if (values && values[0] <= values[1]) return values;
    return mistyped(bounds, written, context);
  },
  schema: { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 },
};

const one = mapping(
  {
    regime: optional(nameOf('regime', ['regimes']), 'Only this regime; every one if absent.'),
    subject: optional(
      text({ maxLength: 200 }),
      'Only this blend, model or mix of a fleet; if absent every blend, or every model if none; of a day every mix.',
    ),
    pathway: defaulting(text({ maxLength: 200 }), BASELINE, 'Pathway, or way of non-production serving.'),
    formula: optional(oneOf(...FORMULA_NAMES), 'Only by this formula; by the first one if absent.'),
    trim: defaulting(oneOf('none', 'p14-p86'), 'none', 'All draws, or those between P14 and P86.'),
    within: optional(bounds, 'Lowest and highest value, both allowed.'),
    below: optional(number({}), 'Highest value.'),
    above: optional(number({}), 'Lowest value.'),
    unit: optional(oneOf(...DAY_UNITS), 'Unit of the bounds of energy_per_day; GWh/day if absent.'),
    ratio_to: optional(
      text({ maxLength: 1000 }),
      'Folder of an earlier result of this scenario, from the folder of this file on, or previous: that of --previous, or the one that this run replaces. The bounds are for the ratio to it.',
    ),
  },
  oneBound,
);

/** What the results must satisfy, by `metric.statistic`, e.g. `energy.p50`: one statement or a list of them. */
export const expect = named(either(list(one), one), { thing: 'expected statistic' }, checkStatistics);

export type Expect = Value<typeof expect>;

/** The two parts of `metric.statistic`. */
export function statisticParts(key: string): { metric: string; statistic: string } {
  const dot = key.search(/\.(?:[^.]*|p\d+\.\d+)$/i);
  const statistic = key.slice(dot + 1);
  return { metric: key.slice(0, Math.max(0, dot)), statistic: quantileNameOf(statistic) ?? statistic };
}

function oneBound(stated: { within?: unknown; below?: unknown; above?: unknown }, complain: Complain): void {
  const given = (['within', 'below', 'above'] as const).filter((key) => stated[key] !== undefined);
  if (given.length !== 1)
    complain([], `expected one of within, below or above; found ${given.join(' and ') || 'none'}`);
}

function checkStatistics(stated: Named<unknown>, complain: Complain): void {
  for (const key of Object.keys(stated)) {
    const { metric, statistic } = statisticParts(key);
    const known: readonly string[] = statisticsOf(metric);
    const isQuantile = known.includes('p50') && quantileNameOf(statistic) !== undefined;
    if (METRICS.includes(metric) && (known.includes(statistic) || isQuantile)) continue;
    const valid = METRICS.flatMap((name) => statisticsOf(name).map((other) => `${name}.${other}`));
    const statistics = METRICS.includes(metric) ? known : EXPECTED_STATISTICS;
    const parts = `metric.statistic; metrics are ${METRICS.join(', ')}; statistics ${statistics.join(', ')}${known.includes('total') ? '' : ', and what quantiles lists'}`;
    complain([key], `expected ${parts}${nearestHint(key, valid)}`, 'key');
  }
}

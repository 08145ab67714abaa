import { FORMULA_NAMES } from '../../model/formulas/index.js';
import { BASELINE } from '../../model/pathway.js';
import { EXPECTED_METRICS } from '../../model/quantities.js';
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
import type { Statistic } from '../resolved.js';

export const EXPECTED_STATISTICS: readonly Statistic[] = ['mean', 'p05', 'p25', 'p50', 'p75', 'p95', 'iqr'];

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
      'Only this blend or model; if absent every blend, or every model if none.',
    ),
    pathway: defaulting(text({ maxLength: 200 }), BASELINE, 'Pathway, or way of non-production serving.'),
    formula: optional(oneOf(...FORMULA_NAMES), 'Only by this formula; by the first one if absent.'),
    trim: defaulting(oneOf('none', 'p14-p86'), 'none', 'All draws, or those between P14 and P86.'),
    within: optional(bounds, 'Lowest and highest value, both allowed.'),
    below: optional(number({}), 'Highest value.'),
    above: optional(number({}), 'Lowest value.'),
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
  const dot = key.lastIndexOf('.');
  return { metric: key.slice(0, Math.max(0, dot)), statistic: key.slice(dot + 1) };
}

function oneBound(stated: { within?: unknown; below?: unknown; above?: unknown }, complain: Complain): void {
  const given = (['within', 'below', 'above'] as const).filter((key) => stated[key] !== undefined);
  if (given.length !== 1)
    complain([], `expected one of within, below or above; found ${given.join(' and ') || 'none'}`);
}

function checkStatistics(stated: Named<unknown>, complain: Complain): void {
  const known: readonly string[] = EXPECTED_STATISTICS;
  const metrics: readonly string[] = EXPECTED_METRICS;
  for (const key of Object.keys(stated)) {
    const { metric, statistic } = statisticParts(key);

    if (metrics.includes(metric) && known.includes(statistic)) continue;
    const valid = EXPECTED_METRICS.flatMap((name) => known.map((other) => `${name}.${other}`));
    const parts = `metric.statistic; metrics are ${EXPECTED_METRICS.join(', ')}; statistics ${known.join(', ')}`;
    complain([key], `expected ${parts}${nearestHint(key, valid)}`, 'key');
  }
}

import { BASELINE } from '../../model/pathway.js';
import { defaulting, optional, required } from '../kinds/field.js';
import type { Complain } from '../kinds/kind.js';
import { list } from '../kinds/list.js';
import { mapping } from '../kinds/mapping.js';
import { nameOf } from '../kinds/name-of.js';
import { number } from '../kinds/number.js';
import { oneOf } from '../kinds/one-of.js';
import { text } from '../kinds/text.js';

const amount = number({ above: 0 });
const pathway = nameOf('pathway', ['pathways'], [BASELINE]);

const energy = mapping(
  {
    regime: required(nameOf('regime', ['regimes']), 'The regime that the figure is for.'),
    subject: required(text({ maxLength: 200 }), 'The blend or model that the figure is for.'),
    pathway: defaulting(pathway, BASELINE, 'The pathway that the figure is for.'),
    trim: required(oneOf('none', 'p14-p86'), 'Whether the figure is of all draws or of those between P14 and P86.'),
    p25: optional(amount, 'First quartile, Wh/query.'),
    p50: required(amount, 'Median, Wh/query.'),
    p75: optional(amount, 'Third quartile, Wh/query.'),
  },
  checkQuartiles,
);

const fleet = mapping({
  mix: required(nameOf('mix', ['fleet', 'mixes']), 'The mix that the figure is for.'),
  improvement: required(oneOf('none', 'line-of-sight'), 'Whether line-of-sight improvements are in.'),
  gwh_per_day: required(amount, 'Energy of the fleet, GWh/day.'),
});

const rangeFields = {
  low: required(amount, 'Low end of the range, a ratio.'),
  high: required(amount, 'High end of the range, a ratio.'),
};

/** Figures of others, printed beside ours. */
export const published = mapping({
  source: required(text({ maxLength: 1000 }), 'Where the figures stand.'),
  energy: defaulting(list(energy), [], 'Energy per query.'),
  fleet: defaulting(list(fleet), [], 'Energy of the fleet.'),
  reductions: defaulting(
    list(mapping({ pathway: required(pathway, 'The pathway that the range is for.'), ...rangeFields }, checkRange)),
    [],
    'Baseline median / median on a pathway.',
  ),
  overstatement: optional(
    mapping(rangeFields, checkRange),
    'Energy of non-production serving / of production serving.',
  ),
});

function checkRange({ low, high }: { low: number; high: number }, complain: Complain): void {
  if (low > high) complain([], `low (${low}) must not be above high (${high})`);
}

function checkQuartiles({ p25, p50, p75 }: { p25?: number; p50: number; p75?: number }, complain: Complain): void {
  if ((p25 ?? p50) > p50 || p50 > (p75 ?? p50)) complain([], 'p25, p50 and p75 must ascend');
}

import type { Verdict } from '../expect/judge.js';
import { percent, significant } from '../format.js';
import { dayUnitOf, dayUnitsPerGwh, ENERGY_PER_DAY } from '../model/energy-per-day.js';
import { BASELINE } from '../model/pathway.js';
import { printableLine } from '../printable.js';
import { LEAST_DRAWS } from '../sketch/statistics.js';

/** Digits that tell a small move apart. */
const DIGITS = 4;

/** One failed expectation: what was said, what was found, how far apart they are. */
export function failureText(label: string, verdict: Verdict): string {
  const { expectation, row, found } = inUnitOfSize(verdict);
  const { metric, statistic, ratio_to, trim, pathway } = expectation;
  const who = [row?.regime ?? expectation.regime, row?.subject ?? expectation.subject];
  const isPlain = pathway === BASELINE || pathway === 'none';
  const which = [...who, trim === 'none' ? undefined : trim, isPlain ? undefined : pathway];
  const title = [`${metric}.${statistic}`, ...which.filter((part) => part !== undefined)].join(', ');
  const unit = ratio_to === undefined ? (row ? ` ${row.unit}` : '') : ` × ${ratio_to}`;
  return [
    printableLine(`${label}: expectation failed: ${title}`),
    `  expected  ${boundsText(expectation)}${unit}`,
    `  found     ${row === undefined ? 'no such row in the summary' : foundText(found, expectation, unit)}`,
  ].join('\n');
}

/** A fleet's day in MWh or GWh by its size; all else as it is. */
function inUnitOfSize(verdict: Verdict): Verdict {
  const { expectation, row, found } = verdict;
  if (row === undefined || expectation.metric !== ENERGY_PER_DAY || expectation.ratio_to !== undefined) return verdict;
  const unit = dayUnitOf(found.value);
  const per = dayUnitsPerGwh(unit);
  const { low, high, ...rest } = expectation;
  return {
    ...verdict,
    expectation: {
      ...rest,
      ...(low !== undefined && { low: low * per }),
      ...(high !== undefined && { high: high * per }),
    },
    row: { ...row, unit },
    found: { value: found.value * per, low: found.low * per, high: found.high * per },
  };
}

/** How many expectations there were and how many hold. */
export function verdictsText(verdicts: readonly Verdict[]): string {
  const held = verdicts.filter(({ holds }) => holds).length;
  return `expectations: ${held} of ${verdicts.length} hold`;
}

function boundsText({ low, high }: Verdict['expectation']): string {
  if (low === undefined) return `at most ${plain(high ?? Number.NaN)}`;
  return high === undefined ? `at least ${plain(low)}` : `${plain(low)}–${plain(high)}`;
}

function foundText({ value, low, high }: Verdict['found'], bounds: Verdict['expectation'], unit: string): string {
  if (Number.isNaN(value)) return bounds.ratio_to === undefined ? 'no number' : 'no such row in the earlier result';
  if (Number.isNaN(low)) {
    return `${plain(value)}${unit} from too few draws to be judged: below ${LEAST_DRAWS} independent ones there is no interval; take more samples`;
  }
  const isAbove = bounds.high !== undefined && low > bounds.high;
  const [bound = Number.NaN, side] = isAbove ? [bounds.high, 'above'] : [bounds.low, 'below'];
  const away = bound === 0 ? significant(Math.abs(value)) : percent(Math.abs(value / bound - 1));
  return `${plain(value)}${unit} (95 % interval of its Monte Carlo error ${plain(low)}–${plain(high)}), ${away} ${side} ${plain(bound)}`;
}

function plain(value: number): string {
  return significant(value, DIGITS);
}

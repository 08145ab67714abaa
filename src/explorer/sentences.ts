import { count, rangeText, significant } from '../format.js';
import type { Distribution, Outcome } from './outcome.js';

/** Wh up to which a thousand queries are not yet told in kWh. */
const WH_PER_KWH = 1000;

/** The result in one sentence, both sides by name; as long as a strip at the top of a phone can hold. */
export function stripSentence(
  names: readonly [string, string],
  [a, b]: readonly [Outcome | undefined, Outcome | undefined],
  ratio: Distribution | undefined,
): string {
  if (a === undefined) return '…';
  const first = `${names[0]}: ${energyText(a)}`;
  if (b === undefined || names[0] === names[1]) return first;
  const times = ratio && Number.isFinite(ratio.quantiles.p50) ? ` · ${timesText(ratio)}` : '';
  return `${first} · ${names[1]}: ${energyText(b)}${times}`;
}

function energyText({ energy: { quantiles } }: Outcome): string {
  return `${significant(quantiles.p50)} Wh`;
}

function timesText({ quantiles: { p25, p50, p75 } }: Distribution): string {
  const spread = significant(p25, 2) === significant(p75, 2) ? '' : ` (${rangeText(p25, p75, 2)})`;
  return `×${significant(p50)}${spread}`;
}

/** The title of the answer: what the ratio says. */
export function answerTitle(
  names: readonly [string, string],
  a: Outcome | undefined,
  ratio: Distribution | undefined,
): string {
  if (a === undefined) return '…';
  const p50 = Number((ratio?.quantiles.p50 ?? Number.NaN).toPrecision(3));
  if (names[0] === names[1] || !Number.isFinite(p50)) return `Half of the queries take ${energyText(a)} or more`;
  const than = (words: string, link: string) => `With ${names[1]}, a query takes ${words} ${link} with ${names[0]}`;
  if (significant(p50) === '1.00') return than('as much', 'as');
  const percent = significant(Math.abs(1 - p50) * 100, 2);
  if (p50 > 0.5 && p50 < 2) return than(`${percent} % ${p50 < 1 ? 'less' : 'more'}`, 'than');
  return than(`${significant(p50)} times as much`, 'as');
}

/** The ratio of the two sides, query by query. */
export function ratioSentence(names: readonly [string, string], { quantiles }: Distribution): string {
  const { p25, p50, p75 } = quantiles;
  if (!Number.isFinite(p50)) return 'The two sides have no finite ratio.';
  const same = p25 === p75 ? ', each query alike' : `; half of the queries ${rangeText(p25, p75)} times`;
  return `${names[1]}: ${significant(p50)} times the energy of ${names[0]}, at the median${same}.`;
}

/** One side's numbers as lines: the median first, then the mean, the spread, and what they are of. */
export function outcomeLines({ energy: { quantiles, mean }, trim, samples }: Outcome, wanted: number | undefined) {
  const { p05, p25, p50, p75, p95 } = quantiles;
  const of = samples === 0 ? 'integrated, nothing drawn' : `${count(samples)} draws per model`;
  const rest = wanted === undefined ? '' : `, ${count(wanted)} on their way`;
  return {
    median: `${significant(p50)} Wh`,
    mean: `mean ${significant(mean)} Wh; ${significant((mean * 1000) / WH_PER_KWH)} kWh per 1,000 queries`,
    spread: `half of the queries take ${rangeText(p25, p75)} Wh, nine of ten ${rangeText(p05, p95)}`,
    of: `${of}${rest}${trim === 'none' ? '' : ', trimmed to P14–P86 as published'}`,
  };
}

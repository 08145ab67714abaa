import type { Comparison } from '../comparison/compare.js';
import { percent, rangeText, significant } from '../format.js';
import type { CompareRow } from '../tables/studies.js';
import { counted } from '../words.js';

/**
 * What a comparison comes to, in one sentence: by how much the medians of blends differ (of models, where there is no blend), which
 * most, and for how many that is beyond the Monte Carlo error. Undefined where nothing has a ratio.
 */
export function conclusionOf({ compare }: Pick<Comparison, 'compare'>): string | undefined {
  const ratios = compare.filter(({ quantity, p50 }) => quantity === 'energy_ratio' && p50 !== null && p50 > 0);
  const blends = ratios.filter(({ subject_kind }) => subject_kind === 'blend');
  const rows = blends.length > 0 ? blends : ratios;
  const [most] = [...rows].sort((a, b) => distance(b) - distance(a));
  if (most === undefined) return undefined;
  const names = `${most.scenario_b} takes`;
  const of = `the energy of ${most.scenario_a}`;
  const beyond = rows.filter(isBeyond).length;
  if (rows.length === 1) {
    const doubt = beyond === 0 ? ', no difference beyond it' : '';
    return `${names} ${significant(ratioOf(most))} times ${of} (median of ${subjectOf(most)}; Monte Carlo 95 % ${interval(most)}${doubt})${knownText(most)}`;
  }
  const [least, greatest] = [Math.min(...rows.map(ratioOf)), Math.max(...rows.map(ratioOf))];
  const what = blends.length > 0 ? 'blend' : 'model';
  const known =
    beyond === 0
      ? `none of ${counted(rows.length, what)} differs beyond its Monte Carlo error`
      : `${beyond} of ${counted(rows.length, what)} beyond the Monte Carlo error`;
  return `${names} ${spanText(least, greatest)} times ${of} by the median; most ${subjectOf(most)}, ${significant(ratioOf(most))} (${interval(most)})${knownText(most)}; ${known}`;
}

/** What the fleets' days come to, the mix that differs most; undefined where not both scenarios have one. */
export function dayConclusion(compare: readonly CompareRow[]): string | undefined {
  const days = compare.filter(({ quantity, mean }) => quantity === 'energy_per_day_ratio' && mean !== null && mean > 0);
  const [most] = [...days].sort((a, b) => Math.abs(Math.log(Number(b.mean))) - Math.abs(Math.log(Number(a.mean))));
  if (most === undefined) return undefined;
  const known = rangeText(most.mean_low ?? Number.NaN, most.mean_high ?? Number.NaN, 4);
  const which =
    days.length === 1
      ? most.subject
      : `${most.subject}, of ${counted(days.length, 'mix', 'mixes')} the one that differs most`;
  return `A day of ${most.scenario_b}’s fleet takes ${significant(Number(most.mean))} times the energy of ${most.scenario_a}’s (${which}; Monte Carlo 95 % ${known})${knownText(most)}`;
}

/** How well a ratio is known, and how sure it is that B is lower; nothing without worlds. */
function knownText({ known_low, known_high, b_lower_share }: CompareRow): string {
  if (known_low === null || known_high === null || b_lower_share === null) return '';
  return `, known to ${rangeText(known_low, known_high)}, lower in ${percent(b_lower_share)} of worlds`;
}

/** One number where the two are the same to the digits that are shown. */
function spanText(least: number, greatest: number): string {
  const [low, high] = [significant(least), significant(greatest)];
  return low === high ? low : rangeText(least, greatest);
}

function ratioOf({ p50 }: CompareRow): number {
  return p50 ?? Number.NaN;
}

function distance(row: CompareRow): number {
  return Math.abs(Math.log(ratioOf(row)));
}

function isBeyond({ p50_ci_low, p50_ci_high }: CompareRow): boolean {
  return (p50_ci_low ?? 0) > 1 || (p50_ci_high ?? Number.POSITIVE_INFINITY) < 1;
}

function subjectOf({ regime, subject }: CompareRow): string {
  return `${subject}, ${regime}`;
}

function interval({ p50_ci_low, p50_ci_high }: CompareRow): string {
  return rangeText(p50_ci_low ?? Number.NaN, p50_ci_high ?? Number.NaN, 4);
}

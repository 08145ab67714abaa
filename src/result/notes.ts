import { ln } from '../distributions/elementary.js';
import { percent, significant } from '../format.js';
import { BASELINE } from '../model/pathway.js';
import { integrates } from '../random/sampler.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { InputsRow, SummaryRow } from '../tables/schema.js';
import { doubtsOf } from './doubts.js';
import { offDataNotes } from './off-data-notes.js';
import { mismatches } from './pool-uses.js';
import { type PrecisionReached, precisionText } from './precision-reached.js';
import { ALL_REGIMES } from './rows/inputs.js';
import { shareNotes } from './share-notes.js';

/**
 * What a reader of the numbers must know, in words: what the scenario left out, draws outside physical bounds, mass that
 * truncation took away, draws beyond the data, zeros and draws that are no finite number.
 */
export function notesOf(
  scenario: ResolvedScenario,
  summary: readonly SummaryRow[],
  inputs: readonly InputsRow[],
  precision?: PrecisionReached,
): string[] {
  // Of what was integrated no draw is missing: its rows have none.
  const drawn = integrates(scenario.sampler) ? 0 : scenario.samples;
  return [
    ...(precision ? [precisionText(precision)] : []),
    ...scenario.warnings,
    ...mismatches(scenario),
    ...inputNotes(inputs, drawn),
    ...offDataNotes(summary),
    ...doubtsOf(scenario),
    ...shareNotes(summary, 'session_cut', 0, 'are sessions longer than 4,096 turns, cut there'),
    ...shareNotes(summary, 'energy_non_finite', 0, 'give no finite energy; they are counted and left out'),
    ...new Set(tailNotes(summary)),
    ...rateNotes(summary, drawn),
  ];
}

/** Notes on the inputs, each with the regimes it holds for, unless it holds for all. */
function inputNotes(inputs: readonly InputsRow[], samples: number): string[] {
  const all = new Set(inputs.map(({ regime }) => regime).filter((regime) => regime !== ALL_REGIMES));
  const regimes = new Map<string, Set<string>>();
  for (const input of inputs) {
    for (const note of notesOfInput(input, samples))
      regimes.set(note, (regimes.get(note) ?? new Set()).add(input.regime));
  }
  return [...regimes].map(([note, where]) =>
    where.size === all.size || where.has(ALL_REGIMES) ? note : `${[...where].join(', ')}: ${note}`,
  );
}

function notesOfInput(
  { variable, n, removed_mass, bound_low, bound_high, share_below, share_above }: InputsRow,
  samples: number,
): string[] {
  const bound = (key: 'min' | 'max', value: number | null) =>
    `(\`${key}: ${value}\` beside the distribution would truncate)`;
  return [
    ...(share_below
      ? [`${percent(share_below)} of ${variable} draws are below ${bound_low} ${bound('min', bound_low)}`]
      : []),
    ...(share_above
      ? [`${percent(share_above)} of ${variable} draws are above ${bound_high} ${bound('max', bound_high)}`]
      : []),
    ...(n < samples
      ? [`${percent(1 - n / samples)} of ${variable} draws are no number from 0 to 1.8e308; they are left out`]
      : []),
    ...(removed_mass ? [`truncation took ${percent(removed_mass)} of ${variable}`] : []),
  ];
}

/** Spread of ln x, by the upper half, up to which the interval of a mean holds. Source: `meanInterval`. */
const HEAVIEST_TAIL = 2;

/** ln x from the median to P95 of a lognormal whose spread is 1. */
const SCORE_P95 = 1.6448536269514722;

/** Energies of tails so heavy that the interval of their mean may be too narrow, with n draws or with more. */
function tailNotes(summary: readonly SummaryRow[]): string[] {
  return summary.flatMap(({ metric, pathway, trim, regime, subject, p50, p95, n }) => {
    if (metric !== 'energy' || pathway !== BASELINE || trim !== 'none' || !p50 || !p95 || n === 0) return [];
    const spread = ln(p95 / p50) / SCORE_P95;
    if (spread <= HEAVIEST_TAIL) return [];
    const tail = `the upper half of ${subject}'s energies spreads by ${significant(spread, 2)} in ln`;
    return [
      `${regime}: ${tail}; beyond ${HEAVIEST_TAIL} the interval of a mean may be too narrow, that of a median is not`,
    ];
  });
}

/** Draws of throughput that its row leaves out; of what was integrated there are none. */
function rateNotes(summary: readonly SummaryRow[], samples: number): string[] {
  return summary
    .filter(({ metric, n, mean }) => metric === 'tps' && n < samples && !(n === 0 && mean !== null))
    .map(
      ({ regime, subject, n }) =>
        `${regime}: ${percent(1 - n / samples)} of the throughputs of ${subject} are no number from 0 to 1.8e308; left out of tps`,
    );
}

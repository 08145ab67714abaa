import { dayUnitsPerGwh, ENERGY_PER_DAY } from '../model/energy-per-day.js';
import { ALL_REGIMES } from '../result/rows/inputs.js';
import { finiteOrNull } from '../tables/finite.js';
import type { SensitivityRow } from '../tables/studies.js';
import { ALL_SOURCES, type DayEffect } from './day-effects.js';
import type { DayQuestion } from './day-question.js';
import { NO_NUMBERS } from './effect-rows.js';

/** Rows tell a day in this unit whatever its size, so that sources of several fleets stand side by side. */
const UNIT = 'MWh/day';

/** How the effects of a day are found, as rows say it: over worlds that a scenario states, or as if an input were shared. */
export const DAY_METHODS = { stated: 'worlds', supposed: 'as if shared' } as const;

/** Rows of `sensitivity.arrow` about a fleet's day: the widest range first in each mix, all together last. */
export function dayEffectRows({ scenario, stated }: DayQuestion, effects: readonly DayEffect[]): SensitivityRow[] {
  const mixes = [...new Set(effects.map(({ mix }) => mix))];
  return mixes.flatMap((mix) =>
    effects
      .filter((effect) => effect.mix === mix)
      .sort((one, other) => placeOf(other) - placeOf(one))
      .map((effect): SensitivityRow => rowOf(scenario, stated, effect)),
  );
}

function placeOf({ source, low, high }: DayEffect): number {
  return source === ALL_SOURCES ? -1 : Math.abs(high - low) || 0;
}

function rowOf({ name, uncertainty }: DayQuestion['scenario'], stated: boolean, effect: DayEffect): SensitivityRow {
  const inUnit = (gwh: number) => finiteOrNull(gwh * dayUnitsPerGwh(UNIT));
  const { mix, formula, source, low, high, base } = effect;
  return {
    ...{ scenario: name, regime: ALL_REGIMES, subject_kind: 'mix', subject: mix, output: ENERGY_PER_DAY, unit: UNIT },
    ...{ method: stated ? DAY_METHODS.stated : DAY_METHODS.supposed, parameter: source },
    ...NO_NUMBERS,
    ...{ low: inUnit(low), high: inUnit(high), base: inUnit(base), swing: inUnit(Math.abs(high - low)) },
    ...{ conf_level: null, n: uncertainty.samples, n_dropped: 0, formula },
  };
}

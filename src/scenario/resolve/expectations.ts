import type { Path } from '../../errors.js';
import { dayUnitsPerGwh, ENERGY_PER_DAY } from '../../model/energy-per-day.js';
import { BASELINE, LINE_OF_SIGHT } from '../../model/pathway.js';
import { quantileNameOf, STANDARD_QUANTILES } from '../../sketch/quantile-name.js';
import type { Complain } from '../kinds/kind.js';
import { unknownName } from '../kinds/name-of.js';
import type { Expectation, ExpectedStatistic } from '../resolved.js';
import type { Scenario } from '../schema.js';
import { type Expect, statisticParts } from '../sections/expect.js';

/** Expectations one by one; complains of those about what the scenario does not have. */
export function resolveExpectations(
  scenario: Scenario,
  models: readonly string[],
  complain: Complain,
): readonly Expectation[] {
  const summarised: readonly string[] = [...STANDARD_QUANTILES, ...(scenario.quantiles ?? [])];
  return Object.entries(scenario.expect ?? {}).flatMap(([key, stated]) => {
    const { metric, statistic } = statisticParts(key);
    const quantile = quantileNameOf(statistic);
    if (quantile && !summarised.includes(quantile))
      complain(['expect', key], `${quantile} is in no table: add ${quantile} to the list of quantiles`, 'key');
    return listOf(stated).map((one, i) => {
      const path = ['expect', key, ...(Array.isArray(stated) ? [i] : [])];
      checkNames(one, namesOf(metric, scenario, models), path, complain);
      if (metric === ENERGY_PER_DAY) checkDay(one, scenario, path, complain);
      else if (one.unit !== undefined)
        complain([...path, 'unit'], 'says the unit of energy_per_day alone; leave it out');
      if (statistic.startsWith('known_')) checkKnown(one, scenario, path, complain);
      return expectationOf(metric, statistic as ExpectedStatistic, one);
    });
  });
}

type Stated = Exclude<Expect[string], readonly unknown[]>;

function listOf(stated: Expect[string]): readonly Stated[] {
  return Array.isArray(stated) ? stated : [stated as Stated];
}

/** What an expectation about a metric may name. */
interface Names {
  readonly thing: string;
  readonly subjects: readonly string[];
  readonly pathways: readonly string[];
  readonly formulas: readonly string[];
}

function namesOf(metric: string, scenario: Scenario, models: readonly string[]): Names {
  const formulas = scenario.formulas ?? ['oviedo', 'request-cost'];
  if (metric === ENERGY_PER_DAY) {
    const subjects = Object.keys(scenario.fleet?.mixes ?? {});
    return { thing: 'mix', subjects, pathways: [BASELINE, LINE_OF_SIGHT], formulas };
  }
  return {
    thing: 'blend or model',
    subjects: [...Object.keys(scenario.blends ?? {}), ...models],
    pathways: [BASELINE, ...Object.keys(scenario.pathways ?? {}), ...Object.keys(scenario.non_production ?? {})],
    formulas,
  };
}

function checkNames(one: Stated, { thing, subjects, pathways, formulas }: Names, path: Path, complain: Complain): void {
  if (one.subject !== undefined && !subjects.includes(one.subject))
    complain([...path, 'subject'], unknownName(thing, one.subject, subjects));
  if (!pathways.includes(one.pathway)) complain([...path, 'pathway'], unknownName('pathway', one.pathway, pathways));
  if (one.formula !== undefined && !formulas.includes(one.formula))
    complain([...path, 'formula'], unknownName('formula', one.formula, formulas));
}

/** A day is of all regimes, and of all draws. */
function checkDay(one: Stated, { fleet }: Scenario, path: Path, complain: Complain): void {
  if (fleet === undefined) complain(path, 'expects something of a fleet, of which the scenario has none; add fleet');
  if (one.regime !== undefined) complain([...path, 'regime'], 'a day is of all regimes of its mix; leave it out');
  if (one.trim !== 'none') complain([...path, 'trim'], 'a day is of all draws; leave it out');
}

function checkKnown(one: Stated, { uncertainty }: Scenario, path: Path, complain: Complain): void {
  if (uncertainty === undefined)
    complain(path, 'is told over worlds; add uncertainty: { worlds: 500, samples: 4096 }, or take another statistic');
  if (one.ratio_to !== undefined)
    complain([...path, 'ratio_to'], 'what is known has bounds of its own, not a ratio; leave it out');
}

function expectationOf(metric: string, statistic: ExpectedStatistic, one: Stated): Expectation {
  const isDay = metric === ENERGY_PER_DAY;
  const per = one.ratio_to === undefined ? dayUnitsPerGwh(one.unit ?? '') : 1;
  const [low, high] = (one.within ?? [one.above, one.below]).map((bound) => bound && bound / per);
  return {
    metric,
    statistic,
    ...(one.regime !== undefined && { regime: one.regime }),
    ...(one.subject !== undefined && { subject: one.subject }),
    pathway: isDay && one.pathway === BASELINE ? 'none' : one.pathway,
    trim: one.trim,
    ...(one.formula !== undefined && { formula: one.formula }),
    ...(low !== undefined && { low }),
    ...(high !== undefined && { high }),
    ...(one.ratio_to !== undefined && { ratio_to: one.ratio_to }),
  };
}

import { BASELINE } from '../../model/pathway.js';
import type { Complain } from '../kinds/kind.js';
import { unknownName } from '../kinds/name-of.js';
import type { Expectation, Statistic } from '../resolved.js';
import type { Scenario } from '../schema.js';
import { type Expect, statisticParts } from '../sections/expect.js';

/** Expectations one by one; complains of those about what the scenario does not have. */
export function resolveExpectations(
  scenario: Scenario,
  models: readonly string[],
  complain: Complain,
): readonly Expectation[] {
  const subjects = [...Object.keys(scenario.blends ?? {}), ...models];
  const pathways = [BASELINE, ...Object.keys(scenario.pathways ?? {}), ...Object.keys(scenario.non_production ?? {})];
  const formulas: readonly string[] = scenario.formulas ?? ['oviedo', 'request-cost'];
  return Object.entries(scenario.expect ?? {}).flatMap(([key, stated]) => {
    const { metric, statistic } = statisticParts(key);
    return listOf(stated).map((one, i) => {
      const path = ['expect', key, ...(Array.isArray(stated) ? [i] : [])];
      if (one.subject !== undefined && !subjects.includes(one.subject))
        complain([...path, 'subject'], unknownName('blend or model', one.subject, subjects));
      if (!pathways.includes(one.pathway))
        complain([...path, 'pathway'], unknownName('pathway', one.pathway, pathways));
      if (one.formula !== undefined && !formulas.includes(one.formula))
        complain([...path, 'formula'], unknownName('formula', one.formula, formulas));
      const { within: [low, high] = [one.above, one.below], pathway, trim } = one;
      return {
        metric,
        statistic: statistic as Statistic,
        ...(one.regime !== undefined && { regime: one.regime }),
        ...(one.subject !== undefined && { subject: one.subject }),
        pathway,
        trim,
        ...(one.formula !== undefined && { formula: one.formula }),
        ...(low !== undefined && { low }),
        ...(high !== undefined && { high }),
        ...(one.ratio_to !== undefined && { ratio_to: one.ratio_to }),
      };
    });
  });
}

type Stated = Exclude<Expect[string], readonly unknown[]>;

function listOf(stated: Expect[string]): readonly Stated[] {
  return Array.isArray(stated) ? stated : [stated as Stated];
}

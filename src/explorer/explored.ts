import { INPUT_NAMES } from '../model/quantities.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { inputSettings } from './input-settings.js';
import type { Opened } from './opened.js';
import { sectionSettings } from './section-settings.js';
import type { Setting } from './setting.js';

/** A scenario of the page with all that can be chosen in it. */
export interface Explored {
  readonly opened: Opened;
  readonly regimes: readonly string[];
  /** Blends, then models. */
  readonly subjects: readonly string[];
  readonly settings: readonly Setting[];
  /** What the scenario says and the page does not do, in sentences. */
  readonly undone: readonly string[];
}

/** What a page can do with a scenario. */
export async function explored(opened: Opened): Promise<Explored> {
  const { regimes, blends, models } = opened.scenario;
  const [inputs, sections] = await Promise.all([inputSettings(opened.scenario), sectionSettings(opened.scenario)]);
  const unmoved = [...inputs.unmoved, ...sections.unmoved];
  return {
    opened,
    regimes: regimes.map(({ name }) => name),
    subjects: [...blends, ...models].map(({ name }) => name),
    settings: [...inputs.settings, ...sections.settings],
    undone: [...unmoved.map(({ label, why }) => `${label} has no slider: it ${why}.`), ...undoneOf(opened)],
  };
}

function undoneOf({ scenario, text, origin }: Opened): string[] {
  const { precision, expect, correlation } = scenario;
  return [
    ...(precision ? ['precision: the page draws as many samples as you choose, not up to a precision.'] : []),
    ...(expect ? ['expect: the page judges no expectations; tokenjoule run does.'] : []),
    ...(text !== undefined && /^sweep:/m.test(text)
      ? ['sweep: the page shows one point; tokenjoule sweep runs all.']
      : []),
    ...(correlation && isMovable(scenario) ? ['correlation: a moved distribution keeps its rank correlations.'] : []),
    ...(text === undefined && origin === 'run' ? [NO_FILE] : []),
  ];
}

const NO_FILE =
  'The scenario’s file is not where the run found it, or says something else now: the page shows the run’s own scenario and has no file of it to save.';

function isMovable({ correlation }: ResolvedScenario): boolean {
  return correlation?.variables.some((name) => INPUT_NAMES.some((input) => input === name)) ?? false;
}

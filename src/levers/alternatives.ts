import { InputError } from '../errors.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { type Facts, type Lever, type Setting, settingText } from './lever.js';

/** Resolves the scenario with more settings, as `--set` would. @throws InputError where they cannot be */
export type LoadWith = (settings: readonly string[]) => Promise<ResolvedScenario>;

/** A lever with what it sets here, and the scenario that it makes. */
export interface Alternative {
  readonly lever: Lever;
  readonly settings: readonly Setting[];
  readonly scenario: ResolvedScenario;
}

/** A lever that this scenario does not have, or a combination not take in. */
export interface LeftOut {
  readonly lever: string;
  readonly because: string;
}

/** Every lever as an alternative to the scenario, or why it is none. */
export async function alternativesOf(
  levers: readonly Lever[],
  facts: Facts,
  load: LoadWith,
): Promise<{ readonly alternatives: readonly Alternative[]; readonly leftOut: readonly LeftOut[] }> {
  const alternatives: Alternative[] = [];
  const leftOut: LeftOut[] = [];
  for (const lever of levers) {
    const proposal = lever.propose(facts);
    const tried = 'because' in proposal ? proposal : await attempt(facts.scenario, proposal.settings, load);
    const because = 'because' in tried ? tried.because : lever.isVoid?.(facts.scenario, tried.scenario);
    if ('because' in tried || because !== undefined) leftOut.push({ lever: lever.name, because: because ?? '' });
    else alternatives.push({ lever, ...tried });
  }
  return { alternatives, leftOut };
}

/** The alternatives that go together, best first: each that saves, unless a better one has its cause or its key, or it cannot stand beside them. */
export async function combinationOf(
  ranked: readonly Alternative[],
  base: ResolvedScenario,
  load: LoadWith,
): Promise<{
  readonly members: readonly Alternative[];
  readonly scenario: ResolvedScenario;
  readonly leftOut: readonly LeftOut[];
}> {
  let [members, scenario]: [readonly Alternative[], ResolvedScenario] = [[], base];
  const leftOut: LeftOut[] = [];
  for (const one of ranked) {
    const rival = members.find((member) => areRivals(member, one));
    const settings = [...members, one].flatMap((member) => member.settings);
    const tried = rival
      ? { because: `${rival.lever.name} saves more of the same` }
      : await attempt(base, settings, load);
    if ('because' in tried) leftOut.push({ lever: one.lever.name, because: tried.because });
    else [members, scenario] = [[...members, one], tried.scenario];
  }
  return { members, scenario, leftOut };
}

function areRivals(one: Alternative, other: Alternative): boolean {
  if (one.lever.cause === other.lever.cause) return true;
  return one.settings.some(({ key }) => other.settings.some((setting) => setting.key === key));
}

async function attempt(
  base: ResolvedScenario,
  settings: readonly Setting[],
  load: LoadWith,
): Promise<Pick<Alternative, 'settings' | 'scenario'> | { readonly because: string }> {
  try {
    const scenario = await load(settings.map(settingText));
    const lost = base.models.filter(({ name }) => !scenario.models.some((model) => model.name === name));
    if (lost.length > 0) return { because: `${lost.map(({ name }) => name).join(', ')} would have no throughput` };
    return { settings, scenario };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const [{ key, message }] = error.problems;
    return { because: key === '' ? message : `${key}: ${message}` };
  }
}

import type { ResultName } from '../model/quantities.js';
import type { Plan } from '../plan/plan.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { Subject } from '../subjects/subjects.js';
import type { Term } from './savings-job.js';

/** What savings are told of: a mix of a fleet, a blend or a model. */
export interface SavingSubject {
  /** Empty for a mix. */
  readonly regime: string;
  readonly kind: 'mix' | 'blend' | 'model';
  readonly name: string;
  /** Whose mean it is: weights add up to 1. */
  readonly parts: readonly { readonly regime: string; readonly model: string; readonly weight: number }[];
}

/** Mixes of the fleet first, then blends, then models: the first is what levers are ranked by. */
export function savingSubjects({ fleet }: ResolvedScenario, subjects: readonly Subject[]): SavingSubject[] {
  const own = subjects.map(
    ({ regime, kind, name, members }): SavingSubject => ({
      regime: regime.name,
      kind,
      name,
      parts: partsOf(regime.name, members, 1),
    }),
  );
  const membersIn = (regime: string) =>
    subjects.find((one) => one.kind === 'blend' && one.name === fleet?.blend && one.regime.name === regime)?.members ??
    [];
  const mixes = (fleet?.mixes ?? []).map(({ name, weights }): SavingSubject => {
    const parts = Object.entries(weights).flatMap(([regime, weight]) => partsOf(regime, membersIn(regime), weight));
    return { regime: '', kind: 'mix', name, parts };
  });
  return [...mixes, ...own.filter(({ kind }) => kind === 'blend'), ...own.filter(({ kind }) => kind === 'model')];
}

function partsOf(regime: string, members: readonly string[], weight: number): SavingSubject['parts'] {
  return members.map((model) => ({ regime, model, weight: weight / members.length }));
}

/** The nodes that a metric of a subject is a mean of, in one plan. Throws a RangeError for a model that was not planned. */
export function termsOf({ services }: Plan, { parts }: SavingSubject, metric: ResultName): Term[] {
  return parts.map(({ regime, model, weight }) => {
    const service = services.find((one) => one.regime === regime && one.model === model);
    const outcome = service?.outcomes.find((one) => one.metric === metric);
    if (outcome === undefined) throw new RangeError(`${model} in ${regime} has no ${metric}`);
    return { node: outcome.node, weight };
  });
}

import type { Distribution } from '../../distributions/index.js';
import { supportOf } from '../../distributions/support.js';
import type { Path } from '../../errors.js';
import { count } from '../../format.js';
import type { Formula } from '../../model/formulas/formula.js';
import { FORMULAS } from '../../model/formulas/index.js';
import { OPTIONAL_INPUTS, type OptionalInput } from '../../model/quantities.js';
import type { Complain } from '../kinds/kind.js';
import type { ResolvedModel, ResolvedRegime } from '../resolved.js';
import type { Scenario } from '../schema.js';

/**
 * What request-cost throughput and the inputs that only it knows of must agree on. Complains of a weight for the prompt beside
 * it and of more cached tokens than there are; returns what changes nothing, in words.
 */
export function checkRequestCost(
  scenario: Scenario,
  models: readonly ResolvedModel[],
  regimes: readonly ResolvedRegime[],
  complain: Complain,
): string[] {
  const costed = models.filter(({ throughput }) => throughput.method === 'request-cost');
  if (costed.length > 0) for (const regime of regimes) complainOfWeight(regime, scenario, complain);
  for (const regime of regimes) complainOfCached(regime, scenario, complain);
  return [
    ...regimes.flatMap((regime) => cutCached(regime, scenario)),
    ...(costed.length === 0 ? unknownInputs(scenario, regimes) : []),
    ...(takesInput(scenario, 'concurrency') ? [] : idleSteps(costed, regimes)),
    ...costed.flatMap((model) => regimes.flatMap((regime) => beyondRows(model, regime))),
    ...plainServing(scenario, costed),
  ];
}

function complainOfWeight({ name, prefill_weight }: ResolvedRegime, scenario: Scenario, complain: Complain): void {
  if (supportOf(prefill_weight)[1] <= 0) return;
  const reason =
    'request-cost throughput has the cost of the prompt in it (per_input_token), so a weight would count it twice';
  complain(placeOf('prefill_weight', name, scenario), `${reason}; leave it out, or choose form: log-log`);
}

function complainOfCached(
  { name, input_tokens, cached_input_tokens }: ResolvedRegime,
  scenario: Scenario,
  complain: Complain,
) {
  if (cached_input_tokens === undefined) return;
  const [[fewest], [, most]] = [supportOf(cached_input_tokens), supportOf(input_tokens)];
  if (fewest <= most) return;
  const found = `found at least ${fewest} cached of at most ${most} input tokens in ${name}`;
  complain(
    placeOf('cached_input_tokens', name, scenario),
    `must be at most input_tokens, which it is a part of; ${found}`,
  );
}

/** Cached tokens that a draw may have more of than tokens; rows of a trace have both, and their own check. */
function cutCached({ name, cached_input_tokens, input_tokens }: ResolvedRegime, scenario: Scenario): string[] {
  if (cached_input_tokens === undefined || (scenario.regimes[name].lengths ?? scenario.lengths)) return [];
  const [[fewest], [, most]] = [supportOf(input_tokens), supportOf(cached_input_tokens)];
  if (most <= fewest) return [];
  const cut = 'where it is above, the whole prompt counts as cached';
  return [`${name}: cached_input_tokens reaches ${count(most)}, and input_tokens begins at ${count(fewest)}; ${cut}`];
}

/** Where a regime's key is written: with it, or at the top level. */
function placeOf(key: 'prefill_weight' | 'cached_input_tokens', regime: string, scenario: Scenario): Path {
  return scenario.regimes[regime][key] === undefined ? [key] : ['regimes', regime, key];
}

/** Whether one of the scenario's formulas, or its limit, knows of an input that not all do. */
function takesInput({ formulas = [], slo }: Scenario, input: OptionalInput): boolean {
  if (slo && input === 'concurrency') return true;
  return formulas.some((name) => {
    const formula: Formula = FORMULAS[name];
    return name === 'request-cost' || formula.takes.includes(input);
  });
}

function unknownInputs(scenario: Scenario, regimes: readonly ResolvedRegime[]): string[] {
  const stated = OPTIONAL_INPUTS.filter((input) => regimes.some((regime) => regime[input] !== undefined));
  return stated
    .filter((input) => !takesInput(scenario, input))
    .map(
      (input) =>
        `${input} changes nothing: only request-cost throughput knows of it (form: request-cost, or node_seconds)`,
    );
}

/** Models whose steps are not shared, or whose sharing nothing is known of. */
function idleSteps(costed: readonly ResolvedModel[], regimes: readonly ResolvedRegime[]): string[] {
  const isStated = regimes.some(({ concurrency }) => concurrency !== undefined);
  const withSteps = costed.filter(
    ({ throughput }) => throughput.method === 'request-cost' && isPositive(throughput.costs.w),
  );
  const idle = isStated ? costed.filter((model) => !withSteps.includes(model)) : withSteps;
  if (idle.length === 0) return [];
  const names = idle.map(({ name }) => name).join(', ');
  return [
    isStated
      ? `concurrency changes nothing for ${names}: per_step is 0`
      : `per_step changes nothing for ${names}: no concurrency is stated, so b stands for a full node`,
  ];
}

/** Queries in flight that no row of a model is of: what the weights' reading costs there is extrapolated. */
function beyondRows({ name, measured = [] }: ResolvedModel, { name: regime, concurrency }: ResolvedRegime): string[] {
  const stated = measured.flatMap((row) => row.concurrency ?? []);
  if (concurrency === undefined || stated.length === 0) return [];
  const [low, high] = supportOf(concurrency);
  const [least, most] = [Math.min(...stated), Math.max(...stated)];
  if (low >= least && high <= most) return [];
  const rows = `its rows are of ${count(least)} to ${count(most)} queries in flight`;
  const queries = low === high ? count(low) : `${count(low)} to ${count(high)}`;
  return [`${name}: ${rows}, and ${regime} has ${queries}: beyond, what a step costs is extrapolated`];
}

function isPositive(cost: Distribution): boolean {
  return supportOf(cost)[1] > 0;
}

function plainServing({ non_production }: Scenario, costed: readonly ResolvedModel[]): string[] {
  if (non_production === undefined || costed.length === 0) return [];
  const [names, many] = [Object.keys(non_production).join(', '), costed.map(({ name }) => name).join(', ')];
  return [
    `${names}: energy outside production is of output tokens alone, prefill left out, for ${many} (request-cost)`,
  ];
}

import { ln } from '../distributions/elementary.js';
import { highestMedians, TRIM_HIGH, TRIM_LOW } from '../model/blend.js';
import type { FormulaName } from '../model/formulas/index.js';
import type { ResultName } from '../model/quantities.js';
import type { ResolvedBlend, ResolvedScenario } from '../scenario/resolved.js';
import { binOf, type Histogram } from '../sketch/histogram.js';
import type { Integrated } from '../sketch/integrated.js';
import type { Pilot } from '../sketch/pilot.js';
import type { Replicates } from '../sketch/replicates.js';
import type { Counts } from '../sketch/sketches.js';
import { quantiles } from '../sketch/statistics.js';
import type { BlendMembers, Outcome, PassNumber, Plan } from './plan.js';
import { PATHWAYS, planBlends } from './plan-blends.js';
import { planModels } from './plan-models.js';
import { type KeptBins, keptBins } from './trim.js';

/** One pass over all samples: what was planned and what was counted. */
export interface Pass {
  readonly plan: Plan;
  readonly sketches: Counts;
  /** What was integrated, by its place among what is counted; undefined where it was drawn and counted. */
  readonly integrated?: readonly (Integrated | undefined)[];
  /** The replicates that tell the error of a stratified sampler; absent for pseudo-random draws. */
  readonly replicates?: Replicates;
  /** What tells the error of pools of pseudo-random draws; where it is absent they are taken for as uncertain as one model. */
  readonly pilot?: Pilot | undefined;
}

/** All passes of a run. */
export interface Passes {
  readonly models: Pass;
  readonly blends: Pass;
}

/**
 * The passes of a scenario, plan after plan; each is told what the one before counted. The models are drawn first; with their
 * quantiles known, the same draws are made again and pooled into blends, which costs less than keeping them.
 *
 * @param planned changes a plan before it is drawn, for those who want less counted
 */
export function* stages(scenario: ResolvedScenario, planned = (plan: Plan) => plan): Generator<Plan, Passes, Pass> {
  const models = yield planned(planModels(scenario));
  const blends = yield planned(planBlends(scenario, blendMembers(scenario, models)));
  return { models, blends };
}

/** Passes that draw anything: without blends the second counts nothing. */
export function countStages({ blends }: ResolvedScenario): 1 | 2 {
  return blends.length > 0 ? 2 : 1;
}

/** Carries out all passes of a scenario. @param draw one of them */
export async function throughStages(
  scenario: ResolvedScenario,
  draw: (plan: Plan) => Promise<Pass>,
  planned?: (plan: Plan) => Plan,
): Promise<Passes> {
  const passes = stages(scenario, planned);
  let next = passes.next();
  while (!next.done) next = passes.next(await draw(next.value));
  return next.value;
}

/** The plan of one pass of a scenario. @param draw those before it */
export async function planOfPass(
  scenario: ResolvedScenario,
  pass: PassNumber,
  draw: (plan: Plan) => Promise<Pass>,
): Promise<Plan> {
  const passes = stages(scenario);
  let next = passes.next();
  while (!next.done && next.value.pass < pass) next = passes.next(await draw(next.value));
  if (next.done) throw new RangeError(`a scenario has no pass ${pass}`);
  return next.value;
}

/**
 * Which models each blend pools in each regime, and which of their bins the trim keeps: what the second pass needs. The energies
 * by the first formula say who the members are; each formula's own, and each impact's, where they are cut.
 */
export function blendMembers(scenario: ResolvedScenario, models: Pass): BlendMembers[] {
  return membersOf(scenario, models, outcomesOf(models));
}

/** The same of the energies by the first formula alone: each blend once in each regime, for those who ask who is in it. */
export function energyBlends(scenario: ResolvedScenario, models: Pass): BlendMembers[] {
  return membersOf(scenario, models, outcomesOf(models).slice(0, 1));
}

function membersOf(scenario: ResolvedScenario, models: Pass, asked: readonly Outcome[]): BlendMembers[] {
  if (scenario.blends.length === 0) return [];
  const byBins = mayDrawPools(scenario);
  return asked.flatMap(({ asked: formula, metric }) =>
    scenario.regimes.flatMap(({ name: regime }) => {
      const outcomes = modelOutcomes(models, regime, { formula, metric }, byBins);
      const energies = modelOutcomes(models, regime, { metric: 'energy' }, byBins);
      return scenario.blends.map((blend) => ({
        blend: blend.name,
        regime,
        formula,
        metric,
        members: memberNames(blend, regime, energies).map((model) => ({ model, ...outcomeOf(model, outcomes).kept() })),
      }));
    }),
  );
}

function outcomeOf(model: string, outcomes: ReadonlyMap<string, ModelOutcome>): ModelOutcome {
  const outcome = outcomes.get(model);
  if (outcome === undefined) throw new RangeError('a blend pools a model that was not drawn');
  return outcome;
}

/** What every service comes to, the first formula's energy first. */
function outcomesOf({ plan }: Pass): readonly Outcome[] {
  const [first, ...others] = plan.services;
  const isOfAll = ({ asked, metric }: Outcome) =>
    others.every(({ outcomes }) => outcomes.some((one) => one.asked === asked && one.metric === metric));
  return first?.outcomes.filter(isOfAll) ?? [];
}

/** The energies of a regime's models by the first formula. */
export function energyByModel(pass: Pass, regime: string): Map<string, Histogram> {
  const places = [...outcomePlaces(pass, regime, { metric: 'energy' })];
  return new Map(places.map(([model, of]) => [model, pass.sketches.histograms[of]]));
}

/** Which outcome of a service: by a formula, the first one if none is named. */
interface Which {
  readonly formula?: FormulaName;
  readonly metric: ResultName;
}

/** What a blend asks of a model's energy, or impact. */
interface ModelOutcome {
  readonly median: () => number;
  readonly kept: () => KeptBins;
}

function modelOutcomes(pass: Pass, regime: string, which: Which, byBins: boolean): Map<string, ModelOutcome> {
  const places = [...outcomePlaces(pass, regime, which)];
  return new Map(places.map(([model, of]) => [model, modelOutcome(pass, of, byBins)]));
}

function modelOutcome({ sketches, integrated }: Pass, of: number, byBins: boolean): ModelOutcome {
  const found = integrated?.[of];
  return {
    median: () => found?.statistics.p50 ?? quantiles(sketches.histograms[of], [0.5])[0],
    // A trim of what is integrated goes by rank itself, and needs no histogram unless the pool must be drawn.
    kept: () => (found && !byBins ? binsAround(found) : keptBins(sketches.histograms[of])),
  };
}

/** Whether a multiplier may vary with what it divides, so that no pool of it can be integrated. */
function mayDrawPools({ correlation }: ResolvedScenario): boolean {
  return correlation?.variables.some((name) => name.startsWith(PATHWAYS)) ?? false;
}

function binsAround({ quantile }: Integrated): KeptBins {
  const binAt = (probability: number) => binOf(ln(quantile(probability).value));
  return { lowBin: binAt(TRIM_LOW), highBin: binAt(TRIM_HIGH) };
}

/** Places of an outcome of a regime's models among what is counted. */
function outcomePlaces({ plan }: Pass, regime: string, { formula, metric }: Which): Map<string, number> {
  const own = plan.services.filter((service) => service.regime === regime);
  return new Map(
    own.flatMap(({ model, outcomes }) => {
      const outcome = outcomes.find((one) => one.metric === metric && (formula ?? one.asked) === one.asked);
      const of = plan.counted.findIndex((what) => what.kind === 'node' && what.of === outcome?.node);
      return of < 0 ? [] : [[model, of] as const];
    }),
  );
}

function memberNames(
  { members }: ResolvedBlend,
  regime: string,
  energies: ReadonlyMap<string, ModelOutcome>,
): readonly string[] {
  if ('models' in members) return members.models;
  if ('chosen' in members) return members.chosen[regime];
  const medians = [...energies].map(([model, energy]) => ({ model, p50: energy.median() }));
  return highestMedians(medians, members.highest_median_energy);
}

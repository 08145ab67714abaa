import { isShared } from '../counting/kept-draws.js';
import type { Trim } from '../model/blend.js';
import { BASELINE } from '../model/pathway.js';
import type { BlendMember, Plan } from '../plan/plan.js';
import { energyByModel, type Pass, stages } from '../plan/stages.js';
import { pointsOf } from '../random/sampler.js';
import { shownTrim } from '../result/shown-trim.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { BINS_PER_E, type HistogramData } from '../sketch/histogram.js';
import { type Bin, coarseBins, countOf, meanAndStd, quantileBins, quantiles } from '../sketch/statistics.js';
import type { Draw } from './draw.js';
import { touchesAnEnd, trimmedPool } from './trimmed-pool.js';

/** The numbers that the page shows of a distribution. */
export interface Quantiles {
  readonly p05: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
}

const PROBABILITIES = [0.05, 0.25, 0.5, 0.75, 0.95];

/** A distribution to draw: its quantiles, its mean, and bins fine enough for a line on a screen. */
export interface Distribution {
  readonly quantiles: Quantiles;
  readonly mean: number;
  readonly bins: readonly Bin[];
}

/** What one side's scenario gives. */
export interface Outcome {
  readonly energy: Distribution;
  /** Which draws of a blend's models `energy` leaves out: none, unless the scenario states what was published of it. */
  readonly trim: Trim;
  /** The models behind the subject. */
  readonly members: readonly string[];
  /** Draws per model; 0 where all of it was integrated. */
  readonly samples: number;
}

/** What is drawn for a figure: one subject in one kind of query. */
export interface ShownPart {
  readonly scenario: ResolvedScenario;
  readonly subject: string;
  readonly trim: Trim;
}

/** Why there is no median to show; nothing where there is one. */
export function whyNone({ energy: { quantiles } }: Outcome): string {
  if (Number.isFinite(quantiles.p50)) return '';
  return 'Half of the draws or more are no finite number: a value is beyond what can be computed with. Move a slider back.';
}

/** Bins of the sketch in one that is drawn at most: 2 % of the value. */
const WIDEST = 200;

/** Bins drawn between P5 and P95 at least, of what is narrow. */
const LEAST_DRAWN = 60;

/** Bins of the sketch in one that is drawn. */
export function drawnWidth({ p05, p95 }: Quantiles): number {
  const narrow = Math.floor((Math.log(p95 / p05) * BINS_PER_E) / LEAST_DRAWN);
  return narrow >= 1 ? Math.min(WIDEST, narrow) : narrow === 0 ? 1 : WIDEST;
}

/** A scenario cut down to what a figure shows: its draws are those of the whole one, and so are the numbers. */
export function shownPart(scenario: ResolvedScenario, regime: string, subject: string): ShownPart {
  const { fleet: _, impact: __, precision: ___, sampler, formulas, pathways, ...rest } = scenario;
  const points = pointsOf(sampler);
  const models = scenario.models.filter(({ name }) => name === subject);
  const part = {
    ...rest,
    ...(formulas && { formulas: formulas.slice(0, 1) }),
    ...(points !== 'pseudo' && { sampler: points }),
    regimes: scenario.regimes.filter(({ name }) => name === regime),
    blends: scenario.blends.filter(({ name }) => name === subject),
    // A copula is one of all its variables, other models' and multipliers' among them.
    ...(models.length > 0 && !scenario.correlation && { models }),
    pathways: scenario.correlation ? pathways : [],
    non_production: [],
  };
  return { scenario: part, subject, trim: part.blends.length > 0 ? shownTrim(scenario) : 'none' };
}

/** The energy of one model or blend in a scenario of one regime. Only what is shown is counted: no inputs and no throughput. */
export async function simulateShown(draw: Draw, part: ShownPart, signal: AbortSignal): Promise<Outcome> {
  const { scenario, subject, trim } = part;
  const passes = stages(scenario, shownOnly(part));
  const models = await drawn(draw, passes.next(), signal);
  const energies = energyByModel(models, scenario.regimes[0].name);
  const common = { trim, samples: scenario.samples };
  if (scenario.blends.length === 0)
    return { ...common, energy: distributionOf(histogramOf(energies, subject)), members: [subject] };
  const second = passes.next(models);
  if (second.done) throw new RangeError('a scenario with blends has two passes');
  const members = membersIn(second.value);
  const energy = trimmedPool(
    members.map((member) => ({ ...kept(member, trim), histogram: histogramOf(energies, member.model) })),
    models.sketches.another(),
  );
  const isWhole = trim === 'none' || !members.some(isShared);
  const known = isWhole && !touchesAnEnd(energy, quantileBins(energy, PROBABILITIES));
  return {
    ...common,
    energy: distributionOf(known ? energy : pooled(await drawn(draw, second, signal))),
    members: members.map(({ model }) => model),
  };
}

/** The models that a blend's energy is pooled from. */
export function membersIn({ blends }: Plan): readonly BlendMember[] {
  return blends.find(({ metric }) => metric === 'energy')?.members ?? [];
}

function kept(member: BlendMember, trim: Trim): Pick<BlendMember, 'lowBin' | 'highBin'> {
  return trim === 'none' ? { lowBin: Number.NEGATIVE_INFINITY, highBin: Number.POSITIVE_INFINITY } : member;
}

function histogramOf<T>(energies: ReadonlyMap<string, T>, model: string): T {
  const found = energies.get(model);
  if (found === undefined) throw new RangeError(`${model} was not drawn`);
  return found;
}

async function drawn(draw: Draw, { value: plan }: IteratorResult<Plan, unknown>, signal: AbortSignal) {
  if (!isPlan(plan)) throw new RangeError('there is no more to draw');
  return { plan, sketches: await draw(plan, signal) };
}

/** Whether what a stage gave is a plan, and not the end of all. */
export function isPlan(value: unknown): value is Plan {
  return typeof value === 'object' && value !== null && 'nodes' in value;
}

/** What was counted, as the page shows it. */
export function distributionOf(histogram: HistogramData): Distribution {
  const [p05, p25, p50, p75, p95] = quantiles(histogram, PROBABILITIES);
  const mean = countOf(histogram) > 0 ? meanAndStd(histogram).mean : Number.NaN;
  const found = { p05, p25, p50, p75, p95 };
  return { quantiles: found, mean, bins: coarseBins(histogram, drawnWidth(found)) };
}

/** What the second pass counted of the blend: for quantiles among few values. */
function pooled({ plan, sketches }: Pass): HistogramData {
  return sketches.histograms[plan.measures[0]?.of ?? 0];
}

/**
 * Plans that count the energies of models, or of a blend without pathways, under one trim, and nothing else.
 *
 * @returns what makes one of a whole plan
 */
export function shownOnly({ scenario, subject, trim }: ShownPart): (plan: Plan) => Plan {
  const isOne = scenario.blends.length === 0;
  return (plan) => {
    const shown = plan.measures.filter(
      ({ row, share }) =>
        row.metric === 'energy' &&
        row.pathway === BASELINE &&
        share === undefined &&
        (isOne ? row.subject === subject : plan.pass === 1 || row.trim === trim),
    );
    const places = [...new Set(shown.map(({ of }) => of))];
    // What is told apart from energy, such as the time of nodes under load, is pooled for nobody.
    const services = plan.services.map((service) => ({
      ...service,
      outcomes: service.outcomes.filter(({ metric }) => metric === 'energy'),
    }));
    return {
      ...plan,
      services,
      counted: places.map((place) => plan.counted[place]),
      measures: shown.map((measure) => ({ ...measure, of: places.indexOf(measure.of) })),
    };
  };
}

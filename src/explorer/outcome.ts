import { isShared } from '../counting/kept-draws.js';
import type { Trim } from '../model/blend.js';
import { BASELINE } from '../model/pathway.js';
import type { Plan } from '../plan/plan.js';
import { energyByModel, type Pass, stages } from '../plan/stages.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { HistogramData } from '../sketch/histogram.js';
import { type Bin, coarseBins, quantileBins, quantiles } from '../sketch/statistics.js';
import type { Draw } from './draw.js';
import { touchesAnEnd, trimmedPool } from './trimmed-pool.js';

/** The quantiles that the page shows. */
export interface Quantiles {
  readonly p05: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
}

const PROBABILITIES = [0.05, 0.25, 0.5, 0.75, 0.95];

/** A distribution to draw: its quantiles, and bins fine enough for a line on a screen. */
export interface Distribution {
  readonly quantiles: Quantiles;
  readonly bins: readonly Bin[];
}

/** What one side's scenario gives. */
export interface Outcome {
  /** As published, trimmed, for a blend; all draws for a model. */
  readonly energy: Distribution;
  /** Whether `energy` leaves out the draws beyond P14 and P86. */
  readonly trimmed: boolean;
  /** The models behind the subject. */
  readonly members: readonly string[];
}

/** Why there is no median to show; nothing where there is one. */
export function whyNone({ energy: { quantiles } }: Outcome): string {
  if (Number.isFinite(quantiles.p50)) return '';
  return 'Half of the draws or more are no finite number: a value is beyond what can be computed with. Move a slider back.';
}

/** How blends are published. */
const SHOWN_TRIM: Trim = 'p14-p86';

/** Bins of the sketch in one that is drawn: 2 % of the value. */
const DRAWN_WIDTH = 200;

/**
 * The energy of one model or blend in a scenario of one regime. Only what is shown is counted: no inputs and no throughput.
 * The draws are those of a whole run, and so are the numbers.
 */
export async function simulateShown(
  draw: Draw,
  scenario: ResolvedScenario,
  subject: string,
  signal: AbortSignal,
): Promise<Outcome> {
  const blends = scenario.blends.filter(({ name }) => name === subject);
  const passes = stages({ ...scenario, blends }, shownOnly);
  const models = await drawn(draw, passes.next(), signal);
  const energies = energyByModel(models, scenario.regimes[0].name);
  if (blends.length === 0)
    return { energy: distributionOf(energies.get(subject)!), trimmed: false, members: [subject] };
  const second = passes.next(models);
  if (second.done) throw new RangeError('a scenario with blends has two passes');
  const [{ members }] = second.value.blends;
  const energy = trimmedPool(
    members.map((member) => ({ ...member, histogram: energies.get(member.model)! })),
    models.sketches.another(),
  );
  const known = !members.some(isShared) && !touchesAnEnd(energy, quantileBins(energy, PROBABILITIES));
  return {
    energy: distributionOf(known ? energy : trimmedOf(await drawn(draw, second, signal))),
    trimmed: true,
    members: members.map(({ model }) => model),
  };
}

async function drawn(draw: Draw, { value: plan }: IteratorResult<Plan, unknown>, signal: AbortSignal) {
  if (!isPlan(plan)) throw new RangeError('there is no more to draw');
  return { plan, sketches: await draw(plan, signal) };
}

function isPlan(value: unknown): value is Plan {
  return typeof value === 'object' && value !== null && 'nodes' in value;
}

export function distributionOf(histogram: HistogramData): Distribution {
  const [p05, p25, p50, p75, p95] = quantiles(histogram, PROBABILITIES);
  return { quantiles: { p05, p25, p50, p75, p95 }, bins: coarseBins(histogram, DRAWN_WIDTH) };
}

/** What the second pass counted for the shown trim: for quantiles among few values. */
function trimmedOf({ plan, sketches }: Pass): HistogramData {
  const measure = plan.measures.find(({ row }) => row.trim === SHOWN_TRIM);
  return sketches.histograms[measure?.of ?? 0];
}

/** A plan that counts the energies of models, or of a blend without pathways, and nothing else. */
function shownOnly(plan: Plan): Plan {
  const shown = plan.measures.filter(
    ({ row, share }) => row.metric === 'energy' && row.pathway === BASELINE && share === undefined,
  );
  const places = [...new Set(shown.map(({ of }) => of))];
  return {
    ...plan,
    counted: places.map((place) => plan.counted[place]),
    measures: shown.map((measure) => ({ ...measure, of: places.indexOf(measure.of) })),
  };
}

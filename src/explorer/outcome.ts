import type { Trim } from '../model/blend.js';
import { BASELINE, type BlendMembers, type OutputPlan, type Plan, planBlends, planModels } from '../plan/plan.js';
import { blendMembers, type Pass } from '../result/result.js';
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
  const plan = counting(planModels(scenario), ({ kind }) => kind === 'energy');
  const models = { plan, sketches: await draw(plan, signal) };
  const blends = scenario.blends.filter(({ name }) => name === subject);
  if (blends.length === 0)
    return { energy: distributionOf(energyOf(models, subject)), trimmed: false, members: [subject] };
  const shown = { ...scenario, blends };
  const pooled = blendMembers(shown, models);
  const members = pooled[0].members.map(({ model }) => model);
  const energy = trimmedPool(
    pooled[0].members.map((member) => ({ ...member, histogram: energyOf(models, member.model) })),
    models.sketches.another(),
  );
  const known = !touchesAnEnd(energy, quantileBins(energy, PROBABILITIES));
  return {
    energy: distributionOf(known ? energy : await drawnAgain(draw, shown, pooled, signal)),
    trimmed: true,
    members,
  };
}

export function distributionOf(histogram: HistogramData): Distribution {
  const [p05, p25, p50, p75, p95] = quantiles(histogram, PROBABILITIES);
  return { quantiles: { p05, p25, p50, p75, p95 }, bins: coarseBins(histogram, DRAWN_WIDTH) };
}

/** The second pass of a whole run, for quantiles among few values. */
async function drawnAgain(
  draw: Draw,
  scenario: ResolvedScenario,
  blends: readonly BlendMembers[],
  signal: AbortSignal,
): Promise<HistogramData> {
  // Both trims of the baseline: the engine counts them together.
  const plan = counting(
    planBlends(scenario, blends),
    (output) => output.kind === 'pathway' && output.pathway === BASELINE,
  );
  const { histograms } = await draw(plan, signal);
  return histograms[plan.outputs.findIndex((output) => 'trim' in output && output.trim === SHOWN_TRIM)];
}

function energyOf({ plan, sketches }: Pick<Pass, 'plan' | 'sketches'>, model: string): HistogramData {
  return sketches.histograms[
    plan.outputs.findIndex((output) => 'cell' in output && plan.cells[output.cell].model === model)
  ];
}

function counting(plan: Plan, wanted: (output: OutputPlan) => boolean): Plan {
  return { ...plan, outputs: plan.outputs.filter(wanted) };
}

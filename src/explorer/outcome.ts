import { keptShare, type Trim } from '../model/blend.js';
import { BASELINE, type OutputPlan, type Plan, planBlends, planModels } from '../plan.js';
import { blendMembers } from '../result.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { HistogramData } from '../sketch/histogram.js';
import { type Bin, coarseBins, type Statistics, statisticsOf } from '../sketch/statistics.js';
import type { Pool } from '../workers/pool.js';

/** A distribution to draw: its statistics, and bins fine enough for a line on a screen. */
export interface Distribution {
  readonly statistics: Statistics;
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
 * The energy of one model or blend in a scenario of one regime. Only what is shown is counted: no inputs and no throughput,
 * and no second pass for a model. The draws are those of a whole run, and so are the numbers.
 */
export async function simulateShown(
  pool: Pool,
  scenario: ResolvedScenario,
  subject: string,
  signal: AbortSignal,
): Promise<Outcome> {
  const plan = counting(planModels(scenario), ({ kind }) => kind === 'energy');
  const models = { plan, sketches: await pool.run(plan, () => {}, signal) };
  const blends = scenario.blends.filter(({ name }) => name === subject);
  if (blends.length === 0) {
    const shown = models.sketches.histograms[plan.cells.findIndex(({ model }) => model === subject)];
    return { energy: distributionOf(shown, scenario.samples), trimmed: false, members: [subject] };
  }
  const pooled = blendMembers({ ...scenario, blends }, models);
  // Both trims of the baseline: the engine counts them together.
  const blendPlan = counting(planBlends(scenario, pooled), isBaseline);
  const { histograms } = await pool.run(blendPlan, () => {}, signal);
  const shown = histograms[blendPlan.outputs.findIndex((output) => 'trim' in output && output.trim === SHOWN_TRIM)];
  return {
    energy: distributionOf(shown, scenario.samples * keptShare(SHOWN_TRIM) ** 2),
    trimmed: true,
    members: pooled[0].members.map(({ model }) => model),
  };
}

export function distributionOf(histogram: HistogramData, effectiveDraws: number): Distribution {
  return { statistics: statisticsOf(histogram, effectiveDraws), bins: coarseBins(histogram, DRAWN_WIDTH) };
}

function counting(plan: Plan, wanted: (output: OutputPlan) => boolean): Plan {
  return { ...plan, outputs: plan.outputs.filter(wanted) };
}

function isBaseline(output: OutputPlan): boolean {
  return output.kind === 'pathway' && output.pathway === BASELINE;
}

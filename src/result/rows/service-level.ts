import { compileDistribution } from '../../distributions/compile.js';
import { speculativeCosts } from '../../model/hardware/speculative-decoding.js';
import type { StepTime } from '../../model/load/output-token-time.js';
import { loadProfile } from '../../model/load/profile.js';
import { type ServiceLevel, serviceLevel } from '../../model/load/service-level.js';
import { type ServingWeek, servingWeek } from '../../model/load/week.js';
import { BASELINE } from '../../model/pathway.js';
import { timeFactors } from '../../model/power-management/managed-costs.js';
import { managedPhases, UNMANAGED_PHASES } from '../../model/power-management/power-management.js';
import type { Metric } from '../../model/quantities.js';
import type { Pass } from '../../plan/stages.js';
import type { ResolvedModel, ResolvedScenario } from '../../scenario/resolved.js';
import { meanAndStd, quantiles } from '../../sketch/statistics.js';
import { finiteOrNull } from '../../tables/finite.js';
import type { ServiceLevelRow } from '../../tables/service-level.js';

/**
 * Every model in every regime against the limit that the scenario states; none where it states none. A node's step is that of its
 * mean query: concurrency · mean node-seconds / mean output tokens, of which w, where it is known, does not depend on the load.
 */
export async function serviceLevelRows(scenario: ResolvedScenario, pass: Pass): Promise<ServiceLevelRow[]> {
  const { slo, name, regimes, models } = scenario;
  if (slo === undefined) return [];
  const limit = slo.seconds_per_output_token;
  const week = weekOf(scenario);
  const pairs = regimes.flatMap((regime) => models.map((model) => ({ regime: regime.name, model })));
  return Promise.all(
    pairs.map(async ({ regime, model }) => {
      const step = await stepOf(scenario, regime, model, pass);
      const level = serviceLevel(week, step, limit);
      const names = { scenario: name, regime, model: model.name, concurrency: finiteOrNull(step.concurrency), limit };
      const energy_p50 = finiteOrNull(medianOf(pass, regime, model.name, 'energy'));
      return { ...names, ...numbersOf(step, level), energy_p50 };
    }),
  );
}

function numbersOf(step: StepTime, { worst_seconds, mean_seconds, share_beyond, broken }: ServiceLevel) {
  return {
    full_node: finiteOrNull(step.step_s + step.concurrency * step.query_s),
    worst: finiteOrNull(worst_seconds),
    mean: finiteOrNull(mean_seconds),
    share_beyond: finiteOrNull(share_beyond),
    kept: broken ? 'no' : 'yes',
  };
}

/** Without load every node is full in every hour. */
function weekOf({ load }: ResolvedScenario): ServingWeek {
  if (load === undefined) return { owned: 1, arrived: [1], served: [1], late: [0], serving: [1] };
  return servingWeek(loadProfile(load.hours), load, load.lag_h);
}

async function stepOf(scenario: ResolvedScenario, regime: string, model: ResolvedModel, pass: Pass): Promise<StepTime> {
  const mean = (metric: Metric) => meanAndStd(histogramOf(pass, regime, model.name, metric)).mean;
  const found = scenario.regimes.find(({ name }) => name === regime);
  const stated = found?.concurrency;
  const concurrency = stated?.family === 'constant' ? stated.parameters.value : mean('concurrency');
  const decoded = mean('output_tokens') + (found?.reasoning_tokens ? mean('reasoning_tokens') : 0);
  const full = (concurrency * mean('node_seconds')) / decoded;
  const step_s = Math.min(full, await weightsSeconds(scenario, model));
  return { step_s, query_s: (full - step_s) / concurrency, concurrency };
}

/** Seconds of a reading of the weights, at medians; 0 where nothing is known of it. */
async function weightsSeconds(
  { power_management: management }: ResolvedScenario,
  { throughput }: ResolvedModel,
): Promise<number> {
  if (throughput.method !== 'request-cost') return 0;
  const { costs, offline_to_service, speculation } = throughput;
  const median = async (distribution: typeof costs.w) => (await compileDistribution(distribution)).quantile(0.5);
  const { decode } = timeFactors(management ? managedPhases(management) : UNMANAGED_PHASES);
  const share = offline_to_service ? await median(offline_to_service) : 1;
  const w = await median(costs.w);
  const drafted = speculation ? speculativeCosts({ a: 0, b: 0, c: 0, w }, speculation).w : w;
  return (drafted * decode) / share;
}

function medianOf(pass: Pass, regime: string, model: string, metric: Metric): number {
  return quantiles(histogramOf(pass, regime, model, metric), [0.5])[0];
}

/** What was counted of a metric, by the first formula. */
function histogramOf({ plan, sketches }: Pass, regime: string, model: string, metric: Metric) {
  const measure = plan.measures.find(
    ({ row }) => row.regime === regime && row.subject === model && row.metric === metric && row.pathway === BASELINE,
  );
  if (measure === undefined) throw new RangeError(`${metric} of ${model} in ${regime} was not counted`);
  return sketches.histograms[measure.of];
}

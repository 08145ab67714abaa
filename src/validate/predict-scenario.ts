import { compileDistribution } from '../distributions/compile.js';
import type { Distribution } from '../distributions/index.js';
import { boundaryFactor } from '../model/hardware/boundary-conversion.js';
import { acceleratorPowerW } from '../model/hardware/chassis.js';
import { nodeSeconds } from '../model/throughput/request-cost.js';
import { tpsAt } from '../model/throughput/throughput.js';
import type { ResolvedModel, ResolvedRegime, ResolvedScenario } from '../scenario/resolved.js';
import { chassisOf } from './at-boundary.js';
import { valuesOf } from './predict-serving.js';
import { type Match, PROBABILITIES, type Prediction, type ScorableRow } from './scored-row.js';

/** What of a scenario says which rows it is about. */
export interface ScenarioHardware {
  /** Canonical names: of the rows that each of its models is fitted to. */
  readonly models: ReadonlyMap<string, { readonly name: string; readonly accelerators: readonly string[] }>;
  /** Undefined where its models state their costs and have no rows: then any precision is theirs. */
  readonly precision: string | undefined;
  readonly gpus_per_node: number;
}

/** What a scenario says of a row, and how it matches. */
export interface ScenarioPrediction {
  readonly match: Match;
  readonly reason: string;
  readonly prediction: Prediction;
}

/** Predicts rows by a scenario's own form; undefined for a row that differs from it in more than one of chip, precision and number. */
export type ScenarioPredictor = (row: ScorableRow) => ScenarioPrediction | undefined;

/** The scenario's form as tables name it: `oviedo` for the paper's. */
export function formulaOf({ models }: ResolvedScenario): string {
  return models.some(({ throughput }) => throughput.method === 'request-cost') ? 'scenario' : 'oviedo';
}

/**
 * A scenario as a predictor: its node's power times utilisation, over its throughput at a row's lengths, brought to the row's boundary
 * by the line of the row's chip. What the scenario redraws for each query is shared by all of a service here, as the mean over queries
 * would otherwise have no spread at all: utilisation alone, as PUE lies outside the boundaries that are measured.
 */
export async function scenarioPredictor(
  scenario: ResolvedScenario,
  hardware: ScenarioHardware,
): Promise<ScenarioPredictor> {
  const [regime] = scenario.regimes;
  const utilization = regime.power_utilization;
  if ('coupled' in utilization) return () => undefined;
  const share = await quantilesOf(utilization);
  const models = new Map(
    await Promise.all(scenario.models.map(async (model) => [model.name, await serviceOf(model, regime)] as const)),
  );
  return (row) => {
    const found = hardware.models.get(row.model);
    const service = found && models.get(found.name);
    if (!found || !service) return undefined;
    const differs = differencesOf(row, found.accelerators, hardware);
    if (differs.length > 1) return undefined;
    const prediction = predictionOf(row, service, share, hardware.gpus_per_node);
    const basis = service.knows_concurrency
      ? `costs of ${found.name} at the row's concurrency`
      : `rows of ${found.name}; concurrency unknown to it`;
    return { match: differs.length === 0 ? 'strict' : 'loose', reason: [basis, ...differs].join('; '), prediction };
  };
}

/** One model of a scenario on its node: seconds of it for a query, and its rated power. */
interface NodeService {
  readonly seconds: (query: NodeQuery) => number;
  readonly node_power_w: number;
  /** Whether queries in flight share a step's reading of the weights, as `per_step` says. */
  readonly knows_concurrency: boolean;
}

/** What is asked of a whole node: of one that holds several copies of the model, the queries of all. */
type NodeQuery = Pick<ScorableRow, 'input_tokens' | 'output_tokens' | 'concurrency'>;

async function serviceOf({ throughput, node_power_kw }: ResolvedModel, regime: ResolvedRegime): Promise<NodeService> {
  const node_power_w = (await quantilesOf(node_power_kw))(0.5) * 1000;
  if (throughput.method === 'request-cost') {
    const { a, b, c, w } = throughput.costs;
    const [ofA, ofB, ofC, ofW] = await Promise.all([a, b, c, w].map(quantilesOf));
    const costs = { a: ofA(0.5), b: ofB(0.5), c: ofC(0.5), w: ofW(0.5) };
    // Where no concurrency is stated, a run takes b to stand for a full node, steps included.
    const knows_concurrency = regime.concurrency !== undefined && costs.w > 0;
    const seconds = ({ input_tokens, output_tokens, concurrency }: NodeQuery) =>
      nodeSeconds(costs, { input_tokens, output_tokens, ...(knows_concurrency && { concurrency }) });
    return { node_power_w, seconds, knows_concurrency };
  }
  const weight = (await quantilesOf(regime.prefill_weight))(0.5);
  const stated = throughput.method === 'given' ? (await quantilesOf(throughput.tps))(0.5) : undefined;
  const tps = (input: number, output: number) =>
    throughput.method === 'given' ? (stated ?? Number.NaN) : tpsAt(throughput, input, output);
  const seconds = ({ input_tokens, output_tokens }: NodeQuery) =>
    (output_tokens + weight * input_tokens) / tps(input_tokens, output_tokens);
  return { node_power_w, seconds, knows_concurrency: false };
}

function differencesOf(row: ScorableRow, accelerators: readonly string[], hardware: ScenarioHardware): string[] {
  const { accelerator, precision, deployment } = row;
  return [
    ...(accelerators.includes(accelerator) ? [] : [`chip ${accelerator} for ${accelerators.join(' or ')}`]),
    ...(hardware.precision === undefined || precision === hardware.precision
      ? []
      : [`precision ${precision} for ${hardware.precision}`]),
    ...(deployment.gpu_count === hardware.gpus_per_node
      ? []
      : [`${deployment.gpu_count} accelerators for ${hardware.gpus_per_node}`]),
  ];
}

function predictionOf(
  row: ScorableRow,
  { seconds, node_power_w }: NodeService,
  share: (probability: number) => number,
  gpus_per_node: number,
): Prediction {
  const copies = gpus_per_node / row.deployment.gpu_count;
  const hours = seconds({ ...row, concurrency: row.concurrency * copies }) / 3600;
  const wh = (utilization: number) =>
    node_power_w * utilization * hours * fromNode(row, node_power_w * utilization, gpus_per_node);
  return {
    quantiles: valuesOf((quantile) => wh(share(PROBABILITIES[quantile]))),
    pit: probabilityBelow((probability) => wh(share(probability)), row.measured_wh),
  };
}

/** What a node's energy is multiplied by at a row's boundary, for what its boards then draw. */
function fromNode({ hardware, boundary }: ScorableRow, node_w: number, accelerators_per_node: number): number {
  const chassis = chassisOf(hardware);
  const least = 1;
  const accelerator_w = chassis === undefined ? least : Math.max(least, acceleratorPowerW(chassis, node_w));
  return boundaryFactor('node_ac', boundary, { accelerator_w, accelerators_per_node, ...(chassis && { chassis }) })
    .median;
}

/** Halvings of the interval of probabilities. */
const BISECTIONS = 40;

/** The probability at which a rising function reaches a value: 0 or 1 where it does not. */
function probabilityBelow(rising: (probability: number) => number, value: number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = (low + high) / 2;
    if (rising(middle) < value) low = middle;
    else high = middle;
  }
  return low;
}

async function quantilesOf(distribution: Distribution): Promise<(probability: number) => number> {
  return (await compileDistribution(distribution)).quantile;
}

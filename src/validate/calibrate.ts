import { nodePowerW } from '../model/hardware/chassis.js';
import { fitPowerAtLoad, type MeasuredPower } from '../model/serving/power-at-load.js';
import { type PooledPriors, sizePrior, withSteps } from '../model/throughput/pooled-priors.js';
import type { RequestCosts } from '../model/throughput/request-cost.js';
import {
  fitRequestCost,
  type MeasuredRow as OperatingPoint,
  requestCostLooError,
} from '../model/throughput/request-cost-fit.js';
import { costShares } from '../model/throughput/request-cost-prediction.js';
import { chassisOf } from './at-boundary.js';
import type { MeasuredConfiguration } from './configurations.js';
import type { IdentifiedRow } from './identify.js';

/** GPUs of the node that a scenario's keys are of. */
const GPUS_PER_NODE = 8;

/** What own measurements say of a scenario's keys. */
export interface Calibration {
  readonly name: string;
  readonly model: string;
  readonly lines: readonly number[];
  /** Node-seconds by cause, of a node of eight that holds as many copies as fit. */
  readonly costs: RequestCosts;
  /** Median |ln error| of each row predicted from the others; null below two rows. */
  readonly loo_error: number | null;
  /** Share of what is known of the costs that other models tell. */
  readonly prior_share: number;
  /** Rated power of the node, kW. */
  readonly node_power_kw: number;
  /** Absent where no row states power at boards or wall. */
  readonly power?: PowerStates;
  /** Of the rows: medians, concurrency on the whole node. */
  readonly typical: Required<Pick<OperatingPoint, 'input_tokens' | 'output_tokens' | 'concurrency'>>;
}

/** Power of the node at the wall in its three states. */
export interface PowerStates {
  /** Full, over rated: `power_utilization`. */
  readonly utilization: number;
  /** Over full: `load.power.active` as the load goes to 0, and `parked`; null where the idle power of the chip is unknown. */
  readonly active: number;
  readonly parked: number | null;
}

/** A row that calibration can use. */
interface UsableRow extends IdentifiedRow {
  readonly point: OperatingPoint & { readonly concurrency: number };
}

/**
 * Fits the request costs, w included, and the node's power against load to one configuration's rows, with the pooled tables telling what
 * those leave open. Undefined where no row states lengths, throughput and concurrency, or the node of the chip is unknown.
 */
export function calibrate({ name, rows }: MeasuredConfiguration, priors: PooledPriors): Calibration | undefined {
  const usable = rows.flatMap(usableRow);
  const [first] = usable;
  const node_power_kw = Number(first?.hardware.node_max_power_kw);
  if (first === undefined || !(node_power_kw > 0)) return undefined;
  const { deployment, model } = first;
  const architecture = deployment.active_params_b < deployment.total_params_b ? 'moe' : 'dense';
  const size = sizePrior(priors, architecture, deployment, GPUS_PER_NODE);
  if (size === undefined) return undefined;
  const prior = withSteps(size, priors, deployment);
  const points = usable.map(({ point }) => point);
  const { costs, prior_share } = fitRequestCost(points, prior);
  const power = powerOf(usable, costs, node_power_kw * 1000);
  return {
    name,
    model,
    lines: usable.map(({ row }) => row.line),
    costs,
    loo_error: requestCostLooError(points, prior),
    prior_share,
    node_power_kw,
    ...(power && { power }),
    typical: {
      input_tokens: medianOf(points.map(({ input_tokens }) => input_tokens)),
      output_tokens: medianOf(points.map(({ output_tokens }) => output_tokens)),
      concurrency: medianOf(points.map(({ concurrency }) => concurrency)),
    },
  };
}

function usableRow(one: IdentifiedRow): UsableRow[] {
  const { input_tokens, output_tokens, tps, concurrency } = one.row;
  if (input_tokens === undefined || output_tokens === undefined || tps === undefined || concurrency === undefined)
    return [];
  const copies = GPUS_PER_NODE / one.deployment.gpu_count;
  return [{ ...one, point: { input_tokens, output_tokens, tps: tps * copies, concurrency: concurrency * copies } }];
}

function powerOf(rows: readonly UsableRow[], costs: RequestCosts, rated_w: number): PowerStates | undefined {
  const measured = rows.flatMap((row): MeasuredPower[] => {
    const node_w = nodePowerOf(row);
    // What the queries in flight do not share grows with them.
    const load = 1 - costShares(costs, row.point)[3];
    return node_w === undefined ? [] : [{ load, share: node_w / rated_w }];
  });
  if (measured.length === 0) return undefined;
  const { active, span } = fitPowerAtLoad(measured);
  const utilization = Math.min(1, active + span);
  const parked_w = parkedOf(rows[0]);
  return {
    utilization,
    active: Math.min(1, active / utilization),
    parked: parked_w === undefined ? null : Math.min(parked_w / rated_w, active) / utilization,
  };
}

/** Power of the whole node at the wall, W: as measured there, or by the chip's line from its boards. */
function nodePowerOf({ row, deployment, hardware }: UsableRow): number | undefined {
  const chassis = chassisOf(hardware);
  if (row.power_w === undefined) return undefined;
  if (row.boundary === 'node_ac') return (row.power_w * GPUS_PER_NODE) / deployment.gpu_count;
  return row.boundary === 'gpu_board' && chassis !== undefined
    ? nodePowerW(chassis, row.power_w / deployment.gpu_count)
    : undefined;
}

/** Power of a node whose chips hold a model and serve nothing, W. */
function parkedOf({ hardware }: UsableRow): number | undefined {
  const chassis = chassisOf(hardware);
  const [low, high] = [hardware.loaded_idle_w_low, hardware.loaded_idle_w_high].map(Number);
  return chassis !== undefined && low > 0 && high > 0 ? nodePowerW(chassis, (low + high) / 2) : undefined;
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

import { ln } from '../../distributions/elementary.js';
import type { Distribution } from '../../distributions/index.js';
import type { HardwareFactor } from '../throughput/hardware-factor.js';
import { type MeasuredRatio, ratioDistribution } from './measured-ratio.js';
import { ratioAt } from './ratio-by-concurrency.js';
import { SHIPPED_RATIOS } from './shipped-ratios.js';

/** A chip and a number format, by the names of the tables. */
export interface HardwareNames {
  readonly accelerator: string;
  readonly precision: string;
}

/** A step from what rows were measured on to what is asked for. */
interface Step {
  readonly variable: string;
  readonly from: Partial<HardwareNames>;
  readonly to: Partial<HardwareNames>;
  /** The measured ratio at a concurrency; on full nodes without one. */
  measured(concurrency: number | undefined): MeasuredRatio;
  /** Whether it is one of energies: of times, then, by the powers of the two nodes. */
  readonly ofEnergy: boolean;
}

const [H100, H200, B200] = ['H100 SXM5 80GB', 'H200 SXM 141GB', 'B200 SXM 180GB'] as const;

/** Full nodes of both chips: each at the batch that takes the least energy. */
const FULL_NODES = /^minimum-energy/;

/** Queries in flight that stand for a full node where a ratio is only told by them. */
const FULL_CONCURRENCY = 1024;

const GENERATION: Step = {
  variable: 'hardware.generation',
  from: { accelerator: H100 },
  to: { accelerator: B200 },
  measured: (concurrency) =>
    concurrency === undefined
      ? rowOf('B200/H100', FULL_NODES)
      : ratioAt(SHIPPED_RATIOS, 'B200/H100', concurrency).measured,
  ofEnergy: true,
};

const PRECISION: Step = {
  variable: 'hardware.precision',
  from: { precision: 'FP16' },
  to: { precision: 'FP8' },
  measured: (concurrency = FULL_CONCURRENCY) => ratioAt(SHIPPED_RATIOS, 'FP8/BF16', concurrency).measured,
  ofEnergy: true,
};

/** No pair of FP4 and FP8 on one chip was measured: chip and number format change together. */
const BOTH: Step = {
  variable: 'hardware.generation_and_precision',
  from: { accelerator: H200, precision: 'FP8' },
  to: { accelerator: B200, precision: 'FP4' },
  measured: () => rowOf('B200 FP4/H200 FP8 (throughput)', /./),
  ofEnergy: false,
};

/** Ways to what is asked for, shortest first. */
const WAYS: readonly (readonly Step[])[] = [[PRECISION], [GENERATION], [BOTH], [GENERATION, PRECISION]];

/** What rows of other hardware stand in by: factors of node-seconds, each with the ratio that it is. */
export interface StandIn {
  readonly from: HardwareNames;
  readonly factors: readonly HardwareFactor[];
  readonly ratios: readonly MeasuredRatio[];
}

/**
 * Every way from other hardware to that which is asked for, shortest first. A ratio of energies is one of node-seconds times the power of
 * the asked node over that of the measured one; on one chip both draw alike.
 *
 * @param concurrency queries in flight; undefined on full nodes
 * @param nodePowerKw rated power of the node of a chip
 */
export function standIns(
  asked: HardwareNames,
  concurrency: number | undefined,
  nodePowerKw: (accelerator: string) => number,
): StandIn[] {
  const ways = WAYS.filter((steps) => steps.every(({ to }) => isPartOf(to, asked)));
  return ways.map((steps) => {
    const from = { ...asked };
    for (const step of steps) Object.assign(from, step.from);
    const ratios = steps.map((step) => step.measured(concurrency));
    const factors = steps.map(({ variable, from, to, ofEnergy }, i) => {
      const [before, after] = [from.accelerator, to.accelerator];
      const power = ofEnergy && before && after ? nodePowerKw(before) / nodePowerKw(after) : 1;
      return { variable, distribution: scaled(ratioDistribution(ratios[i]), power) };
    });
    return { from, factors, ratios };
  });
}

function isPartOf(part: Partial<HardwareNames>, names: HardwareNames): boolean {
  return (
    (part.accelerator ?? names.accelerator) === names.accelerator &&
    (part.precision ?? names.precision) === names.precision
  );
}

function scaled(ratio: Distribution, factor: number): Distribution {
  if (ratio.family !== 'lognormal') throw new RangeError('a measured ratio is a lognormal');
  return { family: 'lognormal', parameters: { ...ratio.parameters, mu: ratio.parameters.mu + ln(factor) } };
}

function rowOf(ratio: string, condition: RegExp): MeasuredRatio {
  const found = SHIPPED_RATIOS.find((one) => one.ratio === ratio && condition.test(one.condition));
  if (found === undefined) throw new RangeError(`no ${ratio} among the ratios that ship`);
  return found;
}

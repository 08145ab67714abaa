import { ln } from '../../distributions/elementary.js';
import { NESTED_BOUNDARIES, type NestedBoundary } from '../boundary.js';
import { type Chassis, nodePowerW } from './chassis.js';

/** A factor that is known less than exactly: the median and the standard deviation of its logarithm. */
export interface UncertainFactor {
  readonly median: number;
  readonly ln_sd: number;
}

/** What between boards and wall a conversion has to know. */
export interface BoardsInNode {
  /** Power of one accelerator, W. */
  readonly accelerator_w: number;
  readonly accelerators_per_node: number;
  /** The line of the accelerator's node; absent where none is known. */
  readonly chassis?: Chassis;
}

/** Standard deviations from the median of a normal distribution to its P95. */
const Z95 = 1.6448536269514722;

/**
 * A node over its boards. With a line: off by about 5 % (a training maximum of 8.4 kW measured against 8.0 in the line, Latif et al.
 * 2025; half-load cases by 1.6 %). Without: 1.49, P5–P95 1.34–1.72 over all text rows of ML.ENERGY v3 in the lines of their chips.
 */
const LINE_LN_SD = 0.05;
const WITHOUT_LINE: UncertainFactor = { median: 1.49, ln_sd: (ln(1.72) - ln(1.34)) / (2 * Z95) };

/** A facility over its nodes: PUE, P5 1.05 and P95 1.6. Source: Oviedo et al., arXiv 2509.20241 (code: PUE_range). */
const FACILITY: UncertainFactor = fromTo(1.05, 1.6);

/**
 * A fleet over what serves in it: idle machines, interconnect, orchestration. From 1.09 (0.24 over 0.22 Wh of Google's Gemini study,
 * arXiv 2508.15734, the idle share) to 1.3256 (beta of Oviedo et al.), taken as P5 and P95.
 */
const FLEET: UncertainFactor = fromTo(1.09, 1.3256);

/**
 * What an energy of one boundary is multiplied by to be one of another: up by what each step adds, down by its inverse. A group of
 * accelerators has its share of the node that it stands in, all of which draw alike.
 */
export function boundaryFactor(from: NestedBoundary, to: NestedBoundary, boards: BoardsInNode): UncertainFactor {
  const [low, high] = [NESTED_BOUNDARIES.indexOf(from), NESTED_BOUNDARIES.indexOf(to)];
  if (low > high) {
    const { median, ln_sd } = boundaryFactor(to, from, boards);
    return { median: 1 / median, ln_sd };
  }
  const steps = [nodeOverBoards(boards), FACILITY, FLEET].slice(low, high);
  return {
    median: steps.reduce((product, step) => product * step.median, 1),
    ln_sd: Math.sqrt(steps.reduce((sum, { ln_sd }) => sum + ln_sd ** 2, 0)),
  };
}

function nodeOverBoards({ accelerator_w, accelerators_per_node, chassis }: BoardsInNode): UncertainFactor {
  if (chassis === undefined) return WITHOUT_LINE;
  return { median: nodePowerW(chassis, accelerator_w) / (accelerators_per_node * accelerator_w), ln_sd: LINE_LN_SD };
}

function fromTo(p5: number, p95: number): UncertainFactor {
  return { median: Math.sqrt(p5 * p95), ln_sd: (ln(p95) - ln(p5)) / (2 * Z95) };
}

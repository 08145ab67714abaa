import { ROWS } from '../random/point-source.js';
import { streamKey } from '../random/streams.js';
import { fillUniforms } from '../random/uniforms.js';
import { type BootstrapOptions, blockOf, bootstrap } from './bootstrap.js';
import { columnsOf, drawValues, type OutputEffects, requireIndependent, type SensitivityProblem } from './problem.js';

/** How many elementary effects, on which grid. */
export interface MorrisOptions extends BootstrapOptions {
  /** Trajectories, each of k + 1 computations. */
  readonly trajectories: number;
  /** Levels of the grid; even. */
  readonly levels: number;
  /** Probabilities between which the grid lies: quantiles at 0 and 1 may be infinite. */
  readonly range: readonly [low: number, high: number];
}

/**
 * Elementary effects: `mu` their mean, `mu_star` the mean of their sizes with `mu_star_conf`, `sigma` their standard deviation,
 * per unit of the range of probabilities.
 *
 * Sources: Morris, Technometrics 33 (1991); mu_star: Campolongo et al., Environ. Model. Softw. 22 (2007).
 *
 * @throws RangeError for correlated parameters or an odd number of levels
 */
export function morrisEffects(problem: SensitivityProblem, options: MorrisOptions): OutputEffects[] {
  requireIndependent(problem, 'morris');
  if (options.levels % 2 !== 0) throw new RangeError(`morris takes an even number of levels; found ${options.levels}`);
  const k = problem.parameters.length;
  const blocks = blockOf(options.trajectories - 1, options.trajectories) + 1;
  const sums = problem.outputs.map(() => Array.from({ length: blocks }, () => new Float64Array(k * PER_PARAMETER)));
  walkTrajectories(problem, options, (trajectory, parameter, effects) => {
    const block = blockOf(trajectory, options.trajectories);
    effects.forEach((effect, o) => {
      addEffect(sums[o][block], parameter * PER_PARAMETER, effect);
    });
  });
  return problem.outputs.map((output, o) => outputEffects(problem, output, sums[o], options));
}

/** Count, sum, sum of sizes and sum of squares of a parameter's effects. */
const PER_PARAMETER = 4;

function addEffect(sums: Float64Array, at: number, effect: number): void {
  if (!Number.isFinite(effect)) return;
  sums[at] += 1;
  sums[at + 1] += effect;
  sums[at + 2] += Math.abs(effect);
  sums[at + 3] += effect * effect;
}

type OnEffect = (trajectory: number, parameter: number, effects: readonly number[]) => void;

/** As many whole trajectories at a time as there is room for. */
function walkTrajectories(problem: SensitivityProblem, options: MorrisOptions, onEffect: OnEffect): void {
  const k = problem.parameters.length;
  const steps = k + 1;
  const together = Math.floor(ROWS / steps);
  const uniforms = columnsOf(k);
  const values = columnsOf(k);
  const outputs = columnsOf(problem.outputs.length);
  for (let first = 0; first < options.trajectories; first += together) {
    const count = Math.min(together, options.trajectories - first);
    const walks = Array.from({ length: count }, (_, t) => walk(first + t, k, options));
    walks.forEach(({ points }, t) => {
      points.forEach((point, step) => {
        for (let j = 0; j < k; j++) uniforms[j][t * steps + step] = point[j];
      });
    });
    drawValues(problem, uniforms, values, count * steps);
    problem.evaluate(values, count * steps, outputs);
    walks.forEach(({ moves }, t) => {
      moves.forEach(({ parameter, delta }, step) => {
        const row = t * steps + step;
        onEffect(
          first + t,
          parameter,
          outputs.map((out) => (out[row + 1] - out[row]) / delta),
        );
      });
    });
  }
}

interface Walk {
  readonly points: readonly (readonly number[])[];
  readonly moves: readonly { readonly parameter: number; readonly delta: number }[];
}

/** A random trajectory: from a random point of the grid, each parameter in random order moves by half the levels. */
function walk(trajectory: number, k: number, { seed, levels, range: [low, high] }: MorrisOptions): Walk {
  const draws = new Float64Array(2 * k);
  fillUniforms(streamKey(seed, 'sensitivity.morris'), trajectory, draws);
  const delta = levels / (2 * (levels - 1));
  const level = (u: number) => Math.floor(u * levels) / (levels - 1);
  const start = Array.from(draws.subarray(0, k), level);
  const order = Array.from({ length: k }, (_, j) => j).sort((i, j) => draws[k + i] - draws[k + j]);
  const moves = order.map((parameter) => ({ parameter, delta: start[parameter] + delta <= 1 + 1e-9 ? delta : -delta }));
  const points = [start];
  for (const { parameter, delta: move } of moves) {
    points.push(points.at(-1)!.map((value, j) => (j === parameter ? value + move : value)));
  }
  return { points: points.map((point) => point.map((value) => low + (high - low) * value)), moves };
}

function outputEffects(
  { parameters }: SensitivityProblem,
  output: string,
  blocks: readonly Float64Array[],
  options: MorrisOptions,
): OutputEffects {
  const statistic = (sums: Float64Array) => parameters.flatMap((_, j) => statistics(sums.subarray(j * PER_PARAMETER)));
  const { values, conf } = bootstrap(blocks, statistic, options);
  const used = blocks.reduce(
    (sum, block) => sum + parameters.reduce((all, _, j) => all + block[j * PER_PARAMETER], 0),
    0,
  );
  const effects = parameters.map((parameter, j) => ({
    parameter,
    numbers: { mu: values[3 * j], mu_star: values[3 * j + 1], mu_star_conf: conf[3 * j + 1], sigma: values[3 * j + 2] },
  }));
  return { output, effects, n: used, n_dropped: options.trajectories * parameters.length - used };
}

/** mu, mu_star, sigma (of the sample). */
function statistics([n, sum, sizes, squares]: Float64Array): [number, number, number] {
  const mu = sum / n;
  return [mu, sizes / n, Math.sqrt(Math.max(0, (squares - n * mu * mu) / (n - 1)))];
}

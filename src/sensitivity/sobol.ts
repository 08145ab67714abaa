import { type PointKind, pointsOf } from '../random/points.js';
import { type BootstrapOptions, blockOf, bootstrap } from './bootstrap.js';
import { ESTIMATORS, type EstimatorName } from './estimators/list.js';
import type { Estimator, Moments } from './estimators/moments.js';
import { DUMMY, type Effect, type OutputEffects, requireIndependent, type SensitivityProblem } from './problem.js';
import { evaluateDesign, type SaltelliChunk } from './saltelli-design.js';

/** Rows of the design, how they are placed, which estimator is used, and whether pairs are told apart. */
export interface SobolOptions extends BootstrapOptions {
  /** Rows of the base sample N; the function is computed N (k + 2) times, N (2k + 2) with second order. */
  readonly samples: number;
  readonly points: PointKind;
  readonly estimator: EstimatorName;
  readonly secondOrder: boolean;
}

/**
 * First-order (`s1`), total (`st`) and on request second-order (`s2`, parameter `a × b`) Sobol indices, with half-widths of
 * their bootstrap intervals. The dummy input's `s1` is the correlation of two independent outputs (Khorashadi Zadeh et al.,
 * Environ. Model. Softw. 91, 2017); its `st` is 0 by construction.
 *
 * @throws RangeError for correlated parameters, and as `pointsOf`
 */
export function sobolIndices(problem: SensitivityProblem, options: SobolOptions): OutputEffects[] {
  requireIndependent(problem, 'sobol');
  const k = problem.parameters.length;
  const points = pointsOf(options.points, options.seed, 2 * k, options.samples);
  const sums = problem.outputs.map(() => new DesignSums(k, options));
  evaluateDesign(problem, points, options.samples, options.secondOrder, (chunk) => {
    sums.forEach((sum, output) => {
      sum.add(chunk, output);
    });
  });
  return problem.outputs.map((output, o) => ({
    output,
    ...sums[o].counts(),
    effects: effectsOf(problem, sums[o], options),
  }));
}

const PER_DESIGN = 6;
const PER_PARAMETER = 4;

/**
 * Sums of one output over each block of rows: n, a, b, aa, bb, ab, then c, cc, ac, bc of each parameter, then for each pair
 * the product of the output on B with column i from A and on A with column j from B.
 */
class DesignSums {
  readonly blocks: Float64Array[];
  readonly #k: number;
  readonly #samples: number;
  #shift: number | undefined;
  #row = 0;
  #used = 0;

  constructor(k: number, { samples, secondOrder }: SobolOptions) {
    this.#k = k;
    this.#samples = samples;
    const length = PER_DESIGN + PER_PARAMETER * k + (secondOrder ? (k * (k - 1)) / 2 : 0);
    this.blocks = Array.from({ length: blockOf(samples - 1, samples) + 1 }, () => new Float64Array(length));
  }

  counts(): Pick<OutputEffects, 'n' | 'n_dropped'> {
    return { n: this.#used, n_dropped: this.#samples - this.#used };
  }

  add(chunk: SaltelliChunk, output: number): void {
    const a = chunk.a[output];
    const b = chunk.b[output];
    const usable = chunk.usable[output];
    this.#shift ??= meanOf(a, usable, chunk.n);
    for (let from = 0; from < chunk.n; ) {
      const block = blockOf(this.#row + from, this.#samples);
      let to = from + 1;
      while (to < chunk.n && blockOf(this.#row + to, this.#samples) === block) to++;
      this.#addRows(this.blocks[block], a, b, chunk, output, from, to);
      from = to;
    }
    this.#row += chunk.n;
  }

  #addRows(
    sums: Float64Array,
    a: Float64Array,
    b: Float64Array,
    chunk: SaltelliChunk,
    output: number,
    from: number,
    to: number,
  ): void {
    const usable = chunk.usable[output];
    const shift = this.#shift ?? 0;
    this.#used += addBase(sums, a, b, usable, shift, from, to);
    for (let i = 0; i < this.#k; i++) {
      addParameter(sums, PER_DESIGN + PER_PARAMETER * i, a, b, chunk.ab[i][output], usable, shift, from, to);
    }
    let at = PER_DESIGN + PER_PARAMETER * this.#k;
    if (at === sums.length) return;
    for (let i = 0; i < this.#k; i++) {
      for (let j = i + 1; j < this.#k; j++) {
        sums[at++] += product(chunk.ba[i][output], chunk.ab[j][output], usable, shift, from, to);
      }
    }
  }
}

function addBase(
  sums: Float64Array,
  a: Float64Array,
  b: Float64Array,
  usable: Uint8Array,
  shift: number,
  from: number,
  to: number,
): number {
  let [n, sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0, 0];
  for (let r = from; r < to; r++) {
    if (usable[r] === 0) continue;
    const x = a[r] - shift;
    const y = b[r] - shift;
    n++;
    sa += x;
    sb += y;
    saa += x * x;
    sbb += y * y;
    sab += x * y;
  }
  [n, sa, sb, saa, sbb, sab].forEach((sum, i) => {
    sums[i] += sum;
  });
  return n;
}

function addParameter(
  sums: Float64Array,
  at: number,
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  usable: Uint8Array,
  shift: number,
  from: number,
  to: number,
): void {
  let [sc, scc, sac, sbc] = [0, 0, 0, 0];
  for (let r = from; r < to; r++) {
    if (usable[r] === 0) continue;
    const z = c[r] - shift;
    sc += z;
    scc += z * z;
    sac += (a[r] - shift) * z;
    sbc += (b[r] - shift) * z;
  }
  sums[at] += sc;
  sums[at + 1] += scc;
  sums[at + 2] += sac;
  sums[at + 3] += sbc;
}

function product(
  x: Float64Array,
  y: Float64Array,
  usable: Uint8Array,
  shift: number,
  from: number,
  to: number,
): number {
  let sum = 0;
  for (let r = from; r < to; r++) if (usable[r] !== 0) sum += (x[r] - shift) * (y[r] - shift);
  return sum;
}

function meanOf(column: Float64Array, usable: Uint8Array, n: number): number | undefined {
  let [sum, count] = [0, 0];
  for (let r = 0; r < n; r++) {
    if (usable[r] === 0) continue;
    sum += column[r];
    count++;
  }
  return count === 0 ? undefined : sum / count;
}

function effectsOf({ parameters }: SensitivityProblem, sums: DesignSums, options: SobolOptions): Effect[] {
  const k = parameters.length;
  const statistic = (total: Float64Array) => indicesOf(total, k, ESTIMATORS[options.estimator]);
  const { values, conf } = bootstrap(sums.blocks, statistic, options);
  const numbers = (at: number, name: string) => ({ [name]: values[at], [`${name}_conf`]: conf[at] });
  const firstAndTotal = [...parameters, DUMMY].map((parameter, i) => ({
    parameter,
    numbers: { ...numbers(2 * i, 's1'), ...numbers(2 * i + 1, 'st') },
  }));
  const pairs = parameters.flatMap((one, i) => parameters.slice(i + 1).map((other) => `${one} × ${other}`));
  const second = options.secondOrder
    ? pairs.map((parameter, p) => ({ parameter, numbers: numbers(2 * (k + 1) + p, 's2') }))
    : [];
  return [...firstAndTotal, ...second];
}

/** s1 and st of each parameter and of the dummy, then s2 of each pair if there are sums for it. */
function indicesOf(sums: Float64Array, k: number, estimator: Estimator): number[] {
  const [n, a, b, aa, bb, ab] = sums;
  const base = { a: a / n, b: b / n, aa: aa / n, bb: bb / n, ab: ab / n, variance: varianceOfAll(sums, k) };
  const moments = Array.from({ length: k }, (_, i): Moments => {
    const [c, cc, ac, bc] = sums.subarray(PER_DESIGN + PER_PARAMETER * i);
    return { ...base, c: c / n, cc: cc / n, ac: ac / n, bc: bc / n };
  });
  const first = moments.map((one) => estimator.first(one));
  const variance = (base.aa + base.bb) / 2 - ((base.a + base.b) / 2) ** 2;
  const dummy = (base.ab - base.a * base.b) / variance;
  const pairs = sums.subarray(PER_DESIGN + PER_PARAMETER * k);
  return [
    ...moments.flatMap((one, i) => [first[i], estimator.total(one)]),
    ...[dummy, 0],
    ...secondOrder(pairs, n, base.ab, variance, first),
  ];
}

/** Variance over the rows of A, of B, and of A with each column from B. */
function varianceOfAll(sums: Float64Array, k: number): number {
  const [n, a, b, aa, bb] = sums;
  let [sum, squares] = [a + b, aa + bb];
  for (let at = PER_DESIGN; at < PER_DESIGN + PER_PARAMETER * k; at += PER_PARAMETER) {
    sum += sums[at];
    squares += sums[at + 1];
  }
  const rows = n * (k + 2);
  return squares / rows - (sum / rows) ** 2;
}

/** Closed index of a pair less its first-order ones. Source: Saltelli, Comput. Phys. Commun. 145 (2002), theorem 2. */
function secondOrder(pairs: Float64Array, n: number, ab: number, variance: number, first: readonly number[]): number[] {
  let at = 0;
  if (pairs.length === 0) return [];
  return first.flatMap((one, i) => first.slice(i + 1).map((other) => (pairs[at++] / n - ab) / variance - one - other));
}

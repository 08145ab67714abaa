import { exp, ln } from '../distributions/elementary.js';
import { effectiveTokens } from '../model/energy.js';
import { coupledPowerUtilization } from '../model/power.js';
import { isOffHull } from '../model/throughput/hull.js';
import { lnNodeSeconds } from '../model/throughput/request-cost.js';
import { residualStretch } from '../model/throughput/request-cost-prediction.js';
import { isCapped, isExtrapolated, lnTpsUncapped } from '../model/throughput/throughput.js';
import type { ComputedKind, NodeOf } from './node.js';

/** Draws of nodes by their positions: each one's logarithms, -Infinity for 0, and values where it is a count or a weight. */
export interface Columns<C> {
  readonly value: readonly C[];
  readonly ln: readonly C[];
}

type Evaluate<K extends ComputedKind> = (
  node: NodeOf<K>,
  columns: Columns<Float64Array>,
  n: number,
  out: Float64Array,
  values: Float64Array,
) => void;

/**
 * What each kind of node is, in double precision and in the log domain: the definition that other engines are checked against,
 * and by which constants are folded. Error of a product: below 1e-15 for each of its terms.
 */
const EVALUATE: { readonly [K in ComputedKind]: Evaluate<K> } = {
  weightedSum({ base, weight, other }, { value, ln: lnOf }, n, out) {
    for (let i = 0; i < n; i++) {
      const tokens = effectiveTokens(value[base][i], value[other][i], value[weight][i]);
      out[i] = tokens === value[base][i] ? lnOf[base][i] : ln(tokens);
    }
  },
  decoded({ answer, reasoning }, { value, ln: lnOf }, n, out, values) {
    for (let i = 0; i < n; i++) {
      values[i] = value[answer][i] + value[reasoning][i];
      out[i] = value[reasoning][i] === 0 ? lnOf[answer][i] : ln(values[i]);
    }
  },
  fit({ law, input, output }, { ln: lnOf }, n, out) {
    const lnCap = ln(law.cap_tps);
    for (let i = 0; i < n; i++) out[i] = Math.min(lnTpsUncapped(law, lnOf[input][i], lnOf[output][i]), lnCap);
  },
  requestCost({ input, output, cached, a, b, c, steps }, { value }, n, out) {
    for (let i = 0; i < n; i++) {
      const input_tokens = value[input][i];
      const costs = { a: value[a][i], b: value[b][i], c: value[c][i], w: steps ? value[steps.w][i] : 0 };
      out[i] = lnNodeSeconds(costs, {
        input_tokens,
        output_tokens: value[output][i],
        cached_input_tokens: cached === undefined ? 0 : Math.min(value[cached][i], input_tokens),
        ...(steps && { concurrency: value[steps.concurrency][i] }),
      });
    }
  },
  residual({ of, growth, covered, input, output }, { value, ln: lnOf }, n, out) {
    const stretch = residualStretch(growth, covered);
    for (let i = 0; i < n; i++) out[i] = lnOf[of][i] * stretch(value[input][i], value[output][i]);
  },
  outputRate({ output, seconds }, { ln: lnOf }, n, out) {
    for (let i = 0; i < n; i++) {
      const lnOutput = lnOf[output][i];
      out[i] = lnOutput === Number.NEGATIVE_INFINITY ? lnOutput : lnOutput - lnOf[seconds][i];
    }
  },
  coupled({ base, span, max_tps, tps }, { ln: lnOf }, n, out) {
    const lnMax = ln(max_tps);
    for (let i = 0; i < n; i++) out[i] = ln(coupledPowerUtilization(base, span, exp(lnOf[tps][i] - lnMax)));
  },
  product({ factors, constant, divisors }, { ln: lnOf }, n, out) {
    out.fill(0, 0, n);
    for (const factor of factors) for (let i = 0; i < n; i++) out[i] += lnOf[factor][i];
    const lnConstant = ln(constant);
    if (constant !== 1) for (let i = 0; i < n; i++) out[i] += lnConstant;
    for (const divisor of divisors) for (let i = 0; i < n; i++) out[i] -= lnOf[divisor][i];
  },
  total({ terms }, { ln: lnOf }, n, out) {
    for (let i = 0; i < n; i++) out[i] = lnOfSum(terms, lnOf, i);
  },
  minimum({ of }, { ln: lnOf }, n, out) {
    out.fill(Number.POSITIVE_INFINITY, 0, n);
    for (const one of of) for (let i = 0; i < n; i++) out[i] = Math.min(out[i], lnOf[one][i]);
  },
  conditional({ of, on }, { ln: lnOf }, n, out) {
    for (let i = 0; i < n; i++) out[i] = Number.isFinite(lnOf[on][i]) ? lnOf[of][i] : Number.NaN;
  },
  capped({ law, input, output }, { ln: lnOf }, n, out) {
    for (let i = 0; i < n; i++) out[i] = lnTruth(isCapped(law, lnTpsUncapped(law, lnOf[input][i], lnOf[output][i])));
  },
  offHull({ hull, input, output }, { value }, n, out) {
    for (let i = 0; i < n; i++) out[i] = lnTruth(isOffHull(hull, value[input][i], value[output][i]));
  },
  outside({ law, input, output }, { value }, n, out) {
    for (let i = 0; i < n; i++) out[i] = lnTruth(isExtrapolated(law, value[input][i], value[output][i]));
  },
};

/** Writes the logarithms of the first `n` draws of a node, and its values, if it has any: it is then told where. */
export function evaluate<K extends ComputedKind>(
  node: NodeOf<K>,
  columns: Columns<Float64Array>,
  n: number,
  out: Float64Array,
  values: Float64Array,
): void {
  EVALUATE[node.kind](node, columns, n, out, values);
}

function lnTruth(isTrue: boolean): number {
  return isTrue ? 0 : Number.NEGATIVE_INFINITY;
}

/** ln of a sum from the logarithms of its terms, by the greatest of them so that no power overflows. */
function lnOfSum(terms: readonly number[], lnOf: readonly Float64Array[], i: number): number {
  let greatest = Number.NEGATIVE_INFINITY;
  for (const term of terms) greatest = Math.max(greatest, lnOf[term][i]);
  if (!Number.isFinite(greatest)) return greatest;
  let sum = 0;
  for (const term of terms) sum += exp(lnOf[term][i] - greatest);
  return greatest + ln(sum);
}

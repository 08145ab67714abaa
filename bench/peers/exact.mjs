// The exact distribution of energy in the two scenarios of this folder, by quadrature: nothing here is drawn, and nothing is
// shared with tokenjoule or a peer but the scenario's parameters.
import cdfOf from '@stdlib/stats-base-dists-normal-cdf';

const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95];
const Z95 = 1.645; // as the paper's code has it
const MEAN_OUTPUT = 300 / Math.LN2; // exponential with median 300
const LONGEST = Math.ceil(40 * MEAN_OUTPUT); // e^-40 of the answers are longer
const FIT = { intercept: 9.761963208597, input: -0.585438883133, output: 0.226564431815, lnCap: Math.log(4572.23) };
const LN_SHORTEST = Math.log(1e-6); // a length of 0 counts as this
const LN_NODE_WH_PER_S = Math.log(10.2 * (1000 / 3600)); // 10.2 kW for one second
const UTILIZATION = lognormal(0.4, 0.9);
const PUE = lognormal(1.05, 1.6);
const GAMMA_SCALE = 250; // shape 2: density x e^-x of x = length / scale

const [LOW, HIGH, WIDTH] = [-25, 15, 1e-3]; // grid of the logarithms, on which a mean is kept exactly
const CELLS = Math.round((HIGH - LOW) / WIDTH);

/** Quantiles P5 P25 P50 P75 P95 of energy, Wh, and the density of ln energy at each. */
export function exactOneModel() {
  return summary(lnServiceLaw([[500, 1]], 0), lnFactorCdf(-Infinity, Infinity));
}

/** The same with gamma input lengths that count 1/30 of an output token, and a PUE within 1-2. */
export function exactSpreadInputs() {
  return summary(lnServiceLaw(gammaLengths(), 1 / 30), lnFactorCdf(0, Math.log(2)));
}

function lognormal(p5, p95) {
  return { mu: (Math.log(p5) + Math.log(p95)) / 2, sigma: Math.log(p95 / p5) / 2 / Z95 };
}

/** Probabilities of ln(effective tokens / tps) on the grid: over all answers, and all inputs as [tokens, weight]. */
function lnServiceLaw(inputs, prefillWeight) {
  const cells = new Float64Array(CELLS);
  for (let output = 0; output <= LONGEST; output++) {
    const probability = survival(output - 0.5) - survival(output + 0.5);
    for (const [input, weight] of inputs) {
      const tokens = output + prefillWeight * input;
      if (tokens > 0) put(cells, Math.log(tokens) - lnTps(input, output), probability * weight);
    }
  }
  return cells;
}

function survival(tokens) {
  return tokens < 0 ? 1 : Math.exp(-tokens / MEAN_OUTPUT);
}

function lnTps(input, output) {
  const lnOutput = output > 0 ? Math.log(output) : LN_SHORTEST;
  return Math.min(FIT.lnCap, FIT.intercept + FIT.input * Math.log(input) + FIT.output * lnOutput);
}

function put(cells, x, probability) {
  const place = (x - LOW) / WIDTH;
  const cell = Math.floor(place);
  cells[cell] += probability * (cell + 1 - place);
  cells[cell + 1] += probability * (place - cell);
}

/** Midpoints of the logarithm of the length, from e^-12 to e^4 scales, with their share of the probability. */
function gammaLengths() {
  const [from, to, points] = [-12, 4, 400];
  const step = (to - from) / points;
  const lengths = Array.from({ length: points }, (_, i) => Math.exp(from + (i + 0.5) * step));
  return shares(lengths.map((x) => [GAMMA_SCALE * x, x * x * Math.exp(-x)]));
}

/** The distribution function of ln(PUE · utilisation), with ln PUE between the bounds, tabulated on the grid's differences. */
function lnFactorCdf(lnLow, lnHigh) {
  const pues = shares(normalPoints(PUE, lnLow, lnHigh));
  const at = (x) => pues.reduce((sum, [lnPue, w]) => sum + w * cdfOf(x - lnPue, UTILIZATION.mu, UTILIZATION.sigma), 0);
  const table = Float64Array.from({ length: Math.round(6 / WIDTH) + 1 }, (_, i) => at(i * WIDTH - 3));
  return (x) => {
    const place = (x + 3) / WIDTH;
    if (place < 0) return 0;
    const cell = Math.floor(place);
    return cell + 1 < table.length ? table[cell] + (place - cell) * (table[cell + 1] - table[cell]) : 1;
  };
}

function normalPoints({ mu, sigma }, low, high) {
  const [from, to, points] = [Math.max(low, mu - 9 * sigma), Math.min(high, mu + 9 * sigma), 400];
  const step = (to - from) / points;
  const places = Array.from({ length: points }, (_, i) => from + (i + 0.5) * step);
  return places.map((x) => [x, Math.exp(-(((x - mu) / sigma) ** 2) / 2)]);
}

function shares(weighted) {
  const total = weighted.reduce((sum, [, weight]) => sum + weight, 0);
  return weighted.map(([x, weight]) => [x, weight / total]);
}

/** P5 P25 P50 P75 P95 of energy, and there the density of its logarithm. */
function summary(lnService, factorCdf) {
  const noTokens = 1 - lnService.reduce((sum, p) => sum + p, 0); // and no energy
  const cdf = (x) =>
    lnService.reduce(
      (sum, p, i) => (p > 0 ? sum + p * factorCdf(x - LN_NODE_WH_PER_S - LOW - i * WIDTH) : sum),
      noTokens,
    );
  const lnQuantiles = QUANTILES.map((p) => root((x) => cdf(x) - p));
  const densities = lnQuantiles.map((x) => (cdf(x + 0.005) - cdf(x - 0.005)) / 0.01);
  return { quantiles: lnQuantiles.map(Math.exp), densities };
}

function root(rising) {
  let [low, high] = [-15, 8];
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (rising(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Sharp edges, integrated end to end: uniform, triangular, truncated, of single values, mixed, and a trim before a multiplier, against
 * distribution functions by quadrature between all edges, which share no code with src. What it cannot see: products of more
 * than two factors and a token count, of which test/simulate/integrated.test.ts draws.
 */
import { describe, expect, it } from 'vitest';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import {
  atomsLaw,
  cutLognormalLaw,
  type EdgedLaw,
  mixedLaw,
  productCdf,
  ratioCdf,
  triangularLaw,
  uniformLaw,
} from './edged-laws.js';
import { expectQuantiles } from './exact-quantiles.js';

/** A token takes a node of 10 kW 1 ms: Wh of one at a PUE and a utilisation of 1. */
const WH_PER_TOKEN = (10 * 1e-3 * 1000) / 3600;

async function integrated(more: object) {
  const text = JSON.stringify({
    version: 1,
    name: 'edges',
    sampler: 'exact',
    node_power_kw: 10,
    models: { m: { tps: 1000 } },
    input_tokens: 500,
    pue: 1,
    power_utilization: 1,
    regimes: { one: { output_tokens: 100 } },
    ...more,
  });
  const refuse = () => Promise.reject(new Error('this scenario names no dataset'));
  return simulateHere(await scenarioFromText(text, 'edges.yaml', refuse));
}

const [MU, SIGMA] = [Math.log(1.25), 0.12];
const PUES: readonly [name: string, written: object, law: EdgedLaw][] = [
  ['uniform', { uniform: { min: 1.1, max: 1.5 } }, uniformLaw(1.1, 1.5)],
  ['triangular', { triangular: { min: 1.05, mode: 1.1, max: 1.6 } }, triangularLaw(1.05, 1.1, 1.6)],
  [
    'truncated lognormal',
    { lognormal: { mu: MU, sigma: SIGMA }, min: 1.2, max: 1.45 },
    cutLognormalLaw(MU, SIGMA, 1.2, 1.45),
  ],
  [
    'single values',
    { empirical: { values: [1.1, 1.13, 1.5], weights: [33, 44, 23] } },
    atomsLaw([
      [1.1, 0.33],
      [1.13, 0.44],
      [1.5, 0.23],
    ]),
  ],
  [
    'a value mixed with a uniform',
    {
      mixture: [
        { weight: 0.3, distribution: 1.2 },
        { weight: 0.7, distribution: { uniform: { min: 1.1, max: 1.5 } } },
      ],
    },
    mixedLaw(0.3, atomsLaw([[1.2, 1]]), uniformLaw(1.1, 1.5)),
  ],
];
const USED: typeof PUES = [
  [
    'single values',
    { empirical: { values: [0.4, 0.77], weights: [0.37, 0.63] } },
    atomsLaw([
      [0.4, 0.37],
      [0.77, 0.63],
    ]),
  ],
  ['uniform', { uniform: { min: 0.5, max: 0.9 } }, uniformLaw(0.5, 0.9)],
];
const COUNTS: readonly [name: string, written: unknown, law: EdgedLaw][] = [
  ['one count', 100, atomsLaw([[100, 1]])],
  [
    'counts of 0, 7 and 300',
    { empirical: { values: [0, 7, 300], weights: [0.11, 0.47, 0.42] } },
    atomsLaw([
      [0, 0.11],
      [7, 0.47],
      [300, 0.42],
    ]),
  ],
];

/** P(tokens · PUE · utilisation · Wh ≤ z). */
function energyCdf(counts: EdgedLaw, pue: EdgedLaw, used: EdgedLaw, z: number): number {
  return counts.atoms.reduce(
    (sum, [count, weight]) => sum + weight * (count === 0 ? 1 : productCdf(pue, used, z / (count * WH_PER_TOKEN))),
    0,
  );
}

const CASES = PUES.flatMap(([pue, ...p]) =>
  USED.flatMap(([used, ...u]) => COUNTS.map(([counts, ...c]) => [pue, used, counts, p, u, c] as const)),
);

describe('a product with sharp edges, integrated', () => {
  it.each(CASES)('has exact quantiles: PUE %s, utilisation %s, %s', async (_pue, _used, _counts, p, u, c) => {
    const result = await integrated({ pue: p[0], power_utilization: u[0], regimes: { one: { output_tokens: c[0] } } });
    const exact = { cdf: (z: number) => energyCdf(c[1], p[1], u[1], z) };
    expectQuantiles(result, { regime: 'one', subject: 'm' }, exact);
  });

  it('has them where a trim of a uniform stands before a uniform multiplier', async () => {
    const result = await integrated({
      pue: { uniform: { min: 1.1, max: 1.5 } },
      blends: { all: { models: ['m'] } },
      pathways: { less: { uniform: { min: 1.5, max: 4 } } },
    });
    const unit = 100 * WH_PER_TOKEN;
    const kept = uniformLaw(unit * (1.1 + 0.14 * 0.4), unit * (1.1 + 0.86 * 0.4));
    const all = uniformLaw(unit * 1.1, unit * 1.5);
    const multiplier = uniformLaw(1.5, 4);
    const of = { regime: 'one', subject: 'all' };
    expectQuantiles(result, { ...of, trim: 'p14-p86' }, kept);
    expectQuantiles(result, { ...of, pathway: 'less' }, { cdf: (z) => ratioCdf(all, multiplier, z) });
    expectQuantiles(result, { ...of, pathway: 'less', trim: 'p14-p86' }, { cdf: (z) => ratioCdf(kept, multiplier, z) });
  });
});

describe('the judge', () => {
  it('gives the product of two uniforms in closed form', () => {
    // P(U V ≤ z) of two uniforms on (0, 1] is z - z ln z; on [1, 2] each at z = 2: 2 ln 2 - 1.
    expect(productCdf(uniformLaw(1, 2), uniformLaw(1, 2), 2)).toBeCloseTo(2 * Math.LN2 - 1, 12);
  });
});

/**
 * Every family, whole and truncated, and mixtures: draws by quantile against moments computed elsewhere (SciPy 1.17 and, for
 * truncated ones, mpmath 1.3 quadrature of the density), against the reference sampler, and against the cdf.
 * Two hundred thousand draws, of which `npm test` takes a tenth, cannot see a relative error of the mean below about half a percent; the exact comparison of
 * `meanOf` and the round trip through the cdf do. Tails beyond 1e-5 are seen by the round trip only.
 */
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import { compileDistribution } from '../../src/distributions/compile.js';
import { type Distribution, families, familyNames } from '../../src/distributions/index.js';
import { meanOf, varianceOf } from '../../src/distributions/moments.js';
import { parseDistribution } from '../../src/distributions/parse.js';
import { referenceSampler } from '../../src/distributions/reference-sampler.js';
import { supportOf } from '../../src/distributions/support.js';
import { distributionText } from '../../src/distributions/text.js';
import { tries } from '../needs.js';

interface Case {
  readonly written: unknown;
  readonly mean: number;
  readonly variance: number;
  /** Probability outside the bounds. */
  readonly removed?: number;
}

const thirds = { values: [3, 1, 2], weights: [2, 1, 1] };
const twoNormals = [
  { weight: 0.25, distribution: { normal: { mean: -2, sd: 1 } } },
  { weight: 0.75, distribution: { normal: { mean: 2, sd: 0.5 } } },
];
const nested = [
  { weight: 0.5, distribution: { mixture: twoNormals } },
  { weight: 0.5, distribution: { exponential: { mean: 1 }, max: 1 } },
];

const cases: readonly Case[] = [
  { written: 11.3, mean: 11.3, variance: 0 },
  { written: { uniform: { min: 2, max: 5 } }, mean: 3.5, variance: 0.75 },
  { written: { loguniform: { min: 0.1, max: 100 } }, mean: 14.462006247378289, variance: 514.6737879820752 },
  { written: { normal: { mean: 5, sd: 2 } }, mean: 5, variance: 4 },
  { written: { normal: { p5: 1, p95: 9 } }, mean: 5, variance: 5.9137841514911225 },
  { written: { lognormal: { p5: 0.4, p95: 0.9 } }, mean: 0.6185058658208116, variance: 0.02396195111951074 },
  { written: { lognormal: { median: 3, p95: 9 } }, mean: 3.74965337469947, variance: 7.904632915452102 },
  { written: { lognormal: { mean: 3, sd: 2 } }, mean: 3, variance: 4 },
  { written: { lognormal: { p10: 100, p90: 1000 } }, mean: 473.42172745355913, variance: 278206.0636255481 },
  { written: { lognormal: { p25: 85, p75: 395 } }, mean: 350.44903503402594, variance: 326430.68114056473 },
  { written: { lognormal: { median: 3, geometric_sd: 1.6 } }, mean: 3.3503472407489694, variance: 2.774810361322033 },
  { written: { pert: { min: 1, mode: 2, max: 6 } }, mean: 2.5, variance: 0.75 },
  { written: { pert: { min: 0, mode: 0, max: 3 } }, mean: 0.5, variance: (9 * 5) / (36 * 7) },
  {
    written: {
      cdf: [
        [128, 0.3],
        [512, 0.7],
        [4096, 1],
      ],
    },
    mean: 838.4,
    variance: 1258250.24,
  },
  {
    written: {
      cdf: [
        [10, 0],
        [20, 0.5],
        [30, 0.5],
        [40, 1],
      ],
    },
    mean: 25,
    variance: 100 + 100 / 12,
  },
  { written: { triangular: { min: 1, mode: 2, max: 6 } }, mean: 3, variance: 1.1666666666666667 },
  { written: { triangular: { min: 0, mode: 0, max: 3 } }, mean: 1, variance: 0.5 },
  { written: { triangular: { min: 0, mode: 3, max: 3 } }, mean: 2, variance: 0.5 },
  { written: { exponential: { median: 300 } }, mean: 432.80851226668904, variance: 187323.2082905047 },
  { written: { exponential: { mean: 20 } }, mean: 20, variance: 400 },
  { written: { gamma: { shape: 0.7, scale: 3 } }, mean: 2.1, variance: 6.3 },
  { written: { gamma: { mean: 4.5, sd: 1.5 } }, mean: 4.5, variance: 2.25 },
  { written: { weibull: { shape: 1.7, scale: 2 } }, mean: 1.7844890049986482, variance: 1.167419308983415 },
  { written: { weibull: { shape: 0.8, scale: 2 } }, mean: 2.2660061926386925, variance: 8.158619816714468 },
  { written: { beta: { alpha: 2, beta: 5 } }, mean: 0.2857142857142857, variance: 0.025510204081632654 },
  { written: { beta: { alpha: 0.6, beta: 3 } }, mean: 1 / 6, variance: 1.8 / (12.96 * 4.6) },
  {
    written: { beta: { alpha: 1.6, beta: 3, min: -1, max: 4 } },
    mean: -1 + 8 / 4.6,
    variance: (25 * 4.8) / (21.16 * 5.6),
  },
  { written: { empirical: thirds }, mean: 2.25, variance: 0.6875 },
  { written: { mixture: twoNormals }, mean: 1, variance: 0.25 * (1 + 9) + 0.75 * (0.25 + 1) },
  {
    written: { uniform: { min: 2, max: 5 }, min: 4, max: 9 },
    mean: 4.5,
    variance: 1 / 12,
    removed: 2 / 3,
  },
  {
    written: { loguniform: { min: 0.1, max: 100 }, min: 1, max: 10 },
    mean: 3.9086503371292665,
    variance: 6.220029396270237,
    removed: 2 / 3,
  },
  {
    written: { normal: { mean: 0, sd: 1 }, min: 0.5, max: 2 },
    mean: 1.042993334142454,
    variance: 0.15028152148875834,
    removed: 0.7142125932221923,
  },
  {
    written: { lognormal: { p5: 1.05, p95: 1.6 }, min: 1 },
    mean: 1.3145093763289526,
    variance: 0.0260354351080911,
    removed: 0.021377854221130248,
  },
  {
    written: { lognormal: { p5: 0.4, p95: 0.9 }, max: 1 },
    mean: 0.6091636916306136,
    variance: 0.019682418355549944,
    removed: 0.01911151889867538,
  },
  {
    written: { triangular: { min: 1, mode: 2, max: 6 }, min: 1.5, max: 2 },
    mean: 1.7777777777777777,
    variance: 0.020061728395061727,
    removed: 0.85,
  },
  {
    written: { exponential: { mean: 50 }, max: 100 },
    mean: 34.34823572503343,
    variance: 689.8458475842239,
    removed: 0.1353352832366127,
  },
  {
    written: { gamma: { shape: 2, scale: 3 }, min: 1, max: 5 },
    mean: 3.0442783516144476,
    variance: 1.2372326236641304,
    removed: 0.5482931934684458,
  },
  {
    written: { weibull: { shape: 1.5, scale: 2 }, min: 1, max: 4 },
    mean: 2.0950929893374273,
    variance: 0.5993426768979111,
    removed: 0.35691724523539664,
  },
  {
    written: { beta: { alpha: 2, beta: 5 }, min: 0.2, max: 0.6 },
    mean: 0.3514285714285714,
    variance: 0.010783673469387755,
    removed: 0.3856,
  },
  { written: { empirical: thirds, min: 2, max: 3 }, mean: 8 / 3, variance: 2 / 9, removed: 0.25 },
  { written: { constant: 2, min: 1, max: 2 }, mean: 2, variance: 0, removed: 0 },
];

/** Truncated mixtures, whose moments the next test compares with those of the same parts put together by hand. */
const mixtures = [{ mixture: nested }, { mixture: nested, min: -1, max: 2.5 }, { mixture: twoNormals, max: 0 }];

const known = cases.map(({ written, ...expected }) => ({ ...named(written), ...expected }));
const truncated = known.filter(({ removed }) => removed !== undefined);
const whole = known.filter(({ removed }) => removed === undefined);
const everything = [...known, ...mixtures.map(named)];

const DRAWS = tries(20_000, 200_000);

/** Critical value of the two-sample Kolmogorov-Smirnov test of equally many draws at level 1e-6: sqrt(-ln(1e-6 / 2) / n). */
const KS_CRITICAL = Math.sqrt(-Math.log(1e-6 / 2) / DRAWS);

function parsed(written: unknown): Distribution {
  const problems: string[] = [];
  const distribution = parseDistribution(written, (_, message) => problems.push(message));
  if (!distribution) throw new Error(problems.join('\n'));
  return distribution;
}

/** Uniform numbers (k + 1/2) / 2^52, as the streams give them. */
function uniformFrom(seed: string): () => number {
  const random = seedrandom(seed);
  return () => onGrid(random());
}

function onGrid(u: number): number {
  return (Math.floor(u * 2 ** 52) + 0.5) / 2 ** 52;
}

function drawn(draw: () => number): Float64Array {
  return Float64Array.from({ length: DRAWS }, draw);
}

function named(written: unknown) {
  const distribution = parsed(written);
  return { distribution, name: distributionText(distribution) };
}

/** The same draws for all tests: those of gamma and beta take microseconds each. */
const quantileDraws = memoized(async (distribution: Distribution) => {
  const { quantile } = await compileDistribution(distribution);
  const uniform = uniformFrom(`quantile ${distributionText(distribution)}`);
  return drawn(() => quantile(uniform()));
});

function memoized<A extends object, B>(compute: (argument: A) => B): (argument: A) => B {
  const results = new Map<A, B>();
  return (argument) => {
    const result = results.get(argument) ?? compute(argument);
    results.set(argument, result);
    return result;
  };
}

function average(values: Float64Array): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

function relativeError(found: number, expected: number): number {
  return found === expected ? 0 : Math.abs(found / expected - 1);
}

/** The largest distance between the empirical distribution functions of two equally long sorted lists. */
function ksDistance(a: Float64Array, b: Float64Array): number {
  let [i, j, distance] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const x = Math.min(a[i], b[j]);
    while (a[i] === x) i++;
    while (b[j] === x) j++;
    distance = Math.max(distance, Math.abs(i - j) / a.length);
  }
  return distance;
}

describe('moments', () => {
  it.each(known)('of $name are those computed elsewhere', async ({ distribution, mean, variance }) => {
    expect(relativeError(await meanOf(distribution), mean)).toBeLessThan(1e-11);
    expect(relativeError(await varianceOf(distribution), variance)).toBeLessThan(1e-10);
  });

  it.each(known)(
    'of $name are those of its draws within 5 standard errors',
    async ({ distribution, mean, variance }) => {
      expectMoments(await quantileDraws(distribution), mean, variance);
    },
  );

  it('of a truncated nested mixture are those of its draws within 5 standard errors', async () => {
    for (const distribution of mixtures.map(parsed)) {
      const draws = await quantileDraws(distribution);
      expectMoments(draws, await meanOf(distribution), await varianceOf(distribution));
    }
  });
});

function expectMoments(draws: Float64Array, mean: number, variance: number): void {
  const squares = draws.map((x) => (x - mean) ** 2);
  const squaresVariance = average(squares.map((square) => (square - variance) ** 2));
  expect(Math.abs(average(draws.map((x) => x - mean)))).toBeLessThanOrEqual(5 * Math.sqrt(variance / DRAWS));
  expect(Math.abs(average(squares) - variance)).toBeLessThanOrEqual(5 * Math.sqrt(squaresVariance / DRAWS));
}

describe.each(everything)('$name', ({ distribution }) => {
  it('is drawn like its reference sampler (Kolmogorov-Smirnov at level 1e-6)', async () => {
    const reference = await referenceSampler(distribution, uniformFrom(`reference ${distributionText(distribution)}`));
    const draws = await quantileDraws(distribution);
    expect(ksDistance(draws.slice().sort(), drawn(reference).sort())).toBeLessThan(KS_CRITICAL);
  });

  it('stays within its support, which respects the bounds', async () => {
    const { quantile, support } = await compileDistribution(distribution);
    const [low, high] = supportOf(distribution);
    expect(support).toEqual([low, high]);
    expect(low).toBeGreaterThanOrEqual(distribution.min ?? -Infinity);
    expect(high).toBeLessThanOrEqual(distribution.max ?? Infinity);
    const corners = [0.5 / 2 ** 52, 1 - 0.5 / 2 ** 52, 0.5].map(quantile);
    const draws = [...corners, ...(await quantileDraws(distribution))];
    expect(draws.every((x) => Number.isFinite(x) && low <= x && x <= high)).toBe(true);
  });

  it('has a quantile that never falls', async () => {
    if (distribution.family === 'mixture') return;
    const { quantile } = await compileDistribution(distribution);
    const probability = fc.integer({ min: 0, max: 2 ** 52 - 1 }).map((k) => (k + 0.5) / 2 ** 52);
    fc.assert(
      fc.property(probability, probability, (u, v) => quantile(Math.min(u, v)) <= quantile(Math.max(u, v))),
      { numRuns: tries(500, 2000), seed: 8 },
    );
  });

  it('has, if any, a logarithmic quantile that is the logarithm of its quantile', async () => {
    const { quantile, lnQuantile = (u: number) => Math.log(quantile(u)) } = await compileDistribution(distribution);
    const uniform = uniformFrom('logarithm');
    const errors = Array.from({ length: 1000 }, uniform).map((u) => Math.abs(lnQuantile(u) - Math.log(quantile(u))));
    expect(errors.every((error) => error < 1e-14 || Number.isNaN(error))).toBe(true);
  });

  it('survives a structured clone and JSON', async () => {
    const clone = structuredClone(distribution);
    expect(clone).toEqual(distribution);
    expect(JSON.parse(JSON.stringify(distribution))).toEqual(distribution);
    const [{ quantile }, original] = await Promise.all([clone, distribution].map(compileDistribution));
    expect(quantile(0.3)).toBe(original.quantile(0.3));
  });
});

describe('the round trip from u through quantile and cdf', () => {
  // 1e-11 is what the package's inverse incomplete gamma and beta functions reach; 2e-15 is rounding of values near 5.
  it.each(whole)('gives u back for $name', async ({ distribution }) => {
    if (distribution.family === 'mixture' || distribution.family === 'constant') return;
    if (distribution.family === 'empirical') return;
    const { quantile } = await compileDistribution(distribution);
    const { cdf } = families[distribution.family];
    const cumulative = await (cdf as (parameters: object) => ReturnType<typeof cdf>)(distribution.parameters);
    const probabilities = [1e-9, 1e-4, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.9999].map(onGrid);
    for (const u of probabilities) expect(Math.abs(cumulative(quantile(u)) - u)).toBeLessThan(2e-15 + 1e-11 * u);
  });
});

describe('truncation', () => {
  it.each(truncated)('of $name removes the probability outside the bounds', async ({ distribution, removed }) => {
    const { removedMass } = await compileDistribution(distribution);
    expect(Math.abs(removedMass - removed!)).toBeLessThan(1e-13);
  });

  it.each([...truncated, named({ mixture: twoNormals, max: 0 })])(
    'of $name removes the share of reference draws that fall outside, within 5 standard errors',
    async ({ distribution }) => {
      const { min = -Infinity, max = Infinity, family, parameters } = distribution;
      const draws = drawn(await referenceSampler({ family, parameters } as Distribution, uniformFrom('rejected')));
      const share = draws.filter((x) => x < min || x > max).length / DRAWS;
      const { removedMass } = await compileDistribution(distribution);
      const error = Math.sqrt((removedMass * (1 - removedMass)) / DRAWS);
      expect(Math.abs(share - removedMass)).toBeLessThanOrEqual(5 * error);
    },
  );

  it('of a mixture removes exactly nothing, though ten tenths do not sum to 1', async () => {
    const tenths = Array.from({ length: 10 }, (_, i) => ({ weight: 0.1, distribution: i }));
    expect(await compileDistribution(parsed({ mixture: tenths }))).toMatchObject({ removedMass: 0, support: [0, 9] });
    expect(relativeError(await meanOf(parsed({ mixture: tenths })), 4.5)).toBeLessThan(1e-15);
  });

  it('of a mixture counts what its components have lost already', async () => {
    const masses = mixtures.map(async (written) => (await compileDistribution(parsed(written))).removedMass);
    const [inComponent, inBoth] = await Promise.all(masses);
    const kept = 0.25 * (normalCdf(4.5, 0, 1) - normalCdf(1, 0, 1)) + 0.75 * (normalCdf(1, 0, 1) - normalCdf(-6, 0, 1));
    expect(Math.abs(inComponent - 0.5 * Math.exp(-1))).toBeLessThan(1e-14);
    expect(Math.abs(inBoth - (1 - 0.5 * kept - 0.5 * (1 - Math.exp(-1))))).toBeLessThan(1e-14);
  });

  it('removes nothing where there are no bounds', async () => {
    for (const { distribution } of whole) expect((await compileDistribution(distribution)).removedMass).toBe(0);
  });

  it('keeps what little is left between bounds far out', async () => {
    const { quantile, removedMass } = await compileDistribution(parsed({ normal: { mean: 0, sd: 1 }, min: 6 }));
    expect(relativeError(1 - removedMass, 9.865876450376946e-10)).toBeLessThan(1e-6);
    expect(quantile(0.5 / 2 ** 52)).toBeGreaterThanOrEqual(6);
    expect(Number.isFinite(quantile(1 - 0.5 / 2 ** 52))).toBe(true);
  });

  it.each([
    [
      { normal: { mean: 0, sd: 1 }, min: 9 },
      'normal(mean 0, sd 1), min 9: the bounds leave no probability (less than 1e-12)',
    ],
    [
      { gamma: { shape: 2, scale: 1 }, min: 50, max: 60 },
      'gamma(shape 2, scale 1), min 50, max 60: the bounds leave no probability (less than 1e-12)',
    ],
    [
      { mixture: [{ weight: 1, distribution: { normal: { mean: 0, sd: 1 } } }], min: 9 },
      'mixture(1 × normal(mean 0, sd 1)), min 9: the bounds leave no probability (less than 1e-12)',
    ],
    [
      { mixture: [{ weight: 1, distribution: { normal: { mean: 0, sd: 1 }, min: 20 } }], max: 30 },
      'mixture(1 × normal(mean 0, sd 1), min 20), max 30: the bounds leave no probability (less than 1e-12)',
    ],
  ])('refuses bounds that leave nothing of %o', async (written, message) => {
    await expect(compileDistribution(parsed(written))).rejects.toThrow(new RangeError(message));
    await expect(meanOf(parsed(written))).rejects.toThrow(new RangeError(message));
  });
});

describe('rounding', () => {
  it('never carries a bounded family beyond its bounds', async () => {
    const bounds = fc.tuple(
      fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
      fc.double({ min: 1.001, max: 1e3, noNaN: true }),
    );
    const corners = [0.5 / 2 ** 52, 1 - 0.5 / 2 ** 52];
    const stays = async (min: number, max: number, written: object) => {
      const { quantile } = await compileDistribution(parsed(written));
      expect(corners.map(quantile).every((x) => min <= x && x <= max)).toBe(true);
    };
    const property = fc.asyncProperty(bounds, async ([min, ratio]) => {
      const max = min * ratio;
      await stays(min, max, { uniform: { min, max } });
      await stays(min, max, { loguniform: { min, max } });
      await stays(min, max, { triangular: { min, mode: min, max } });
      await stays(min, max, { triangular: { min, mode: max, max } });
    });
    await fc.assert(property, { numRuns: tries(200, 1000), seed: 9 });
  });
});

describe('discrete draws', () => {
  it('of an empirical distribution have a cdf that counts values up to and including x', async () => {
    const cdf = await families.empirical.cdf({ values: [1, 2, 3], weights: [0.25, 0.25, 0.5] });
    expect([0.9, 1, 1.5, 2, 3, 4].map(cdf)).toEqual([0, 0.25, 0.25, 0.5, 1, 1]);
  });

  it('of an empirical distribution take the values in the proportion of their weights, exactly', async () => {
    const { quantile } = await compileDistribution(parsed({ empirical: thirds }));
    const grid = Array.from({ length: 8 }, (_, k) => quantile((k + 0.5) / 8));
    expect(grid).toEqual([1, 1, 2, 2, 3, 3, 3, 3]);
  });

  it('never take a value of weight 0', async () => {
    const written = { empirical: { values: [1, 2, 3], weights: [0, 1, 0] } };
    const { quantile } = await compileDistribution(parsed(written));
    expect([0.5 / 2 ** 52, 0.5, 1 - 0.5 / 2 ** 52].map(quantile)).toEqual([2, 2, 2]);
  });

  it('of a mixture of constants take them in the proportion of their weights, exactly', async () => {
    const constants = [0.25, 0, 0.5, 0.25].map((weight, i) => ({ weight, distribution: i }));
    const { quantile } = await compileDistribution(parsed({ mixture: constants }));
    expect(Array.from({ length: 8 }, (_, k) => quantile((k + 0.5) / 8))).toEqual([0, 0, 2, 2, 2, 2, 3, 3]);
    const { quantile: bounded, removedMass } = await compileDistribution(
      parsed({ mixture: constants, min: 1, max: 2.5 }),
    );
    expect([bounded(1e-9), bounded(1 - 1e-9), removedMass]).toEqual([2, 2, 0.5]);
  });

  it('of a mixture stretch u over the component that it picks', async () => {
    const halves = [0, 10].map((min) => ({ weight: 0.5, distribution: { uniform: { min, max: min + 1 } } }));
    const { quantile } = await compileDistribution(parsed({ mixture: halves }));
    expect([0.125, 0.25, 0.375, 0.625, 0.75].map(quantile)).toEqual([0.25, 0.5, 0.75, 10.25, 10.5]);
  });

  it('of a mixture of logarithms have a logarithmic quantile', async () => {
    const parts = [
      { weight: 0.4, distribution: 3 },
      { weight: 0.6, distribution: { lognormal: { mu: 0, sigma: 1 } } },
    ];
    const { quantile, lnQuantile } = await compileDistribution(parsed({ mixture: parts }));
    expect([0.2, 0.7].map((u) => Math.abs(lnQuantile!(u) - Math.log(quantile(u))) < 1e-15)).toEqual([true, true]);
  });
});

describe('the list of families', () => {
  it('has each name once, as its file says it, and all of them are tested above', () => {
    expect(Object.entries(families).every(([key, { name }]) => key === name)).toBe(true);
    expect(new Set(everything.map(({ distribution }) => distribution.family))).toEqual(new Set(familyNames));
  });
});

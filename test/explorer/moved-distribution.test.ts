// What a slider makes of a distribution: the middle that it shows, and no draw beyond what is physically possible. What it cannot see:
// the page itself, which test/explorer/explorer.test.ts opens in a browser.
import { describe, expect, it } from 'vitest';
import { compileDistribution } from '../../src/distributions/compile.js';
import type { Distribution } from '../../src/distributions/index.js';
import { parseDistribution } from '../../src/distributions/parse.js';
import { type Bounds, middleOf, movedTo } from '../../src/explorer/moved-distribution.js';
import { INPUTS } from '../../src/model/quantities.js';

const PUE = { lognormal: { p5: 1.05, p95: 1.6 } };
const UTILIZATION = { lognormal: { p5: 0.4, p95: 0.9 } };
const ANY: Bounds = [0, Number.POSITIVE_INFINITY];

function parsed(written: unknown): Distribution {
  const distribution = parseDistribution(written, (path, message) => {
    throw new Error(`${path.join('.')}: ${message}`);
  });
  if (distribution === undefined) throw new Error('no distribution');
  return distribution;
}

async function moved(written: unknown, bounds: Bounds, value: number) {
  const distribution = parsed(written);
  const own = await middleOf(distribution);
  if (own === undefined) throw new Error('it has no middle');
  return movedTo({ distribution, own, bounds }, value);
}

const quantileOf = async (written: unknown) => (await compileDistribution(parsed(written))).quantile;

describe('a slider', () => {
  it.each([1, 1.01, 1.1, 1.296, 1.5, 2.5])(
    'at a PUE of %d draws no PUE below 1, and half of them below it',
    async (pue) => {
      const quantile = await quantileOf(await moved(PUE, INPUTS.pue.bounds, pue));
      expect(quantile(1e-6)).toBeGreaterThanOrEqual(1);
      expect(Math.abs(quantile(0.5) / pue - 1)).toBeLessThan(0.01);
    },
  );

  it.each([0.05, 0.3, 0.6, 0.9, 0.99, 1])('at a utilisation of %d draws none above 1', async (share) => {
    const quantile = await quantileOf(await moved(UTILIZATION, INPUTS.power_utilization.bounds, share));
    expect(quantile(1 - 1e-6)).toBeLessThanOrEqual(1);
    expect(Math.abs(quantile(0.5) / share - 1)).toBeLessThan(0.01);
  });

  it('keeps the spread of what lies above a PUE of 1', async () => {
    const [own, other] = [await quantileOf(PUE), await quantileOf(await moved(PUE, INPUTS.pue.bounds, 1.1))];
    const spread = (quantile: (u: number) => number) => (quantile(0.75) - 1) / (quantile(0.25) - 1);
    expect(spread(other) / spread(own)).toBeGreaterThan(0.85);
    expect(spread(other) / spread(own)).toBeLessThan(1.15);
  });

  it('moves what has no bounds in the way as a whole', async () => {
    expect(await moved({ exponential: { median: 300 } }, ANY, 500)).toEqual({ exponential: { median: 500 } });
    expect(await moved(10.2, ANY, 12)).toBe(12);
  });

  it.each([
    { uniform: { min: 2, max: 6 } },
    { loguniform: { min: 1, max: 16 } },
    { normal: { p5: 2, p95: 6 }, min: 0 },
    { triangular: { min: 2, mode: 4, max: 6 } },
    { pert: { min: 2, mode: 4, max: 6 } },
    { gamma: { shape: 3, scale: 2 } },
    { gamma: { mean: 6, sd: 2 } },
    { weibull: { shape: 1.5, scale: 4 } },
    { lognormal: { mean: 4, sd: 2 } },
    { lognormal: { mu: 1, sigma: 0.4 } },
    { empirical: { values: [1, 4, 9], weights: [1, 3, 1] } },
    {
      cdf: [
        [1, 0],
        [4, 0.5],
        [9, 1],
      ],
    },
  ])('of %j moves every quantile by the same factor', async (written) => {
    const own = await middleOf(parsed(written));
    const [before, after] = [await quantileOf(written), await quantileOf(await moved(written, ANY, 2.5 * own!))];
    // Bounds that a file states stay where they are: the normal's tail below 0 is cut elsewhere.
    for (const u of [0.25, 0.5, 0.75]) expect(after(u) / before(u) / 2.5).toBeCloseTo(1, 'min' in written ? 2 : 3);
  });

  it('of what is even above a bound keeps it even, and above it', async () => {
    expect(await moved({ uniform: { min: 1.1, max: 1.3 } }, INPUTS.pue.bounds, 1.4)).toEqual({
      uniform: { min: 1.2, max: 1.6 },
    });
  });

  it('cuts a share that would reach above 1', async () => {
    const written = await moved({ uniform: { min: 0.4, max: 0.8 } }, INPUTS.power_utilization.bounds, 0.9);
    expect((await quantileOf(written))(1 - 1e-9)).toBeLessThanOrEqual(1);
  });

  it('is not there for a column of a file, a mixture or a beta', async () => {
    expect(await middleOf(parsed({ beta: { alpha: 2, beta: 3 } }))).toBeUndefined();
    expect(await middleOf(parsed({ empirical: { file: 'trace.csv', column: 'tokens' } }))).toBeUndefined();
  });
});

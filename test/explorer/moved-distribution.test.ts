// What a slider makes of a preset's distribution: the middle that it shows, and no draw beyond what is physically possible. What it
// cannot see: the page itself, which test/explorer/explorer.test.ts opens in a browser.
import { describe, expect, it, test } from 'vitest';
import { compileDistribution } from '../../src/distributions/compile.js';
import { parseDistribution } from '../../src/distributions/parse.js';
import { beyondNotes, withMiddle } from '../../src/explorer/moved-distribution.js';
import { Histogram } from '../../src/sketch/histogram.js';
import { shareAboveOne, shareBelowOne } from '../../src/sketch/statistics.js';

const PUE = { lognormal: { p5: 1.05, p95: 1.6 } };
const UTILIZATION = { lognormal: { p5: 0.4, p95: 0.9 } };

async function quantileOf(written: unknown) {
  const distribution = parseDistribution(written, (path, message) => {
    throw new Error(`${path.join('.')}: ${message}`);
  });
  return (await compileDistribution(distribution!)).quantile;
}

describe('a slider', () => {
  it.each([1, 1.01, 1.1, 1.296, 1.5, 2.5])(
    'at a PUE of %d draws no PUE below 1, and half of them below it',
    async (pue) => {
      const quantile = await quantileOf(withMiddle('pue', PUE, pue));
      expect(quantile(1e-6)).toBeGreaterThanOrEqual(1);
      expect(Math.abs(quantile(0.5) / pue - 1)).toBeLessThan(0.01);
    },
  );

  it.each([0.05, 0.3, 0.6, 0.9, 0.99, 1])('at a utilisation of %d draws none above 1', async (share) => {
    const quantile = await quantileOf(withMiddle('power_utilization', UTILIZATION, share));
    expect(quantile(1 - 1e-6)).toBeLessThanOrEqual(1);
    expect(Math.abs(quantile(0.5) / share - 1)).toBeLessThan(0.01);
  });

  it('keeps the spread of what lies above a PUE of 1', async () => {
    const [own, moved] = [await quantileOf(PUE), await quantileOf(withMiddle('pue', PUE, 1.1))];
    const spread = (quantile: (u: number) => number) => (quantile(0.75) - 1) / (quantile(0.25) - 1);
    expect(spread(moved) / spread(own)).toBeGreaterThan(0.85);
    expect(spread(moved) / spread(own)).toBeLessThan(1.15);
  });

  it('moves what has no bounds in the way as a whole', () => {
    expect(withMiddle('output_tokens', { exponential: { median: 300 } }, 500)).toEqual({
      exponential: { median: 500 },
    });
    expect(withMiddle('node_power_kw', 10.2, 12)).toBe(12);
  });
});

test('the notes on a preset’s own distributions tell the shares that a run counts', async () => {
  const draws = async (written: unknown) => {
    const quantile = await quantileOf(written);
    const histogram = new Histogram();
    histogram.add(
      Float64Array.from({ length: 100_000 }, (_, i) => Math.log(quantile((i + 0.5) / 100_000))),
      100_000,
    );
    return histogram;
  };
  const [below, above] = [shareBelowOne(await draws(PUE)), shareAboveOne(await draws(UTILIZATION))];
  expect(beyondNotes('pue', PUE)).toEqual([`${(100 * below).toPrecision(2)} % of pue draws are below 1.`]);
  expect(beyondNotes('power_utilization', UTILIZATION)).toEqual([
    `${(100 * above).toPrecision(2)} % of power_utilization draws are above 1.`,
  ]);
  expect(beyondNotes('pue', 1.2)).toEqual([]);
});

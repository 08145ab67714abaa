// The request-cost law itself: a worked value, and laws that any physical cost obeys. What it cannot see: whether the law holds
// for real servers; law-holdout.test.ts judges that.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeSeconds, type QueryLengths, requestCostTps } from '../../../src/model/throughput/request-cost.js';

const cost = fc.double({ min: 0, max: 1, noNaN: true });
const costs = fc.record({ a: cost, b: cost, c: cost, w: cost });
const tokens = fc.integer({ min: 0, max: 100_000 });
const query = fc
  .record({
    input_tokens: tokens,
    output_tokens: tokens,
    cached: fc.double({ min: 0, max: 1, noNaN: true }),
    concurrency: fc.integer({ min: 1, max: 1000 }),
  })
  .map(({ cached, ...rest }) => ({ ...rest, cached_input_tokens: Math.floor(cached * rest.input_tokens) }));

/** Rounding of a sum of four products. */
const ROUNDING = 1 + 1e-14;

describe('a query’s node-seconds', () => {
  it('are those of Llama 3.1 405B on eight H100, worked by hand for 500 and 300 tokens', () => {
    // 1.17e-4 · 500 + 1.36e-4 · 300 + 7e-8 · 300 · (500 + 150) = 0.0585 + 0.0408 + 0.01365
    const law = { a: 1.17e-4, b: 1.36e-4, c: 7e-8, w: 0 };
    const lengths = { input_tokens: 500, output_tokens: 300 };
    expect(nodeSeconds(law, lengths)).toBeCloseTo(0.11295, 12);
    expect(requestCostTps(law, lengths)).toBeCloseTo(300 / 0.11295, 8);
  });

  it('leave out the prefill of cached tokens, not the reading of them', () => {
    const law = { a: 2, b: 0, c: 1, w: 0 };
    expect(nodeSeconds(law, { input_tokens: 10, cached_input_tokens: 10, output_tokens: 2 })).toBe(2 * (10 + 1));
    expect(nodeSeconds(law, { input_tokens: 10, cached_input_tokens: 4, output_tokens: 0 })).toBe(12);
  });

  it('share the reading of the weights between the queries in flight, and leave it out of a full node', () => {
    const law = { a: 0, b: 1, c: 0, w: 8 };
    const lengths = { input_tokens: 0, output_tokens: 3 };
    expect(nodeSeconds(law, lengths)).toBe(3);
    expect(nodeSeconds(law, { ...lengths, concurrency: 1 })).toBe(27);
    expect(nodeSeconds(law, { ...lengths, concurrency: 4 })).toBe(9);
  });

  it('never fall with more input, more output or a longer cached prefix of it', () => {
    fc.assert(
      fc.property(costs, query, tokens, (law, before, more) => {
        const longer: QueryLengths[] = [
          { ...before, input_tokens: before.input_tokens + more },
          { ...before, output_tokens: before.output_tokens + more },
          {
            ...before,
            input_tokens: before.input_tokens + more,
            cached_input_tokens: before.cached_input_tokens + more,
          },
        ];
        for (const after of longer) {
          expect(nodeSeconds(law, after) * ROUNDING).toBeGreaterThanOrEqual(nodeSeconds(law, before));
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('never rise with caching or with company', () => {
    fc.assert(
      fc.property(costs, query, (law, { cached_input_tokens, concurrency, ...lengths }) => {
        const alone = nodeSeconds(law, { ...lengths, concurrency });
        expect(nodeSeconds(law, { ...lengths, concurrency, cached_input_tokens })).toBeLessThanOrEqual(
          alone * ROUNDING,
        );
        expect(nodeSeconds(law, { ...lengths, concurrency: concurrency + 1 })).toBeLessThanOrEqual(alone * ROUNDING);
        expect(nodeSeconds(law, lengths)).toBeLessThanOrEqual(alone * ROUNDING);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  it('grow more than in proportion to the output, so that tokens per second fall without end', () => {
    const law = { a: 0, b: 1e-4, c: 1e-7, w: 0 };
    const tps = [1, 10, 100, 1000, 10_000, 100_000].map((output_tokens) =>
      requestCostTps(law, { input_tokens: 0, output_tokens }),
    );
    expect(tps).toEqual([...tps].sort((x, y) => y - x));
    expect(tps[5]).toBeLessThan(tps[0] / 40);
  });

  it('give a throughput of 0 where nothing is put out', () => {
    const law = { a: 1, b: 1, c: 1, w: 1 };
    expect(requestCostTps(law, { input_tokens: 5, output_tokens: 0 })).toBe(0);
    expect(requestCostTps({ ...law, a: 0 }, { input_tokens: 5, output_tokens: 0 })).toBe(0);
  });
});

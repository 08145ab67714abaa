// Prefill and decode in pools of their own: closed forms, conservation, and what they do not save.
// What it cannot see: the transfer of caches between pools, which costs nothing here.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileLoad, energyFactorOf } from '../../src/model/load/node-hours.js';
import { loadProfile } from '../../src/model/load/profile.js';
import { type MeanLengths, phaseSeconds } from '../../src/model/pools/pool-costs.js';
import { type Pool, poolFactor, usePools } from '../../src/model/pools/pools.js';

const costs = { a: 1.2e-4, b: 1.4e-4, c: 7e-8, w: 0.013 };
const pool = (nodes: number, power = 1, active = 0.8): Pool => ({ nodes, power, active });

interface Query {
  readonly input_tokens: number;
  readonly cached_input_tokens?: number;
  readonly output_tokens: number;
}

function meanLengths(queries: readonly Query[]): MeanLengths {
  const mean = (value: (query: Query) => number) =>
    queries.reduce((sum, query) => sum + value(query), 0) / queries.length;
  return {
    new_input_tokens: mean(({ input_tokens, cached_input_tokens = 0 }) => input_tokens - cached_input_tokens),
    output_tokens: mean(({ output_tokens }) => output_tokens),
    context_reads: mean(({ input_tokens, output_tokens }) => output_tokens * (input_tokens + output_tokens / 2)),
  };
}

const length = fc.integer({ min: 1, max: 20_000 });
const queries = fc.array(fc.record({ input_tokens: length, output_tokens: length }), { minLength: 1, maxLength: 20 });
const positive = fc.double({ min: 0.01, max: 100, noNaN: true });

describe('phases', () => {
  it('add up to the node-seconds of the request-cost law, query by query', () => {
    fc.assert(
      fc.property(queries, (all) => {
        const { prefill, decode } = phaseSeconds(costs, meanLengths(all), 128);
        const whole = all.map(
          ({ input_tokens: i, output_tokens: o }) =>
            costs.a * i + o * (costs.b + costs.w / 128) + costs.c * o * (i + o / 2),
        );
        const mean = whole.reduce((sum, seconds) => sum + seconds, 0) / all.length;
        expect((prefill + decode) / mean).toBeCloseTo(1, 12);
      }),
    );
  });

  it('charge no prefill for cached input, and its context all the same', () => {
    const [cached, fresh] = [900, 0].map((cached_input_tokens) =>
      phaseSeconds(costs, meanLengths([{ input_tokens: 1000, output_tokens: 100, cached_input_tokens }])),
    );
    expect(cached.prefill / fresh.prefill).toBeCloseTo(0.1, 12);
    expect(cached.decode).toBe(fresh.decode);
  });
});

describe('pools', () => {
  it('that match cost what nodes cost that do both: to disaggregate saves nothing by itself', () => {
    const use = usePools({ prefill: pool(6), decode: pool(2) }, { prefill: 0.3, decode: 0.1 });
    expect(use.prefill.energy).toBeCloseTo(0.3, 12);
    expect(use.decode.energy).toBeCloseTo(0.1, 12);
    expect(use.queries_per_second).toBeCloseTo(20, 12);
  });

  it('of 6 and 2 nodes for equal phases leave two thirds of the prefill nodes without work', () => {
    const use = usePools({ prefill: pool(6), decode: pool(2) }, { prefill: 0.1, decode: 0.1 });
    expect(use.limits).toBe('decode');
    expect(use.prefill.load).toBeCloseTo(1 / 3, 12);
    expect(use.prefill.energy).toBeCloseTo(0.1 * (1 + 0.8 * 2), 12);
    expect(use.decode.energy).toBeCloseTo(0.1, 12);
  });

  it('conserve nodes: those of a pool are its node-seconds per query times the queries per second', () => {
    fc.assert(
      fc.property(positive, positive, positive, positive, (p, d, prefill, decode) => {
        const use = usePools({ prefill: pool(p), decode: pool(d) }, { prefill, decode });
        expect((use.prefill.node_seconds * use.queries_per_second) / p).toBeCloseTo(1, 9);
        expect((use.decode.node_seconds * use.queries_per_second) / d).toBeCloseTo(1, 9);
        expect(Math.max(use.prefill.load, use.decode.load)).toBe(1);
        expect(use.prefill.energy / (prefill * poolFactor(pool(p), use.prefill.load))).toBeCloseTo(1, 9);
      }),
    );
  });

  it('never cost less than matching ones of the same power', () => {
    fc.assert(
      fc.property(positive, positive, positive, positive, (p, d, prefill, decode) => {
        const use = usePools({ prefill: pool(p), decode: pool(d) }, { prefill, decode });
        expect(use.prefill.energy + use.decode.energy).toBeGreaterThanOrEqual((prefill + decode) * (1 - 1e-12));
      }),
    );
  });

  it('have power of their own: prefill nodes that draw 0.7 of the model’s save 0.3 of prefill', () => {
    const use = usePools({ prefill: pool(1, 0.7), decode: pool(1) }, { prefill: 0.2, decode: 0.2 });
    expect(use.prefill.energy).toBeCloseTo(0.14, 12);
  });

  it('under a load are fleets of their own, the smaller load times peak_load their peak', () => {
    const flat = compileLoad(loadProfile(new Array<number>(24).fill(1)), 0);
    const hours = flat.nodeHours({ peak_load: 0.4, growth: 1, floor: 1 });
    expect(energyFactorOf(hours, { parked: 0.35, active: 0.8 })).toBeCloseTo(poolFactor(pool(1), 0.4), 12);
  });

  it('without prefill keep its nodes serving nothing', () => {
    const use = usePools({ prefill: pool(1), decode: pool(1) }, { prefill: 0, decode: 0.5 });
    expect(use.prefill).toEqual({ load: 0, node_seconds: 0.5, energy: 0.4 });
  });
});

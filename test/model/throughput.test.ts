// The piecewise throughput model against the independent fit of the oracle and against laws. What it cannot see: whether a
// log-linear law is the right one for a model.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ln } from '../../src/distributions/elementary.js';
import {
  type FittedThroughput,
  fitThroughput,
  isCapped,
  isExtrapolated,
  lnTpsUncapped,
  type ThroughputRow,
  tpsAt,
  uncappedTokens,
} from '../../src/model/throughput/throughput.js';
import { fitAll, readRows, throughputAt } from '../oracle/throughput.js';

const row = (input_tokens: number, output_tokens: number, tps: number): ThroughputRow => ({
  input_tokens,
  output_tokens,
  tps,
});

const measured = fc.record({
  input_tokens: fc.integer({ min: 1, max: 10_000 }),
  output_tokens: fc.integer({ min: 1, max: 10_000 }),
  tps: fc.double({ min: 1, max: 1e5, noNaN: true }),
});

describe('the throughput model', () => {
  it('needs two rows, takes the highest of two, and fits from three on', () => {
    const rows = [row(100, 100, 50), row(200, 100, 40), row(100, 300, 60)];
    expect(fitThroughput(rows.slice(0, 1))).toBeUndefined();
    expect(fitThroughput(rows.slice(0, 2))).toMatchObject({
      method: 'maximum',
      cap_tps: 50,
      residual_df: 1,
      r_squared: null,
    });
    expect(fitThroughput(rows)).toMatchObject({
      method: 'regression',
      rows_used: 3,
      residual_df: 0,
      residual_std: null,
    });
  });

  it('agrees with the independent fit of every model of the paper, at lengths in and out of the data', () => {
    const rows = readRows('FP8');
    const oracles = fitAll(rows);
    expect(oracles.map(({ model }) => model)).toHaveLength(5);
    for (const oracle of oracles) {
      const own = rows.filter(({ model }) => model === oracle.model);
      const fit = fitThroughput(own.map(({ inputTokens, outputTokens, tps }) => row(inputTokens, outputTokens, tps)));
      for (const [input, output] of [
        [500, 300],
        [500, 1],
        [128, 128],
        [5000, 20_000],
        [500, 0],
      ]) {
        expect(Math.abs(tpsAt(fit!, input, output) / throughputAt(oracle, input, output).tps - 1)).toBeLessThan(1e-10);
      }
    }
  });

  it('recovers a power law exactly and says that it explains everything', () => {
    const law = (input: number, output: number) => 9000 * input ** -0.5 * output ** 0.25;
    const rows = [
      [100, 100],
      [100, 900],
      [700, 100],
      [700, 900],
      [2500, 40],
    ].map(([i, o]) => row(i, o, law(i, o)));
    const fit = fitThroughput(rows)!;
    expect(fit.coef_ln_input_tokens).toBeCloseTo(-0.5, 10);
    expect(fit.coef_ln_output_tokens).toBeCloseTo(0.25, 10);
    expect(Math.exp(fit.intercept)).toBeCloseTo(9000, 6);
    expect(fit.r_squared).toBeCloseTo(1, 10);
    expect(fit.residual_df).toBe(2);
  });

  it('never predicts more than the highest observed tps, nor anything negative or infinite', () => {
    fc.assert(
      fc.property(
        fc.array(measured, { minLength: 2, maxLength: 8 }),
        fc.nat(1e6),
        fc.nat(1e6),
        (rows, input, output) => {
          const tps = tpsAt(fitThroughput(rows)!, input, output);
          expect(tps).toBeGreaterThanOrEqual(0);
          expect(tps).toBeLessThanOrEqual(Math.max(...rows.map((one) => one.tps)));
        },
      ),
      { seed: 4 },
    );
  });

  it('leaves residuals that no regressor explains', () => {
    const rows = [row(100, 100, 50), row(900, 100, 40), row(100, 300, 65), row(500, 700, 61), row(40, 2000, 90)];
    const fit = fitThroughput(rows)!;
    const residual = (one: ThroughputRow) =>
      Math.log(one.tps) -
      fit.intercept -
      fit.coef_ln_input_tokens * Math.log(one.input_tokens) -
      fit.coef_ln_output_tokens * Math.log(one.output_tokens);
    const sum = (weigh: (one: ThroughputRow) => number) =>
      rows.reduce((total, one) => total + weigh(one) * residual(one), 0);
    expect(sum(() => 1)).toBeCloseTo(0, 10);
    expect(sum((one) => Math.log(one.input_tokens))).toBeCloseTo(0, 10);
    expect(sum((one) => Math.log(one.output_tokens))).toBeCloseTo(0, 10);
  });

  it('takes the smallest slopes where all rows have the same lengths or lie on a line', () => {
    const same = fitThroughput([row(100, 100, 50), row(100, 100, 60), row(100, 100, 70)])!;
    expect([same.coef_ln_input_tokens, same.coef_ln_output_tokens, same.residual_df]).toEqual([0, 0, 2]);
    const line = fitThroughput([row(100, 100, 50), row(200, 200, 60), row(400, 400, 72)])!;
    expect(line.coef_ln_input_tokens).toBeCloseTo(line.coef_ln_output_tokens, 10);
    expect(tpsAt(line, 200, 200)).toBeCloseTo(60, 0);
    expect(line.residual_df).toBe(1);
  });

  it('tells lengths outside the rows', () => {
    const fit = fitThroughput([row(100, 100, 50), row(200, 300, 60)])!;
    expect(isExtrapolated(fit, 100, 300)).toBe(false);
    expect(isExtrapolated(fit, 99, 200)).toBe(true);
    expect(isExtrapolated(fit, 150, 301)).toBe(true);
  });
});

describe('the output tokens that a cap does not hold back', () => {
  const fits = fc.array(measured, { minLength: 3, maxLength: 6 }).map((rows) => fitThroughput(rows)!);
  const isHeldBack = (fit: FittedThroughput, input: number, tokens: number) =>
    isCapped(fit, lnTpsUncapped(fit, ln(input), ln(tokens)));

  it('end where the cap begins: inside it holds none back, one token further it holds all', () => {
    let ends = 0;
    fc.assert(
      fc.property(fits, fc.integer({ min: 1, max: 10_000 }), (fit, input) => {
        const [least, most] = uncappedTokens(fit, ln(input));
        if (least > most) {
          expect(isHeldBack(fit, input, 1000)).toBe(true);
          return;
        }
        for (const inside of [least, Math.min(most, least + 1000)]) expect(isHeldBack(fit, input, inside)).toBe(false);
        if (least > 0) expect(isHeldBack(fit, input, least - 1)).toBe(true);
        if (Number.isFinite(most)) {
          expect(isHeldBack(fit, input, most)).toBe(false);
          expect(isHeldBack(fit, input, most + 1)).toBe(true);
        }
        if (least > 0 || Number.isFinite(most)) ends++;
      }),
      { seed: 3, numRuns: 500 },
    );
    expect(ends).toBeGreaterThan(100);
  });
});

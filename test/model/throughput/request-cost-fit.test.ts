// The fit of the request-cost law: its mode against Nelder and Mead, its covariance against closed forms and against simulated
// rows of known costs, and laws of scale and order. What it cannot see: whether the priors are right (throughput-priors.test.ts)
// and whether real rows obey the law (law-holdout.test.ts).
import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import { lossAt, type Posterior, posteriorMode } from '../../../src/model/throughput/posterior-mode.js';
import { costFactors, nodeSeconds, type RequestCosts } from '../../../src/model/throughput/request-cost.js';
import { requestCostColumns } from '../../../src/model/throughput/request-cost-columns.js';
import {
  fitRequestCost,
  type MeasuredRow,
  type RequestCostFit,
  requestCostLooError,
} from '../../../src/model/throughput/request-cost-fit.js';
import {
  drawFactor,
  drawnCosts,
  predictNodeSeconds,
  throughputInterval,
} from '../../../src/model/throughput/request-cost-prediction.js';
import { priorTerms, type RequestCostPrior } from '../../../src/model/throughput/request-cost-prior.js';
import { nelderMead } from './nelder-mead.js';

const PRIOR: RequestCostPrior = {
  ln_a_over_b: { mean: Math.log(0.82), sd: 0.35 },
  ln_b_over_c: { mean: Math.log(1300), sd: 0.7 },
  residual: { student_scale: 0.07, sd: 0.06, growth: 1 },
};

const LENGTHS = [
  [128, 128],
  [128, 2048],
  [128, 4096],
  [500, 2000],
  [1000, 1000],
  [2048, 128],
  [5000, 500],
  [20_000, 2000],
];

const logs = ({ a, b, c, w }: RequestCosts, of = 3) => [a, b, c, w].slice(0, of).map(Math.log);

const row = (input_tokens: number, output_tokens: number, tps: number): MeasuredRow => ({
  input_tokens,
  output_tokens,
  tps,
});

const measured = fc.record({
  input_tokens: fc.integer({ min: 1, max: 50_000 }),
  output_tokens: fc.integer({ min: 1, max: 50_000 }),
  tps: fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
});

/** A row within a factor of four of a law. */
const offTheLaw = fc
  .tuple(measured, fc.double({ min: -Math.log(4), max: Math.log(4), noNaN: true }))
  .map(([one, lnError]) => {
    const seconds = nodeSeconds({ a: 1e-4, b: 1.2e-4, c: 8e-8, w: 0 }, one) * Math.exp(lnError);
    return { ...one, tps: one.output_tokens / seconds };
  });

/** Rows on the law of given costs, each off by a factor. */
function rowsOf(costs: RequestCosts, lengths: readonly (readonly number[])[], lnError: () => number): MeasuredRow[] {
  return lengths.map(([input_tokens, output_tokens]) => {
    const seconds = nodeSeconds(costs, { input_tokens, output_tokens }) * Math.exp(lnError());
    return row(input_tokens, output_tokens, output_tokens / seconds);
  });
}

function posteriorOf(rows: readonly MeasuredRow[], prior: RequestCostPrior): Posterior {
  const terms = priorTerms(prior);
  const observations = rows.map((one) => ({
    factors: costFactors(one).slice(0, terms[0].of.length),
    lnSum: Math.log(one.output_tokens / one.tps),
  }));
  return { observations, prior: terms, scale: prior.residual.student_scale };
}

/** Standard normal and Student t (4) draws of one seeded stream. */
function draws(seed: string) {
  const uniform = seedrandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const student = () => normal() / Math.sqrt((normal() ** 2 + normal() ** 2 + normal() ** 2 + normal() ** 2) / 4);
  return { normal, student };
}

const sdOf = (fit: RequestCostFit, i: number) => Math.sqrt(fit.covariance[i][i]);

describe('the mode', () => {
  it('is the one that Nelder and Mead find, for rows off the law by a factor of up to four', () => {
    fc.assert(
      fc.property(fc.array(offTheLaw, { minLength: 1, maxLength: 9 }), (rows) => {
        const posterior = posteriorOf(rows, PRIOR);
        const mode = logs(fitRequestCost(rows, PRIOR).costs);
        const other = nelderMead((theta) => lossAt(posterior, theta), mode);
        expect(lossAt(posterior, mode)).toBeLessThan(lossAt(posterior, other) + 1e-9);
        mode.forEach((value, i) => void expect(value).toBeCloseTo(other[i], 4));
      }),
      { seed: 3, numRuns: 40, endOnFailure: true },
    );
  });

  it('is a place of rest for rows that contradict each other by orders of magnitude', () => {
    fc.assert(
      fc.property(fc.array(measured, { minLength: 1, maxLength: 12 }), (rows) => {
        const posterior = posteriorOf(rows, PRIOR);
        const mode = logs(fitRequestCost(rows, PRIOR).costs);
        const lowest = lossAt(posterior, mode);
        for (const i of [0, 1, 2])
          for (const step of [-1e-4, 1e-4]) {
            const aside = mode.map((value, k) => (k === i ? value + step : value));
            expect(lossAt(posterior, aside)).toBeGreaterThan(lowest);
          }
      }),
      { seed: 6, numRuns: 300, endOnFailure: true },
    );
  });

  it('is the lowest of a grid over all costs that rows near the law leave possible', () => {
    const { normal, student } = draws('grid');
    for (let round = 0; round < 10; round++) {
      const truth = { a: Math.exp(-9 + 0.3 * normal()), b: Math.exp(-9), c: Math.exp(-16 + 0.7 * normal()), w: 0 };
      const rows = rowsOf(truth, LENGTHS.slice(round % 5), () => 0.07 * student());
      const posterior = posteriorOf(rows, PRIOR);
      const mode = logs(fitRequestCost(rows, PRIOR).costs);
      const lowest = lossAt(posterior, mode);
      const better: number[][] = [];
      for (let i = -9; i <= 9; i++)
        for (let j = -9; j <= 9; j++)
          for (let k = -9; k <= 9; k++) {
            const at = [mode[0] + i / 6, mode[1] + j / 6, mode[2] + k / 4];
            if (lossAt(posterior, at) < lowest) better.push(at);
          }
      expect(better).toEqual([]);
    }
  });

  it('moves by ln k with the throughput of all rows, however they lie', () => {
    fc.assert(
      fc.property(
        fc.array(measured, { minLength: 1, maxLength: 9 }),
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        (rows, k) => {
          const scaled = rows.map((one) => ({ ...one, tps: one.tps * k }));
          const [before, after] = [fitRequestCost(rows, PRIOR), fitRequestCost(scaled, PRIOR)];
          logs(after.costs).forEach((value, i) => {
            expect(value + Math.log(k)).toBeCloseTo(logs(before.costs)[i], 6);
          });
        },
      ),
      { seed: 4, numRuns: 200, endOnFailure: true },
    );
  });

  it('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(fc.array(measured, { minLength: 2, maxLength: 9 }), (rows) => {
        const [forward, backward] = [fitRequestCost(rows, PRIOR), fitRequestCost([...rows].reverse(), PRIOR)];
        logs(forward.costs).forEach((value, i) => void expect(value).toBeCloseTo(logs(backward.costs)[i], 6));
      }),
      { seed: 5, numRuns: 200, endOnFailure: true },
    );
  });

  it('is little moved by one bad row among eight', () => {
    const truth = { a: 1e-4, b: 1.2e-4, c: 8e-8, w: 0 };
    const rows = rowsOf(truth, LENGTHS, () => 0);
    const spoilt = rows.map((one, i) => (i === 4 ? { ...one, tps: one.tps * 10 } : one));
    const fit = fitRequestCost(spoilt, PRIOR);
    logs(fit.costs).forEach((value, i) => void expect(Math.abs(value - logs(truth)[i])).toBeLessThan(0.06));
  });
});

describe('what is known of the costs', () => {
  it('is, without rows, the prior to the digit', () => {
    const prior = { ...PRIOR, ln_b: { mean: -9, sd: 0.5 } };
    const fit = fitRequestCost([], prior);
    logs(fit.costs).forEach((value, i) => {
      expect(value).toBeCloseTo([-9 + Math.log(0.82), -9, -9 - Math.log(1300)][i], 12);
    });
    // ln a = ln b + ln(a/b) and ln c = ln b − ln(b/c), the three independent.
    const expected = [
      [0.25 + 0.35 ** 2, 0.25, 0.25],
      [0.25, 0.25, 0.25],
      [0.25, 0.25, 0.25 + 0.49],
    ];
    expected.forEach((line, i) => {
      line.forEach((value, k) => void expect(fit.covariance[i][k]).toBeCloseTo(value, 12));
    });
    expect(fit.prior_share).toBeCloseTo(1, 12);
    expect(fit.untold).toEqual(['a / b', 'b / c', 'b']);
    expect(fit.rows_used).toBe(0);
  });

  it('is nothing without rows and without a scale: an error that says so', () => {
    expect(() => fitRequestCost([], PRIOR)).toThrow('neither rows nor the prior set a scale');
  });

  it('is not told by rows without output tokens or throughput: an error that says which', () => {
    const rows = [row(10, 10, 5), row(10, 0, 5)];
    expect(() => fitRequestCost(rows, PRIOR)).toThrow('row 2 of 2 has no output tokens or no throughput');
    expect(() => fitRequestCost([row(10, 10, 0)], PRIOR)).toThrow('row 1 of 1');
    expect(() => fitRequestCost([row(10, 10, NaN)], PRIOR)).toThrow('row 1 of 1');
  });

  it('has one row set the scale alone, exactly', () => {
    const only = row(1000, 1000, 2500);
    const fit = fitRequestCost([only], PRIOR);
    expect(Math.exp(predictNodeSeconds(fit, only).mean)).toBeCloseTo(1000 / 2500, 12);
    expect(fit.costs.a / fit.costs.b).toBeCloseTo(0.82, 9);
    expect(fit.costs.b / fit.costs.c).toBeCloseTo(1300, 6);
    expect(fit.prior_share).toBeCloseTo(2 / 3, 12);
    expect(fit.untold).toEqual(['a / b', 'b / c']);
  });

  it('names what rows of equal lengths, or along one length, cannot tell', () => {
    const equal = [row(1000, 1000, 2500), row(1000, 1000, 2500), row(1000, 1000, 2600)];
    expect(fitRequestCost(equal, PRIOR).untold).toEqual(['a / b', 'b / c']);
    const truth = { a: 1e-4, b: 1.2e-4, c: 8e-8, w: 0 };
    const alongInput = rowsOf(
      truth,
      [
        [1e3, 1],
        [1e4, 1],
        [3e4, 1],
      ],
      () => 0,
    );
    const onlyPrefill = fitRequestCost(alongInput, { ...PRIOR, ln_b: { mean: -9, sd: 1 } });
    expect(onlyPrefill.untold).toContain('b / c');
    expect(
      fitRequestCost(
        rowsOf(truth, LENGTHS, () => 0),
        PRIOR,
      ).untold,
    ).toEqual([]);
  });

  it('comes from the rows more and more as they grow in number', () => {
    const truth = { a: 1e-4, b: 1.2e-4, c: 8e-8, w: 0 };
    const shares = [1, 2, 4, 8].map((n) => {
      const spread = [7, 1, 2, 5, 0, 3, 4, 6].slice(0, n).map((i) => LENGTHS[i]);
      return fitRequestCost(
        rowsOf(truth, spread, () => 0),
        PRIOR,
      ).prior_share;
    });
    expect(shares).toEqual([...shares].sort((x, y) => y - x));
    expect(shares[3]).toBeLessThan(0.1);
  });

  it('covers simulated costs with its 90 % intervals: Student t rows of costs drawn from the prior', () => {
    const { normal, student } = draws('coverage');
    const hits = [0, 0, 0];
    const rounds = 1000;
    for (let round = 0; round < rounds; round++) {
      const b = Math.exp(-9);
      const a = b * Math.exp(PRIOR.ln_a_over_b.mean + PRIOR.ln_a_over_b.sd * normal());
      const c = b / Math.exp(PRIOR.ln_b_over_c.mean + PRIOR.ln_b_over_c.sd * normal());
      const truth = { a, b, c, w: 0 };
      const fit = fitRequestCost(
        rowsOf(truth, LENGTHS.slice(0, 3 + (round % 6)), () => 0.07 * student()),
        PRIOR,
      );
      logs(fit.costs).forEach((value, i) => {
        if (Math.abs(value - logs(truth)[i]) < 1.6449 * sdOf(fit, i)) hits[i]++;
      });
    }
    // Three standard errors of a share of 0.9 in 1,000 are 0.028; the information of few Student t rows is a little below its mean.
    for (const share of hits.map((n) => n / rounds)) {
      expect(share).toBeGreaterThan(0.86);
      expect(share).toBeLessThan(0.928);
    }
  });

  it('tells the weights’ reading from rows of several concurrencies, whatever their unit of scale', () => {
    const truth = { a: 1e-4, b: 1.2e-4, c: 8e-8, w: 0.012 };
    const { student } = draws('steps');
    const rows = [1, 4, 16, 64, 256].map((concurrency) => {
      const lengths = { input_tokens: 500, output_tokens: 500, concurrency };
      return { ...lengths, tps: 500 / (nodeSeconds(truth, lengths) * Math.exp(0.02 * student())) };
    });
    const fit = fitRequestCost(rows, { ...PRIOR, ln_w_over_b: { mean: Math.log(50), sd: 1.5 } });
    expect(Math.abs(Math.log(fit.costs.w / truth.w))).toBeLessThan(0.1);
    expect(fit.covariance).toHaveLength(4);
    expect(fit.untold).not.toContain('w');
    const blind = fitRequestCost(rows.map(({ concurrency, ...rest }) => rest).slice(0, 1), {
      ...PRIOR,
      ln_w: { mean: -4, sd: 0.5 },
    });
    expect(blind.costs.w).toBeCloseTo(Math.exp(-4), 12);
    expect(blind.untold).toContain('w');
  });
});

describe('a prediction', () => {
  it('grows less certain over the first doubling beyond the rows, by as much as the rows tell', () => {
    const rows = rowsOf({ a: 1e-4, b: 1.2e-4, c: 8e-8, w: 0 }, LENGTHS, () => 0);
    const fit = fitRequestCost(rows, PRIOR);
    const sd = (input_tokens: number, output_tokens: number) =>
      predictNodeSeconds(fit, { input_tokens, output_tokens }).residual_sd;
    const [half, full] = [0.5, 1].map((reach) => 0.06 * (1 + reach * (1 - fit.prior_share)));
    expect(sd(1000, 1000)).toBe(0.06);
    expect(sd(20_000, 4096)).toBeCloseTo(0.06, 15);
    expect(sd(1000, 4096 * Math.SQRT2)).toBeCloseTo(half, 12);
    expect(sd(128 * 2 ** -0.25, 4096 * 2 ** 0.25)).toBeCloseTo(half, 12);
    expect(sd(1000, 8192)).toBeCloseTo(full, 12);
    expect(sd(1000, 1e6)).toBe(sd(0, 1000));
    const fewer = fitRequestCost(rows.slice(0, 1), PRIOR);
    const far = predictNodeSeconds(fewer, { input_tokens: 1000, output_tokens: 1e6 });
    expect(far.residual_sd).toBeCloseTo(0.06 * (1 + 1 / 3), 12);
  });

  it('has an interval about its centre that widens with its level and its distance', () => {
    const fit = fitRequestCost(
      rowsOf({ a: 1e-4, b: 1.2e-4, c: 8e-8, w: 0 }, LENGTHS, () => 0),
      PRIOR,
    );
    const width = (output_tokens: number, level: number) => {
      const [low, high] = throughputInterval(fit, { input_tokens: 500, output_tokens }, level);
      const centre = output_tokens / nodeSeconds(fit.costs, { input_tokens: 500, output_tokens });
      expect(Math.sqrt(low * high) / centre).toBeCloseTo(1, 10);
      return Math.log(high / low);
    };
    expect(width(500, 0.9)).toBeGreaterThan(width(500, 0.5));
    expect(width(16_000, 0.9)).toBeGreaterThan(1.5 * width(500, 0.9));
  });
});

describe('the leave-one-out error', () => {
  it('is that of refitting by hand, and absent below two rows', () => {
    const { student } = draws('loo');
    const rows = rowsOf({ a: 1e-4, b: 1.2e-4, c: 8e-8, w: 0 }, LENGTHS.slice(0, 5), () => 0.07 * student());
    const errors = rows.map((held, i) => {
      const { theta } = posteriorMode(
        posteriorOf(
          rows.filter((_, k) => k !== i),
          PRIOR,
        ),
        [-9, -9, -16],
      );
      const sum = costFactors(held).reduce((all, factor, k) => all + factor * Math.exp(theta[k] ?? -Infinity), 0);
      return Math.abs(Math.log((held.tps * sum) / held.output_tokens));
    });
    expect(requestCostLooError(rows, PRIOR)).toBeCloseTo(errors.sort((x, y) => x - y)[2], 9);
    expect(requestCostLooError(rows.slice(0, 1), PRIOR)).toBeNull();
  });
});

describe('the columns of a fit', () => {
  it('hold the costs and what the prior alone makes of their spread and correlation', () => {
    const fit = fitRequestCost([], { ...PRIOR, ln_b: { mean: -9, sd: 0.5 } });
    const columns = requestCostColumns(fit, null);
    expect(columns).toMatchObject({ ...fit.costs, ln_sd_w: null, loo_error: null, residual_sd: 0.06 });
    expect(columns.ln_sd_a).toBeCloseTo(Math.hypot(0.5, 0.35), 12);
    expect(columns.ln_sd_b).toBeCloseTo(0.5, 12);
    expect(columns.ln_sd_c).toBeCloseTo(Math.hypot(0.5, 0.7), 12);
    expect(columns.corr_ab).toBeCloseTo(0.5 / Math.hypot(0.5, 0.35), 12);
    expect(columns.corr_bc).toBeCloseTo(0.5 / Math.hypot(0.5, 0.7), 12);
    expect(columns.corr_ac).toBeCloseTo(0.25 / (Math.hypot(0.5, 0.35) * Math.hypot(0.5, 0.7)), 12);
  });
});

describe('drawn costs', () => {
  it('vary as the covariance says and are the mode at scores of 0', () => {
    const rows = rowsOf({ a: 1e-4, b: 1.2e-4, c: 8e-8, w: 0 }, LENGTHS.slice(0, 3), () => 0);
    const fit = fitRequestCost(rows, PRIOR);
    const factor = drawFactor(fit.covariance);
    expect(drawnCosts(fit, factor, [0, 0, 0])).toEqual(fit.costs);
    const { normal } = draws('costs');
    const moves = Array.from({ length: 4000 }, () => {
      const drawn = logs(drawnCosts(fit, factor, [normal(), normal(), normal()]));
      return drawn.map((value, i) => value - logs(fit.costs)[i]);
    });
    for (const i of [0, 1, 2])
      for (const k of [0, 1, 2]) {
        const mean = moves.reduce((sum, move) => sum + move[i] * move[k], 0) / moves.length;
        // Five standard errors of a product of two normals.
        const error = Math.sqrt((fit.covariance[i][k] ** 2 + fit.covariance[i][i] * fit.covariance[k][k]) / 4000);
        expect(Math.abs(mean - fit.covariance[i][k])).toBeLessThan(5 * error);
      }
  });
});

// What a log-log regression does not know of itself: against published quantiles, a design matrix inverted by hand, and simulated
// rows. What it cannot see: that the law is the wrong one, which is its greatest error.
import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import {
  drawnLogLog,
  logLogErrors,
  logLogLooError,
  logLogUncertainty,
} from '../../../src/model/throughput/log-log-uncertainty.js';
import { studentQuantile } from '../../../src/model/throughput/student-quantile.js';
import { fitThroughput, lnTpsUncapped, type ThroughputRow, tpsAt } from '../../../src/model/throughput/throughput.js';

const row = (input_tokens: number, output_tokens: number, tps: number): ThroughputRow => ({
  input_tokens,
  output_tokens,
  tps,
});

const LENGTHS = [
  [100, 100],
  [100, 2000],
  [1000, 500],
  [5000, 100],
  [5000, 3000],
  [400, 400],
];

function simulated(seed: string) {
  const uniform = seedrandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const rows = () =>
    LENGTHS.map(([input, output]) =>
      row(input, output, Math.exp(9 - 0.3 * Math.log(input) + 0.1 * Math.log(output) + 0.2 * normal())),
    );
  return { rows, normal };
}

describe('quantiles of Student’s t', () => {
  it.each([
    // NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2; df 1 and 2 by their closed forms.
    [0.975, 1, Math.tan(Math.PI * 0.475)],
    [0.999, 1, Math.tan(Math.PI * 0.499)],
    [0.95, 2, 2 * 0.45 * Math.sqrt(2 / (1 - (2 * 0.45) ** 2))],
    [0.975, 4, 2.776445105],
    [0.975, 5, 2.570581836],
    [0.95, 10, 1.812461123],
    [0.995, 11, 3.105806516],
    [0.975, 100, 1.983971519],
  ])('%d of %i degrees of freedom', (probability, df, expected) => {
    expect(studentQuantile(probability, df)).toBeCloseTo(expected, 7);
    expect(studentQuantile(1 - probability, df)).toBeCloseTo(-expected, 7);
    expect(studentQuantile(0.5, df)).toBeCloseTo(0, 12);
  });
});

describe('the uncertainty of a log-log law', () => {
  it('is that of the inverted design matrix', () => {
    const rows = simulated('one').rows();
    const uncertainty = logLogUncertainty(rows);
    // (XᵀX)⁻¹ by cofactors, X with columns 1, ln input, ln output.
    const x = rows.map((one) => [1, Math.log(one.input_tokens), Math.log(one.output_tokens)]);
    const m = [0, 1, 2].map((i) => [0, 1, 2].map((k) => x.reduce((sum, line) => sum + line[i] * line[k], 0)));
    const minor = (i: number, k: number) => {
      const [r, s] = [0, 1, 2].filter((n) => n !== i);
      const [p, q] = [0, 1, 2].filter((n) => n !== k);
      return (m[r][p] * m[s][q] - m[r][q] * m[s][p]) * ((i + k) % 2 === 0 ? 1 : -1);
    };
    const determinant = [0, 1, 2].reduce((sum, k) => sum + m[0][k] * minor(0, k), 0);
    const at = [1, Math.log(300), Math.log(9000)];
    const leverage = [0, 1, 2].reduce(
      (sum, i) => sum + [0, 1, 2].reduce((part, k) => part + (at[i] * at[k] * minor(k, i)) / determinant, 0),
      0,
    );
    const residual = fitThroughput(rows)?.residual_std ?? NaN;
    expect(uncertainty?.df).toBe(3);
    if (uncertainty === undefined) return;
    const { fit_sd, predicted_sd } = logLogErrors(uncertainty, at[1], at[2]);
    expect(fit_sd).toBeCloseTo(residual * Math.sqrt(leverage), 8);
    expect(predicted_sd).toBeCloseTo(residual * Math.sqrt(1 + leverage), 8);
  });

  it('covers nine in ten new measurements with its 90 % intervals, and law with those of the fit, far out too', () => {
    const { rows, normal } = simulated('coverage');
    const truth = 9 - 0.3 * Math.log(50) + 0.1 * Math.log(20_000);
    const reach = studentQuantile(0.95, 3);
    let [law, measured] = [0, 0];
    const rounds = 4000;
    for (let round = 0; round < rounds; round++) {
      const sample = rows();
      const fit = fitThroughput(sample);
      const uncertainty = logLogUncertainty(sample);
      if (fit === undefined || uncertainty === undefined) throw new Error('six rows are enough');
      const errors = logLogErrors(uncertainty, Math.log(50), Math.log(20_000));
      const error = lnTpsUncapped(fit, Math.log(50), Math.log(20_000)) - truth;
      if (Math.abs(error) < reach * errors.fit_sd) law++;
      if (Math.abs(error - 0.2 * normal()) < reach * errors.predicted_sd) measured++;
    }
    // Four standard errors of a share of 0.9 in 4,000.
    expect(Math.abs(law / rounds - 0.9)).toBeLessThan(0.019);
    expect(Math.abs(measured / rounds - 0.9)).toBeLessThan(0.019);
  });

  it('is what its draws vary by', () => {
    const { rows, normal } = simulated('draws');
    const uncertainty = logLogUncertainty(rows());
    if (uncertainty === undefined) throw new Error('six rows are enough');
    for (const [x, y] of [
      [5, 5],
      [9, 4],
    ]) {
      const moves = Array.from({ length: 5000 }, () =>
        drawnLogLog(uncertainty, [normal(), normal(), normal()], 1)(x, y),
      );
      const sd = Math.sqrt(moves.reduce((sum, move) => sum + move ** 2, 0) / moves.length);
      expect(Math.abs(sd / logLogErrors(uncertainty, x, y).fit_sd - 1)).toBeLessThan(0.05);
    }
    const [once, halved] = [1, 2].map((root) => drawnLogLog(uncertainty, [1, -0.5, 2], root)(6, 8));
    expect(halved).toBeCloseTo(once / 2, 12);
  });

  it('is unknown below four rows, and where rows do not vary in both directions', () => {
    const rows = simulated('few').rows();
    expect(logLogUncertainty(rows.slice(0, 3))).toBeUndefined();
    expect(logLogUncertainty(rows.slice(0, 4))?.df).toBe(1);
    expect(logLogUncertainty([1, 2, 3, 4, 5].map((x) => row(100 * x, 100, 50 / x)))).toBeUndefined();
  });
});

describe('the leave-one-out error of the log-log law', () => {
  it('is that of the capped law refitted by hand, the highest row of two and none of fewer', () => {
    const rows = simulated('loo').rows().slice(0, 5);
    const errors = rows.map((held) => {
      const fit = fitThroughput(rows.filter((other) => other !== held));
      return Math.abs(Math.log(held.tps / (fit ? tpsAt(fit, held.input_tokens, held.output_tokens) : NaN)));
    });
    expect(logLogLooError(rows)).toBeCloseTo(errors.sort((x, y) => x - y)[2], 10);
    expect(logLogLooError([row(1, 1, 10), row(2, 2, 20), row(3, 3, 40)])).toBeCloseTo(Math.log(2), 12);
    expect(logLogLooError(rows.slice(0, 2))).toBeNull();
  });
});

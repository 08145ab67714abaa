// Empirical Bayes between groups, against the closed form of balanced one-way analysis of variance and against simulation. What
// it cannot see: whether families of models differ normally.
import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import { newMember, randomIntercept } from '../../../src/model/throughput/random-intercept.js';
import { needs } from '../../needs.js';

/** Balanced groups of values that were measured exactly. */
function balanced(groups: readonly (readonly number[])[]) {
  return groups.flatMap((values, group) => values.map((y) => ({ x: [1], y, variance: 0, group: `group ${group}` })));
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const squares = (values: readonly number[], about: number) =>
  values.reduce((sum, value) => sum + (value - about) ** 2, 0);

describe('groups of values', () => {
  it('have the variances of a balanced analysis of variance: (MSB − MSW) / n and MSW', () => {
    const groups = [
      [1, 1.4, 0.9, 1.2],
      [2.1, 2.6, 2.2, 2.4],
      [0.2, 0.5, -0.1, 0.1],
    ];
    const means = groups.map(mean);
    const within = groups.reduce((sum, values, i) => sum + squares(values, means[i]), 0) / 9;
    const between = ((4 * squares(means, mean(means))) / 2 - within) / 4;
    const fit = randomIntercept(balanced(groups));
    expect(fit.between_sd).toBeCloseTo(Math.sqrt(between), 4);
    expect(fit.within_sd).toBeCloseTo(Math.sqrt(within), 4);
    expect(fit.coefficients[0]).toBeCloseTo(mean(means), 10);
    expect(fit.covariance[0][0]).toBeCloseTo(between / 3 + within / 12, 4);
    const { sd } = newMember(fit, [1]);
    expect(sd).toBeCloseTo(Math.sqrt(between + within + between / 3 + within / 12), 4);
  });

  it('do not count a value for more than its measurement bears', () => {
    const values = balanced([
      [0, 0.1, -0.1],
      [0.05, -0.05, 0],
    ]);
    const outlier = { x: [1], y: 9, variance: 1e6, group: 'group 0' };
    const [without, including] = [randomIntercept(values), randomIntercept([...values, outlier])];
    expect(including.coefficients[0]).toBeCloseTo(without.coefficients[0], 3);
    expect(including.within_sd).toBeLessThan(3 * without.within_sd);
  });

  it('give back a slope and spreads that were simulated, and cover new members', needs('minutes'), () => {
    const uniform = seedrandom('groups');
    const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
    const draw = (groups: number, members: number) =>
      Array.from({ length: groups }, (_, group) => {
        const effect = 0.5 * normal();
        return Array.from({ length: members }, () => {
          const x = normal();
          const y = 2 - 0.7 * x + effect + 0.3 * normal() + 0.3 * normal();
          return { x: [1, x], y, variance: 0.09, group: `group ${group}` };
        });
      }).flat();
    const fit = randomIntercept(draw(60, 8));
    expect(Math.abs(fit.coefficients[0] - 2)).toBeLessThan(0.25);
    expect(Math.abs(fit.coefficients[1] + 0.7)).toBeLessThan(0.06);
    expect(Math.abs(fit.between_sd / 0.5 - 1)).toBeLessThan(0.3);
    expect(Math.abs(fit.within_sd / 0.3 - 1)).toBeLessThan(0.12);
    const fresh = draw(1000, 1);
    const covered = fresh.filter(({ x, y, variance }) => {
      const { mean: centre, sd } = newMember(fit, x);
      return Math.abs(y - centre) < 1.6449 * Math.sqrt(sd ** 2 + variance);
    });
    expect(Math.abs(covered.length / fresh.length - 0.9)).toBeLessThan(0.06);
  });

  it('are an error where two regressors are one', () => {
    const values = [1, 2, 3, 4].map((y) => ({ x: [1, 1], y, variance: 0.1, group: `${y % 2}` }));
    expect(() => randomIntercept(values)).toThrow('the regressors do not vary independently');
  });
});

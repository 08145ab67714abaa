// How well the difference of two scenarios is known: worlds that both share. Oracle: closed forms of lognormal factors. What it cannot
// see: whether worlds themselves are right (test/worlds).
import { describe, expect, it } from 'vitest';
import { compareScenarios } from '../../src/comparison/compare.js';
import type { CompareRow } from '../../src/tables/studies.js';
import { comparisonText } from '../../src/terminal/comparison-text.js';
import { openJobThreads } from '../../src/workers/job-threads.js';
import { scenarioOf } from '../analysis/scenarios.js';
import { THREAD_ENTRY } from '../surroundings.js';

const WORLDS = 2000;

const text = (name: string, pue: string, uncertainty = `uncertainty: { worlds: ${WORLDS}, samples: 1024 }`) => `
version: 1
name: ${name}
seed: s
samples: 1024
${uncertainty}
node_power_kw: 10
models: { One: { tps: 900 }, Two: { tps: 700 } }
power_utilization: 0.6
pue: ${pue}
input_tokens: 500
output_tokens: { exponential: { median: 300 } }
regimes: { traditional: {} }
blends: { Both: { models: [One, Two] } }
fleet: { blend: Both, queries_per_day: 1e7, beta: 1.3, mixes: { everything: { traditional: 1 } } }
`;
const MU = { a: 0.25, b: 0.2 };
const SIGMA = { a: 0.1, b: 0.04 };
const pueOf = (side: 'a' | 'b') => `{ lognormal: { mu: ${MU[side]}, sigma: ${SIGMA[side]} }, vary: shared }`;
const Z = 1.6448536269514722;

async function rowsOf(a: string, b: string, options = {}): Promise<readonly CompareRow[]> {
  const [inA, inB] = await Promise.all([scenarioOf(a), scenarioOf(b)]);
  return (await compareScenarios(inA, inB, { samples: 1024, ...options })).compare;
}

const A = text('a', pueOf('a'));
const B = text('b', pueOf('b'));

describe('a comparison of scenarios that share an input', () => {
  it('is known to what the one score of both makes of the ratio: exp(Δμ + Δσ·z), for queries and for days', async () => {
    const rows = await rowsOf(A, B);
    const ratios = rows.filter(({ quantity }) => quantity.endsWith('_ratio'));
    expect(ratios.map(({ subject }) => subject)).toEqual(['One', 'Two', 'Both', 'everything']);
    // B's spread is the smaller one, so a high score makes the ratio low. The standard error of P5 over 2,000 worlds is about 0.05 σ.
    const [low, high] = [Z, -Z].map((z) => Math.exp(MU.b - MU.a + (SIGMA.b - SIGMA.a) * z));
    for (const { subject, known_low, known_high } of ratios) {
      expect(Math.abs(Math.log(Number(known_low) / low)), subject).toBeLessThan(0.01);
      expect(Math.abs(Math.log(Number(known_high) / high)), subject).toBeLessThan(0.01);
    }
  });

  it('says in which share of worlds B is lower: Φ(Δμ / Δσ)', async () => {
    const rows = await rowsOf(A, B);
    // Φ(0.05 / 0.06) by tables of the normal distribution; 0.01 is the standard error of a share of 2,000.
    for (const { b_lower_share } of rows) expect(Math.abs(Number(b_lower_share) - 0.7977)).toBeLessThan(0.03);
  });

  it('is exact where all that differs is no uncertainty: the same score cancels', async () => {
    const rows = await rowsOf(A, text('half', pueOf('a')).replace('node_power_kw: 10', 'node_power_kw: 5'));
    for (const { known_low, known_high, b_lower_share } of rows.filter(({ unit }) => unit === '1')) {
      expect(known_low).toBeCloseTo(0.5, 4); // Bins of medians are 1e-4 wide.
      expect(known_high).toBeCloseTo(0.5, 4);
      expect(b_lower_share).toBe(1);
    }
  });

  it('takes one that shares nothing for the same in all worlds', async () => {
    const [{ known_low, known_high }] = await rowsOf(A, text('fixed', '1.2', ''));
    expect(Math.abs(Math.log(Number(known_high) / Number(known_low) / Math.exp(2 * Z * SIGMA.a)))).toBeLessThan(0.02);
  });

  it('has no such numbers where neither asks for worlds', async () => {
    const rows = await rowsOf(text('fixed', '1.3', ''), text('other', '1.2', ''));
    for (const row of rows) expect(row).toMatchObject({ known_low: null, known_high: null, b_lower_share: null });
  });

  it('is the same on two threads', async () => {
    const few = (written: string) => written.replace(`worlds: ${WORLDS}`, 'worlds: 50');
    const threads = await openJobThreads(THREAD_ENTRY, 2);
    try {
      expect(await rowsOf(few(A), few(B), { jobs: threads })).toEqual(await rowsOf(few(A), few(B)));
    } finally {
      await threads.close();
    }
  });

  it('is said in the conclusion and in the tables of the terminal', async () => {
    const [a, b] = await Promise.all([scenarioOf(A), scenarioOf(B)]);
    const shown = comparisonText(await compareScenarios(a, b, { samples: 1024 }), 'out');
    expect(shown).toMatch(/^A day of b’s fleet takes .*, known to 0\.8\d+–1\.0\d+, lower in (79|80|81) % of worlds\n/);
    expect(shown).toMatch(/known to × +B lower\n {2}One .* 0\.8\d+–1\.0\d+ +in \d+ % of worlds\n/);
  });
});

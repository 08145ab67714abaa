// What a session's inputs do to its energy, against closed forms; sessions in worlds and over the keys of a sweep. Not seen here: how
// sessions are drawn (sessions.test.ts), and their runs on a cluster (test/cluster/queries-cluster.test.ts).
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analysis/analyze.js';
import type { MethodName } from '../../src/analysis/methods.js';
import { METHODS } from '../../src/analysis/methods.js';
import { tablesOf } from '../../src/result/rows/tables.js';
import { sweepFromText } from '../../src/scenario/sweep-from-text.js';
import { simulateHere, simulateIn } from '../../src/simulate/simulate.js';
import { callingThread } from '../../src/workers/calling-thread.js';
import { poolOn } from '../../src/workers/pool.js';
import { asksForWorlds, runWorlds } from '../../src/worlds/run-worlds.js';
import { uncertaintyRows } from '../../src/worlds/uncertainty-rows.js';
import { builtEngine } from '../built-engine.js';
import { needs } from '../needs.js';
import { problemsOf, resolveText } from '../scenario/fixtures.js';

const textOf = (session: string, more = '') => `version: 1
name: sessions
samples: 20000
node_power_kw: 3.6
pue: ${more.includes('pue') ? '{ lognormal: { mu: 0.3, sigma: 0.5 } }' : 1}
power_utilization: 1
models: { a: { node_seconds: { per_input_token: 0, per_output_token: 1e-3, per_context_token: 0 } } }
input_tokens: 100
output_tokens: { exponential: { mean: 1000 } }
session: ${session}
regimes: { chat: {} }
`;

const OPTIONS = {
  seed: 's',
  samples: 2 ** 13,
  estimator: 'saltelli2010',
  secondOrder: false,
  resamples: 20,
  confLevel: 0.95,
} as const;
const analysed = async (text: string, method: MethodName = 'sobol') => {
  const rows = await analyze(await resolveText(text), { ...OPTIONS, method, targets: [] });
  return new Map(rows.filter(({ output }) => output === 'energy').map((row) => [row.parameter, row]));
};

describe('which input of a session moves its energy', () => {
  it('is told of all turns together: two answers of exponential length under a lognormal PUE', async () => {
    const effects = await analysed(textOf('{ turns: 2 }', 'pue'));
    // Of a product of independent PUE and decoding, by their squared variations: (e^σ² - 1), and half of that of one answer.
    const [pue, answers] = [Math.exp(0.25) - 1, 1 / 2];
    const all = (1 + pue) * (1 + answers) - 1;
    expect([...effects.keys()].sort()).toEqual(['dummy', 'output_tokens', 'pue']);
    expect(effects.get('pue')!.s1).toBeCloseTo(pue / all, 1);
    expect(effects.get('output_tokens')!.s1).toBeCloseTo(answers / all, 1);
    expect(effects.get('output_tokens')!.st! / (((1 + pue) * answers) / all)).toBeCloseTo(1, 1);
  });

  it('knows turns by a hazard beside what they decode', async () => {
    // Turns are geometric, of mean 2 and variance 2; answers' variance is their mean's square m². Variance of a session: 2m² + 2m².
    // Given the answers, m² Σ P(turns >= t)² = 4/3 m² is left to their own.
    const effects = await analysed(textOf('{ hazard: [0.5] }'));
    expect(Math.abs(effects.get('session.turns')!.s1! - 1 / 2)).toBeLessThan(0.06);
    expect(Math.abs(effects.get('session.turns')!.st! - 2 / 3)).toBeLessThan(0.06);
    expect(Math.abs(effects.get('output_tokens')!.s1! - 1 / 3)).toBeLessThan(0.06);
    expect(Math.abs(effects.get('output_tokens')!.st! - 1 / 2)).toBeLessThan(0.06);
  });

  it('knows retries, and turns drawn once a session', async () => {
    const session = '{ turns: { uniform: { min: 0.51, max: 4.49 } }, retries: 0.5, system_tokens: 9 }';
    const effects = await analysed(textOf(session).replace('{ exponential: { mean: 1000 } }', '1000'));
    // 1 to 4 turns alike often, requests 1 or 2 a turn: E[turns] 1/4 of the requests' variance, and 2.25 times that of turns.
    const [ofRetries, ofTurns] = [2.5 / 4, 2.25 * 1.25];
    expect(effects.get('session.turns')!.s1!).toBeCloseTo(ofTurns / (ofRetries + ofTurns), 1);
    expect(effects.get('session.retries')!.st!).toBeCloseTo(ofRetries / (ofRetries + ofTurns), 1);
    expect(effects.has('session.system_tokens')).toBe(false);
  });

  it('is shared out by shapley, all of it', async () => {
    const effects = await analysed(textOf('{ hazard: [0.5] }', 'pue'), 'shapley');
    const shares = ['pue', 'session.turns', 'output_tokens'].map((name) => effects.get(name)!.shapley!);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 1);
    for (const share of shares) expect(share).toBeGreaterThan(0.1);
  });

  it.each(Object.keys(METHODS).filter((name) => name !== 'sobol' && name !== 'shapley') as MethodName[])(
    'is nothing that %s can tell, which says who can',
    async (method) => {
      const asked = analyze(await resolveText(textOf('{ turns: 2 }')), { ...OPTIONS, method, targets: [] });
      expect(await problemsOf(asked)).toEqual([
        `sessions: session: ${method} takes no sessions (chat): each turn draws anew, so an input has no high and low; take sobol or shapley`,
      ]);
    },
  );
});

describe('worlds of sessions', () => {
  const of = (vary: string) =>
    textOf('{ hazard: [0.5] }', 'pue').replace('sigma: 0.5 } }', `sigma: 0.5 }, vary: ${vary} }`);

  it('share a PUE that one world draws, and nothing else of what turns draw', async () => {
    const scenario = await resolveText(`${of('shared')}uncertainty: { worlds: 400, samples: 1024 }\n`);
    if (!asksForWorlds(scenario)) throw new Error('no worlds');
    const pool = poolOn(callingThread(await builtEngine()));
    const { blends } = await simulateIn(pool, scenario, {});
    const rows = uncertaintyRows(await runWorlds(pool, scenario, blends.plan.blends));
    const median = (metric: string) => rows.find((row) => row.metric === metric && row.statistic === 'p50')!;
    for (const metric of ['energy', 'energy_per_session', 'energy_per_request', 'energy_per_success']) {
      const { p05, p95 } = median(metric);
      expect(Math.abs(Math.log(p95! / p05!) / (2 * 1.6448536 * 0.5) - 1)).toBeLessThan(0.12);
    }
    expect(median('requests').std).toBe(0);
  });

  it('agree to the bit where nothing is shared', async () => {
    const scenario = await resolveText(`${of('per-query')}uncertainty: { worlds: 20, samples: 1024 }\n`);
    if (!asksForWorlds(scenario)) throw new Error('no worlds');
    const pool = poolOn(callingThread(await builtEngine()));
    const { blends } = await simulateIn(pool, scenario, {});
    const rows = uncertaintyRows(await runWorlds(pool, scenario, blends.plan.blends));
    for (const { metric, statistic, p05, p95 } of rows.filter((row) => row.metric === 'energy')) {
      expect({ metric, statistic, spread: p95! - p05! }).toMatchObject({ spread: 0 });
    }
  });
});

it('a sweep over keys of a session has a cell for each, and a warmer cache costs less', needs('minutes'), async () => {
  const text = `${textOf('{ hazard: [0.8], tool_tokens: 500, cache: { hit: 0.5 }, retries: 0 }').replace('per_input_token: 0', 'per_input_token: 1e-4')}sweep: { over: { session.cache.hit: [0, 0.5, 1], session.retries: [0, 0.3] } }\n`;
  const { cells, keys } = await sweepFromText(text, 's.yaml', async () => ({ name: '', bytes: new Uint8Array() }));
  expect(keys).toEqual(['session.cache.hit', 'session.retries']);
  const medians: number[] = [];
  for (const { scenario } of cells) {
    const { summary } = await tablesOf(await simulateHere(scenario));
    medians.push(summary.find(({ metric }) => metric === 'energy_per_session')!.mean!);
  }
  const [cold, coldAgain, half, halfAgain, warm, warmAgain] = medians;
  expect(cold).toBeGreaterThan(half);
  expect(half).toBeGreaterThan(warm);
  for (const [once, again] of [
    [cold, coldAgain],
    [half, halfAgain],
    [warm, warmAgain],
  ])
    expect(again).toBeGreaterThan(once);
});

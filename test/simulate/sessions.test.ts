// Sessions drawn and counted in both engines: against closed forms, against the statistics that their presets are made from, and
// what is refused, word for word. What it cannot see: whether those statistics hold for other services.
import { beforeAll, describe, expect, it } from 'vitest';
import { sketchesOf } from '../../src/engine/draw-range.js';
import type { Engine } from '../../src/engine/engine.js';
import { REFERENCE_ENGINE } from '../../src/engine/reference-engine.js';
import { allocate } from '../../src/kernel/layout.js';
import { sessionDraws, sessionNodes } from '../../src/kernel/session-draws.js';
import type { Metric } from '../../src/model/quantities.js';
import { planModels } from '../../src/plan/plan-models.js';
import { BLOCK_SIZE } from '../../src/random/uniforms.js';
import { loadScenario } from '../../src/scenario/load.js';
import type { ResolvedScenario } from '../../src/scenario/resolved.js';
import { statisticsOf } from '../../src/sketch/statistics.js';
import { builtEngine } from '../built-engine.js';
import { needs } from '../needs.js';
import { problemsOf, resolveText } from '../scenario/fixtures.js';

const TEXT = `version: 1
name: sessions
node_power_kw: 10
pue: 1.2
power_utilization: 0.5
models: { a: { node_seconds: { per_input_token: 1e-4, per_output_token: 2e-4, per_context_token: 1e-7 } } }
input_tokens: 100
output_tokens: 300
session: { turns: 2, system_tokens: 1000, tool_tokens: 500, cache: { hit: 0.8 }, success: 0.5 }
regimes: { chat: {} }
`;
const WH_PER_NODE_SECOND = (1.2 * 10 * 0.5 * 1000) / 3600;
const SECONDS = 1e-4 * (1100 + 0.2 * 1400 + 600) + 2e-4 * 600 + 1e-7 * (300 * (1100 + 150) + 300 * (1400 + 600 + 150));

let wasm: Engine;
beforeAll(async () => {
  wasm = await builtEngine();
});

async function statistic(scenario: ResolvedScenario, engine: Engine, metric: Metric) {
  const plan = planModels(scenario);
  const sketches = await sketchesOf(plan, { firstBlock: 0, blocks: Math.ceil(scenario.samples / BLOCK_SIZE) }, engine);
  const { of } = plan.measures.find(({ row }) => row.metric === metric)!;
  return statisticsOf(sketches.histograms[of], 1);
}

describe('a session of two turns that are the same in all draws', () => {
  it.each([
    ['energy', WH_PER_NODE_SECOND * SECONDS],
    ['energy_per_session', WH_PER_NODE_SECOND * SECONDS],
    ['energy_per_request', (WH_PER_NODE_SECOND * SECONDS) / 2],
    ['energy_per_success', (WH_PER_NODE_SECOND * SECONDS) / 0.5],
    ['requests', 2],
    ['longest_context', 2000],
    ['tps', 600 / SECONDS],
  ] as const)('has its %s in closed form, in both engines', async (metric, expected) => {
    const scenario = await resolveText(TEXT, { samples: 2000 });
    for (const engine of [REFERENCE_ENGINE, wasm]) {
      const { p50, mean } = await statistic(scenario, engine, metric);
      expect(p50 / expected).toBeCloseTo(1, 4);
      expect(mean / expected).toBeCloseTo(1, 4);
    }
  });
});

describe('sessions that vary', () => {
  const varied = TEXT.replace('turns: 2', 'hazard: [0.7], retries: 0.2').replace(
    'output_tokens: 300',
    'output_tokens: { exponential: { mean: 300 } }',
  );

  it('have geometric lengths by one hazard, and a fifth more requests by retries', needs('minutes'), async () => {
    const { mean } = await statistic(await resolveText(varied, { samples: 2 ** 17 }), wasm, 'requests');
    expect(mean).toBeCloseTo(1.2 / 0.3, 1);
  });

  it('are the same in both engines but for rounding, and first draws stay when more are made', async () => {
    const scenario = await resolveText(varied, { samples: 8 * BLOCK_SIZE });
    const [one, other] = [
      await statistic(scenario, REFERENCE_ENGINE, 'energy'),
      await statistic(scenario, wasm, 'energy'),
    ];
    expect(other.p50 / one.p50).toBeCloseTo(1, 4);
    expect(other.mean / one.mean).toBeCloseTo(1, 5);
    const few = await statistic({ ...scenario, samples: 1024 }, wasm, 'energy');
    expect(few.n).toBe(1024);
  });

  it('draw the turns of one session alike where another has a warmer cache: it never costs more', async () => {
    const mean = async (hit: string) => {
      const scenario = await resolveText(varied.replace('hit: 0.8', `hit: ${hit}`), { samples: 4096 });
      return (await statistic(scenario, wasm, 'energy')).mean;
    };
    const [none, half, all] = [await mean('0'), await mean('0.5'), await mean('1')];
    // Fresh tokens are linear in the share that is held.
    expect(none - half).toBeCloseTo(half - all, 5);
    expect(all).toBeLessThan(half);
  });
});

describe('the shipped coding agents', () => {
  it.each([
    ['copilot', { requests: 30.9, fresh: 9715, output: 527, context: 67_818 }, 0.05],
    ['tracelab', { requests: 83.7, fresh: 6440, output: 523, context: 153_712 }, 0.05],
    ['proxytrace', { requests: 210.6, fresh: 7637, output: 823, context: 184_357 }, 0.2],
  ])('have the published means of a request: %s', async (name, published, within) => {
    const scenario = await loadScenario(`scenarios/queries/coding-agent-${name}.yaml`);
    const { nodes } = planModels(scenario);
    const ids = [...nodes.keys()];
    const layout = allocate(nodes, ids, Float64Array);
    const sums = sessionNodes(nodes, ids);
    const [draw] = await sessionDraws(sums, layout);
    const totals = new Map<string, number>();
    const blocks = 3;
    for (let block = 0; block < blocks; block++) {
      draw(block, 0);
      for (const { id, node } of sums)
        totals.set(
          node.sum,
          layout.value[id].reduce((sum, value) => sum + value, totals.get(node.sum) ?? 0),
        );
    }
    const total = (sum: string) => totals.get(sum) ?? Number.NaN;
    const found = {
      requests: total('requests') / (blocks * BLOCK_SIZE),
      fresh: total('fresh_tokens') / total('requests'),
      output: total('output_tokens') / total('requests'),
      context: total('context_reads') / total('output_tokens'),
    };
    for (const key of ['requests', 'fresh', 'output', 'context'] as const)
      expect(Math.abs(found[key] / published[key] - 1), `${key} ${found[key]}`).toBeLessThan(within);
  });

  it('of Copilot take in the mean within a factor of 2.5 of the published 41 Wh', async () => {
    const scenario = await loadScenario('scenarios/queries/coding-agent-copilot.yaml');
    const { mean } = await statistic({ ...scenario, samples: 8192 }, wasm, 'energy_per_session');
    expect(mean).toBeGreaterThan(41 / 2.5);
    expect(mean).toBeLessThan(41 * 2.5);
  });
});

describe('sessions that cannot be', () => {
  const session = (written: string) => TEXT.replace(/session: .*\n/, `session: ${written}\n`);
  it.each([
    [
      session('{ system_tokens: 5 }'),
      's.yaml:9:1: session: expected turns or hazard, which say how long a session is; found neither',
    ],
    [
      session('{ turns: 2, hazard: [0.5] }'),
      's.yaml:9:1: session: expected turns or hazard, which say how long a session is; found both',
    ],
    [
      session('{ hazard: [0.5, 1] }'),
      's.yaml:9:26: session.hazard[1]: sessions never end: the last chance of another turn must be below 1; found 1',
    ],
    [
      session('{ turns: 2, success: 0 }'),
      's.yaml:9:31: session.success: expected a number above 0 and at most 1; found 0',
    ],
    [
      session('{ turns: 2, cache: { hit: 1.2 } }'),
      's.yaml:9:36: session.cache.hit: expected a number of at least 0 and at most 1; found 1.2',
    ],
    [
      session('{ turns: 2, cache: { hit: 96 } }'),
      's.yaml:9:36: session.cache.hit: expected a number of at least 0 and at most 1; found 96; 96 % is 0.96',
    ],
    [
      session('{ turns: 2, cache: { hit: 1, ttl_s: 300 } }'),
      's.yaml:9:46: session.cache.ttl_s: says when the cache is emptied, but not how long users wait: state gap_s beside cache',
    ],
    [
      session('{ turns: 2, context_limit: 9000 }'),
      's.yaml:9:37: session.context_limit: sessions may grow beyond it, and what then happens is not said: state compact_to',
    ],
    [
      session('{ turns: 2, context_limit: 9000, compact_to: 9000 }'),
      's.yaml:9:55: session.compact_to: must be below context_limit (9000); found 9000',
    ],
    [
      TEXT.replace(/models: .*\n/, 'models: { a: { tps: 900 } }\n'),
      's.yaml:9:1: session: needs to know what context costs, which only request-cost throughput says; not so for a: choose form: request-cost, or state node_seconds',
    ],
    [
      `${TEXT}cached_input_tokens: 50\n`,
      's.yaml:9:1: session: its cache says what of the context is cached; leave cached_input_tokens out in chat',
    ],
  ])('are refused with what to do: %#', async (text, problem) => {
    expect(await problemsOf(resolveText(text))).toEqual([problem]);
  });

  it('are refused beside formulas of single requests', async () => {
    expect(await problemsOf(resolveText(`${TEXT}formulas: [jegham]\n`))).toContain(
      's.yaml:11:1: formulas: sessions are computed by request-cost alone; found jegham: leave them out, or the session',
    );
  });

  it('are refused where queries would share what turns draw', async () => {
    const text = `${TEXT}uncertainty: { worlds: 20, samples: 1024 }\n`;
    const varied = text.replace('turns: 2', 'turns: { exponential: { mean: 3 }, vary: shared }');
    expect(await problemsOf(resolveText(varied))).toEqual([
      's.yaml:9:12: session.turns: turns of a session draw it anew, so queries cannot share it; leave vary out',
    ]);
  });
});

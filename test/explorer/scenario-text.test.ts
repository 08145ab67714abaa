// The explorer's logic without a browser; explorer.test.ts has the page itself.
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { allBlocks } from '../../src/blocks/blocks.js';
import { REFERENCE_ENGINE } from '../../src/engine/reference-engine.js';
import { pairedRatio, planRatio } from '../../src/explorer/paired-ratio.js';
import { presetOf, scenarioData } from '../../src/explorer/preset.js';
import { scenarioText } from '../../src/explorer/scenario-text.js';
import { type Choice, fromFragment, QUANTITIES, toFragment } from '../../src/explorer/state.js';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import { statisticsOf } from '../../src/sketch/statistics.js';
import { builtEngine } from '../built-engine.js';
import { shipped } from '../folders.js';

const CHOICE: Choice = {
  preset: 'oviedo-2026',
  regime: 'traditional',
  subject: 'frontier',
  samples: 3000,
  quantities: {},
};

const presetText = (name: string) => readFile(`scenarios/${name}.yaml`, 'utf8');

const preset = async (name: string) => presetOf(parse(await presetText(name)));

const textOf = async (choice: Choice) =>
  scenarioText(await presetText(choice.preset), await preset(choice.preset), choice);

async function resolved(choice: Choice) {
  const text = await textOf(choice);
  return scenarioFromText(text, 'explored.yaml', async (name) => ({
    name,
    bytes: await readFile(`scenarios/${name}`),
  }));
}

describe('a scenario from the page', () => {
  test('of any preset, regime and subject is one that runs', async () => {
    for (const name of ['oviedo-2026', 'oviedo-2025', 'input-length', 'coupled-utilization', 'non-production']) {
      const { regimes, blends, models } = await preset(name);
      for (const regime of regimes) {
        for (const subject of [blends[0], models[0]]) {
          const scenario = await resolved({ ...CHOICE, preset: name, regime, subject });
          expect(scenario.regimes.map(({ name }) => name)).toEqual([regime]);
        }
      }
    }
  });

  test('without a slider moved draws what the preset draws', async () => {
    expect((await resolved(CHOICE)).regimes[0]).toEqual((await shipped('oviedo-2026')).regimes[0]);
    expect((await preset('oviedo-2026')).middleOf('pue', 'traditional')).toBeCloseTo(Math.sqrt(1.05 * 1.6), 4);
  });

  test('moves the middle of a distribution and keeps its relative spread', async () => {
    const text = await textOf({
      ...CHOICE,
      quantities: { pue: 1.2, output_tokens: 900 },
    });
    const { lognormal, exponential } = written(text);
    expect(Math.sqrt(lognormal.p5 * lognormal.p95)).toBeCloseTo(1.2, 3);
    // Of a PUE what lies above 1 keeps its spread: at 1.2 its P5 is 1 + 0.05 · 0.2 / 0.29615.
    expect(lognormal.p5).toBeCloseTo(1 + (0.05 * 0.2) / (Math.sqrt(1.05 * 1.6) - 1), 3);
    expect(exponential.median).toBe(900);
  });

  test('as plain data is what its text says, whatever is chosen', async () => {
    for (const name of ['oviedo-2026', 'coupled-utilization', 'non-production']) {
      const chosen = await preset(name);
      const choices = fc.record({
        regime: fc.constantFrom(...chosen.regimes),
        subject: fc.constantFrom(...chosen.blends, ...chosen.models),
        samples: fc.integer({ min: 1, max: 10_000_000 }),
        quantities: fc.record(
          Object.fromEntries(QUANTITIES.map((quantity) => [quantity, fc.double({ min: 0.01, max: 1e5, noNaN: true })])),
          { requiredKeys: [] },
        ),
      });
      await fc.assert(
        fc.asyncProperty(choices, async (choice) => {
          const whole: Choice = { preset: name, ...choice };
          expect(scenarioData(chosen, whole)).toEqual(parse(await textOf(whole)));
        }),
        { seed: 4, numRuns: 20 },
      );
    }
  });

  test('has no slider for utilisation that follows throughput', async () => {
    expect((await preset('coupled-utilization')).middleOf('power_utilization', 'traditional')).toBeUndefined();
  });
});

function written(text: string) {
  const { pue, output_tokens } = parse(text).regimes.traditional;
  return { lognormal: pue.lognormal, exponential: output_tokens.exponential };
}

describe('the paired ratio', () => {
  test('of a node of twice the power is two in every draw, by either kernel', async () => {
    const members = ['Llama 3.1 70B'];
    const a = { scenario: await resolved({ ...CHOICE, subject: members[0] }), members };
    const b = {
      scenario: await resolved({ ...CHOICE, subject: members[0], quantities: { node_power_kw: 20.4 } }),
      members,
    };
    const [reference, wasm] = await Promise.all(
      [REFERENCE_ENGINE, await builtEngine()].map((engine) =>
        pairedRatio(planRatio(a, b, 3000), allBlocks(3000), engine),
      ),
    );
    for (const ratio of [reference, wasm]) {
      const { p05, p95, n } = statisticsOf(ratio, 3000);
      expect(p05).toBeCloseTo(2, 3);
      expect(p95).toBeCloseTo(2, 3);
      expect(n).toBeGreaterThan(2900);
    }
  });
});

describe('the page’s address', () => {
  const choices = fc.record({
    preset: fc.string(),
    regime: fc.string(),
    subject: fc.string(),
    samples: fc.integer({ min: 1, max: 10_000_000 }),
    quantities: fc.record(
      Object.fromEntries(
        QUANTITIES.map((quantity) => [quantity, fc.double({ min: 0, max: 1e6, noNaN: true }).map((x) => x + 0)]),
      ),
      { requiredKeys: [] },
    ),
  });

  test('gives back what was put into it, for both sides', () => {
    fc.assert(
      fc.property(choices, choices, (a, b) => {
        const fragment = `#${toFragment({ a, b })}`;
        expect(fromFragment(fragment, 'a', CHOICE)).toEqual(a);
        expect(fromFragment(fragment, 'b', CHOICE)).toEqual(b);
      }),
      { seed: 4, numRuns: 100 },
    );
  });

  test('may hold nonsense, which changes nothing', () => {
    expect(fromFragment('#a.samples=-3&a.pue=x&b.pue=1&%%%', 'a', CHOICE)).toEqual(CHOICE);
  });
});

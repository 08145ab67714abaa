/**
 * Results that were integrated, against Monte Carlo's of the same scenarios, by both kernels. What it cannot see: errors
 * below the Monte Carlo error of the draws made here; test/simulate/integrated-oracle.test.ts has no such limit, but only
 * the paper's scenarios.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { KernelChoice } from '../../src/engine/load-engine.js';
import { seriesOf } from '../../src/result/series.js';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import { loadScenario } from '../../src/scenario/load.js';
import type { ResolvedScenario } from '../../src/scenario/resolved.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import { builtKernel } from '../built-engine.js';
import { needs, tries } from '../needs.js';
import { expectAgreement } from './monte-carlo.js';
import { randomScenario } from './random-scenarios.js';

const FOLDER = fileURLToPath(new URL('../../scenarios/', import.meta.url));
const SHIPPED = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));

const integratedResult = (scenario: ResolvedScenario) => simulateHere({ ...scenario, sampler: 'auto' });
const drawnResult = (scenario: ResolvedScenario, kernel: KernelChoice) => simulateHere(scenario, { kernel });

describe('every shipped scenario, integrated', () => {
  it.each(SHIPPED)('%s agrees with its draws, and none is made where the fits are taken for certain', async (file) => {
    const scenario = await loadScenario(`${FOLDER}${file}`, { samples: tries(5000, 100_000) });
    const integrated = await integratedResult(scenario);
    expectAgreement(integrated, await drawnResult(scenario, await builtKernel()));
    const drawn = seriesOf(integrated).filter((one) => one.integrated === undefined);
    // What a fit does not know of itself depends on the lengths, so energies that have it in them are drawn.
    const isUnknown = scenario.models.some(
      ({ throughput }) => throughput.method === 'request-cost' && throughput.uncertain !== undefined,
    );
    expect(drawn.length > 0).toBe(isUnknown);
  });
});

async function random(seed: number): Promise<ResolvedScenario> {
  const read = (name: string) => Promise.resolve({ name, bytes: readFileSync(`${FOLDER}${name}`) });
  return scenarioFromText(JSON.stringify(randomScenario(seed)), `random-${seed}.yaml`, read, {
    samples: tries(5000, 20_000),
  });
}

describe('random scenarios, integrated', () => {
  const all = Array.from({ length: 200 }, (_, i) => i + 1);
  const seeds = tries(0, 1) === 1 ? all : [1, 2, 4];

  it.each(seeds)('number %i agrees with the draws of both kernels', needs('minutes'), async (seed) => {
    const scenario = await random(seed);
    const integrated = await integratedResult(scenario);
    expectAgreement(integrated, await drawnResult(scenario, await builtKernel()));
    if (seed % 4 === 0) expectAgreement(integrated, await drawnResult(scenario, 'reference'));
  });
});

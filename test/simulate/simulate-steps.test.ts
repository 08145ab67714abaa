// Results that come with more and more draws, against runs of as many samples. Whether those are right is tested elsewhere.
import { describe, expect, it } from 'vitest';
import { seriesOf } from '../../src/result/series.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import { simulateSteps } from '../../src/simulate/simulate-steps.js';
import { builtKernel } from '../built-engine.js';
import { needs } from '../needs.js';
import { resolveText } from '../scenario/fixtures.js';

const ONE = `version: 1
name: one
node_power_kw: 10
models: { a: { tps: 1000 } }
power_utilization: { lognormal: { p5: 0.4, p95: 0.9 } }
pue: 1.2
input_tokens: 500
regimes: { all: { output_tokens: 300 } }
`;

describe('a simulation in steps', () => {
  it.each(['pseudo', 'latin-hypercube', 'sobol'] as const)(
    'yields what runs of so many samples yield, the last that of the whole: %s',
    needs('minutes'),
    async (sampler) => {
      const kernel = await builtKernel();
      const scenario = await resolveText(`${ONE}sampler: ${sampler}\nsamples: 20000\n`);
      const steps: number[] = [];
      for await (const result of simulateSteps(scenario, { kernel })) {
        const { samples } = result.scenario;
        steps.push(samples);
        const alone = await simulateHere({ ...scenario, samples }, { kernel });
        expect(seriesOf(result).map(({ histogram }) => histogram)).toEqual(
          seriesOf(alone).map(({ histogram }) => histogram),
        );
      }
      expect(steps.length).toBeGreaterThan(1);
      expect(steps.at(-1)).toBe(20_000);
      expect([...steps].sort((a, b) => a - b)).toEqual(steps);
    },
  );
});

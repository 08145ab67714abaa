// Managed power from a scenario's text to the rows of tables, on both engines and under both forms of throughput: energies and
// throughputs against the closed forms of each phase, what does nothing to the bit, and the words of what is refused or noted.
// What it cannot see: whether exponents are right of any node (test/model/power-management.test.ts has the measured pairs).
import { beforeAll, describe, expect, it } from 'vitest';
import { summaryRows } from '../../src/result/rows/summary.js';
import { seriesOf } from '../../src/result/series.js';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import { loadScenario } from '../../src/scenario/load.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import { managementLines } from '../../src/terminal/management-lines.js';
import { builtKernel } from '../built-engine.js';
import { problemsOf } from '../scenario/fixtures.js';

const noDataset = () => Promise.reject(new Error('this scenario names no dataset'));
const INPUT = 3000;
const OUTPUT = 400;
const [A, B, C] = [1.2e-4, 1.3e-4, 7e-8];

const MODELS = {
  rate: 'rate: { tps: 2000 }',
  law: `law: { node_seconds: { per_input_token: ${A}, per_output_token: ${B}, per_context_token: ${C}, per_step: 0 } }`,
};
type Model = keyof typeof MODELS;
const WEIGHT = { rate: 0.1, law: 0 };

const textOf = (management: string, model: Model = 'rate', weight = WEIGHT[model]) => `
version: 1
name: managed
samples: 5000
node_power_kw: 10
power_utilization: { lognormal: { p5: 0.4, p95: 0.9 } }
pue: { lognormal: { p5: 1.05, p95: 1.6 } }
input_tokens: ${INPUT}
output_tokens: ${OUTPUT}
prefill_weight: ${weight}
models: { ${MODELS[model]} }
regimes: { t: {} }
${management === '' ? '' : `power_management: ${management}`}
`;

describe.each(['reference', 'wasm'] as const)('the %s engine', (name) => {
  let kernel: Uint8Array<ArrayBuffer> | 'reference' = 'reference';
  beforeAll(async () => {
    if (name === 'wasm') kernel = await builtKernel();
  });

  const rowsOf = async (text: string) => {
    const scenario = await scenarioFromText(text, 'm.yaml', noDataset);
    return summaryRows('managed', seriesOf(await simulateHere(scenario, { kernel })));
  };
  const meansOf = async (model: Model, management: string) => {
    const rows = await rowsOf(textOf(management, model));
    return (metric: string) => rows.find((row) => row.metric === metric)?.mean ?? Number.NaN;
  };

  /** Speed and power of a clock, as the issue states them: f^alpha and s + (1 - s) f^gamma. */
  const clocked = (clock: number, alpha: number) => ({
    speed: clock ** alpha,
    power: 0.45 + 0.55 * clock ** 2.5,
  });

  it.each([
    ['{ clock: 0.7, phase: decode }', { speed: 1, power: 1 }, clocked(0.7, 0.15)],
    ['{ clock: 0.7, phase: prefill }', clocked(0.7, 1), { speed: 1, power: 1 }],
    ['{ clock: 0.85 }', clocked(0.85, 1), clocked(0.85, 1)],
    ['{ cap: 0.8, exponent: 0.5 }', { speed: 0.8 ** 0.5, power: 0.8 }, { speed: 0.8 ** 0.5, power: 0.8 }],
  ] as const)('scales each phase by its own speed and power: %s', async (management, prefill, decode) => {
    const parts = {
      rate: [(0.1 * INPUT) / 2000, OUTPUT / 2000],
      law: [A * INPUT, OUTPUT * B + C * OUTPUT * (INPUT + OUTPUT / 2)],
    };
    for (const model of ['rate', 'law'] as const) {
      const [free, managed] = await Promise.all(['', management].map((one) => meansOf(model, one)));
      const [input, output] = parts[model];
      const energy = (input * prefill.power) / prefill.speed + (output * decode.power) / decode.speed;
      expect(managed('energy') / free('energy') / (energy / (input + output))).toBeCloseTo(1, 5);
      const seconds = input / prefill.speed + output / decode.speed;
      const tps = { rate: 2000 * decode.speed, law: OUTPUT / seconds };
      expect(managed('tps') / tps[model]).toBeCloseTo(1, 5);
    }
  });

  it.each(['{ clock: 1 }', '{ cap: 1 }', '{ cap: 0.6, phase: decode }'])(
    'gives the bits of a free node where nothing is held back: %s',
    async (management) => {
      for (const model of ['rate', 'law'] as const)
        expect(await rowsOf(textOf(management, model))).toEqual(await rowsOf(textOf('', model)));
    },
  );

  it('saves less of a week with idle nodes than of full ones, as their static power stays', async () => {
    const profile = [...new Array(12).fill(1), ...new Array(12).fill(0.5)];
    const load = `load: { profile: [${profile}], peak_load: 1, power: { parked: 0.3, active: 0.6 } }`;
    const energies = await Promise.all(
      ['', '{ clock: 0.85 }'].map(async (management) => {
        const rows = await rowsOf(`${textOf(management)}${load}\n`);
        return rows.find(({ metric }) => metric === 'energy')?.mean ?? Number.NaN;
      }),
    );
    const { speed, power } = clocked(0.85, 1);
    // A full node of the peak hour serves half its load in the other: 1 + active of the idle half, over 1.5 of work.
    const idle = 0.45 + (0.6 - 0.45) * ((power - 0.45) / 0.55);
    const expected = (1.5 * power + 0.5 * idle) / speed / (1.5 + 0.5 * 0.6);
    expect(energies[1] / energies[0] / expected).toBeCloseTo(1, 5);
    expect(energies[1] / energies[0]).toBeGreaterThan(power / speed);
  });

  it('leaves the utilisation that follows throughput what it was: the clock is not the load', async () => {
    const coupled = 'power_utilization: { coupled: { base: 0.2, span: 0.6 } }';
    const utilization = async (management: string) => {
      const rows = await rowsOf(textOf(management, 'law').replace(/power_utilization: .*/, coupled));
      return rows.filter(({ metric }) => metric === 'power_utilization').map(({ p50 }) => p50);
    };
    expect(await utilization('{ clock: 0.8 }')).toEqual(await utilization(''));
  });
});

describe('the shipped scenario', () => {
  it('has the energy of the paper times what MaxQ was measured to leave of it, within 2 %', async () => {
    const scenario = { ...(await loadScenario('scenarios/managed-power.yaml')), samples: 300_000 };
    const rows = summaryRows('managed', seriesOf(await simulateHere(scenario, { kernel: await builtKernel() })));
    const median = rows.find((row) => row.metric === 'energy' && row.subject_kind === 'blend' && row.trim !== 'none');
    const published = scenario.published?.energy[0].p50 ?? Number.NaN;
    expect(Math.abs((median?.p50 ?? Number.NaN) / published - 1)).toBeLessThan(0.02);
  });
});

describe('what a reader is told', () => {
  const resolved = (management: string) => scenarioFromText(textOf(management), 'm.yaml', noDataset);

  it('a cap above what decode draws does nothing, and says so', async () => {
    const { warnings } = await resolved('{ cap: 0.6, phase: decode }');
    expect(warnings).toContain(
      "power_management: the cap of 0.6 does nothing to decode: decode draws 0.561 of the node's power when full",
    );
  });

  it('a clock below the measured range is called an extrapolation', async () => {
    const { warnings } = await resolved('{ clock: 0.5, phase: decode }');
    expect(warnings).toContain(
      'power_management: the clock of 0.5 is an extrapolation: measurements reach down to 0.65 (power-management.csv)',
    );
    expect((await resolved('{ clock: 0.7, phase: decode }')).warnings.join()).not.toContain('extrapolation');
  });

  it('a terminal shows what becomes of each phase', async () => {
    const { power_management } = await resolved('{ clock: 0.7, phase: decode }');
    expect(managementLines(power_management)).toEqual([
      '',
      'power management, clock 0.7 in decode   speed   power  energy',
      '  prefill                               ×1.00   ×1.00   ×1.00',
      '  decode                               ×0.948  ×0.675  ×0.713',
    ]);
    expect(managementLines(undefined)).toEqual([]);
  });

  it.each([
    ['{ clock: 1.2 }', 'power_management.clock: must be above 0 and at most 1; found 1.2'],
    [
      '{ phase: decode }',
      "power_management: expected clock (locked clock over the highest) or cap (share of the node's power when full); found neither",
    ],
    ['{ cap: 0.8, gamma: 2 }', 'power_management.gamma: has no meaning for a cap; leave it out'],
    ['{ clock: 0.8, gamma: 4 }', 'power_management.gamma: must be from 1 to 3; found 4'],
    ['{ cap: 0.3 }', 'power_management.cap: must be at least 0.45, what a node draws at any clock; found 0.3'],
    [
      '{ clock: 0.8, phase: decode }\nload: { profile: azure-2024-code }',
      'power_management.phase: with load, expected both: idle nodes stand in no phase',
    ],
    [
      '{ clock: 0.8 }\nload: { profile: azure-2024-code, power: { active: { uniform: { min: 0.5, max: 0.9 } } } }',
      'load.power: with power_management, expected numbers; found a distribution',
    ],
  ])('%s is refused', async (management, text) => {
    const problems = await problemsOf(resolved(management));
    expect(problems.map((problem) => problem.replace(/^m.yaml:\d+:\d+: /, ''))).toEqual([text]);
  });
});

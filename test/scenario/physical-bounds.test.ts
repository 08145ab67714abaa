// Numbers in another unit, percents in place of shares: refused with what was likely meant. Cannot see a wrong number
// that is possible.
import { describe, expect, it } from 'vitest';
import { edited, problemsOf, RIGHT, resolveText } from './fixtures.js';

const LINES: Readonly<Record<string, readonly [line: string, place: string]>> = {
  pue: ['pue: 1.2', '5:6'],
  power_utilization: ['power_utilization: 0.6', '6:20'],
  node_power_kw: ['node_power_kw: 10.2', '4:16'],
};

const PARAMETER = 'expected a number or a distribution such as { lognormal: { p5: 0.4, p95: 0.9 } }';

function problemsWith(key: string, value: string): Promise<string[]> {
  return problemsOf(resolveText(edited(LINES[key][0], `${key}: ${value}`)));
}

describe('a constant beyond physical bounds', () => {
  it.each([
    ['node_power_kw', '10200', 'must lie between 0.001 and 600 kW; found 10200 (watts? 10200 W are 10.2 kW)'],
    ['node_power_kw', '700', 'must lie between 0.001 and 600 kW; found 700 (watts? 700 W are 0.7 kW)'],
    ['node_power_kw', '0.0001', 'must lie between 0.001 and 600 kW; found 0.0001 (megawatts? 0.0001 MW are 0.1 kW)'],
    ['power_utilization', '60', 'must lie between 0 and 1; found 60 (60 % is 0.6)'],
    ['power_utilization', '1.2', 'must lie between 0 and 1; found 1.2 (a node takes no more than its maximum)'],
    ['pue', '0.2', 'must lie between 1 and 5; found 0.2 (an overhead of 0.2 is a PUE of 1.2)'],
    ['pue', '120', 'must lie between 1 and 5; found 120 (120 % is 1.2)'],
    ['pue', '12', 'must lie between 1 and 5; found 12'],
  ])('is refused: %s %s', async (key, value, said) => {
    expect(await problemsWith(key, value)).toEqual([`s.yaml:${LINES[key][1]}: ${key}: ${said}`]);
  });

  it('is refused for a model, a regime, an option and a swept value, too', async () => {
    const model = RIGHT.replace(
      'throughput: { dataset: data.csv }',
      'models: { A: { tps: 0.0002, node_power_kw: 5000 } }',
    );
    expect(await problemsOf(resolveText(model))).toEqual([
      's.yaml:3:21: models.A.tps: must lie between 0.001 and 10000000 tokens/s; found 0.0002 (seconds per token? 0.0002 s are 5000 tokens/s)',
      's.yaml:3:44: models.A.node_power_kw: must lie between 0.001 and 600 kW; found 5000 (watts? 5000 W are 5 kW)',
    ]);
    const regime = edited('    output_tokens: 300', '    output_tokens: 300\n    pue: 0.3');
    expect(await problemsOf(resolveText(regime))).toEqual([
      's.yaml:11:10: regimes.traditional.pue: must lie between 1 and 5; found 0.3 (an overhead of 0.3 is a PUE of 1.3)',
    ]);
    expect(await problemsOf(resolveText(RIGHT, { set: ['power_utilization=70'] }))).toEqual([
      '--set power_utilization=70: power_utilization: must lie between 0 and 1; found 70 (70 % is 0.7)',
    ]);
  });

  it('is refused for a weight of prefill above that of an answer', async () => {
    expect(await problemsOf(resolveText(`${RIGHT}prefill_weight: 30\n`))).toEqual([
      's.yaml:13:17: prefill_weight: must lie between 0 and 1; found 30 (30 % is 0.3)',
    ]);
  });

  it('may stand at the bound', async () => {
    expect(await problemsWith('pue', '1')).toEqual([]);
    expect(await problemsWith('power_utilization', '1')).toEqual([]);
  });
});

describe('a distribution', () => {
  it.each([
    [
      'power_utilization',
      '{ lognormal: { p5: 40, p95: 90 } }',
      'must lie between 0 and 1; lognormal(P5 40, P95 90) lies beyond (60 % is 0.6)',
    ],
    [
      'pue',
      '{ uniform: { min: 0.1, max: 0.3 } }',
      'must lie between 1 and 5; uniform(min 0.1, max 0.3) lies beyond (an overhead of 0.2 is a PUE of 1.2)',
    ],
    [
      'node_power_kw',
      '{ empirical: { values: [10200, 11000] } }',
      'must lie between 0.001 and 600 kW; empirical(2 values) lies beyond (watts? 11000 W are 11 kW)',
    ],
    [
      'node_power_kw',
      '{ mixture: [{ weight: 0.5, distribution: 10200 }, { weight: 0.5, distribution: 7000 }] }',
      'must lie between 0.001 and 600 kW; mixture(0.5 × 10200; 0.5 × 7000) lies beyond (watts? 7000 W are 7 kW)',
    ],
  ])('that lies beyond as a whole is refused: %s %s', async (key, value, said) => {
    const [line] = LINES[key][1].split(':');
    expect(await problemsWith(key, value)).toEqual([`s.yaml:${line}:1: ${key}: ${said}`]);
  });

  it.each([
    ['power_utilization', '{ lognormal: { p5: 0.4, p95: 1.2 } }'],
    ['pue', '{ lognormal: { p5: 0.9, p95: 1.6 } }'],
    ['pue', '{ normal: { mean: 1.2, sd: 0.3 }, min: 0.5 }'],
  ])('that lies beyond in part is drawn, and noted after the run: %s %s', async (key, value) => {
    expect(await problemsWith(key, value)).toEqual([]);
  });
});

describe('a number with its unit', () => {
  it.each([
    ['node_power_kw', '10.2 kW', 'write 10.2'],
    ['node_power_kw', '10200 W', 'write 10.2'],
    ['node_power_kw', '10,2 kW', 'write 10.2'],
    ['power_utilization', '60 %', 'write 0.6'],
    ['pue', '120%', 'write 1.2'],
  ])('is refused with what to write: %s %s', async (key, value, remedy) => {
    expect(await problemsWith(key, value)).toEqual([
      `s.yaml:${LINES[key][1]}: ${key}: ${key === 'power_utilization' ? PARAMETER.replace('expected', 'expected { coupled: … },') : PARAMETER}; found the text "${value}"; ${remedy}`,
    ]);
  });

  it('is refused with what to write for tokens', async () => {
    const text = edited('input_tokens: 500', 'input_tokens: 6k');
    expect(await problemsOf(resolveText(text))).toEqual([
      `s.yaml:7:15: input_tokens: ${PARAMETER}; found the text "6k"; write 6000, or 6144 if that is meant`,
    ]);
  });

  it('is told a percent where a share is stated as one', async () => {
    const coupled = 'power_utilization: { coupled: { base: 35, span: 0.5 } }';
    expect(await problemsOf(resolveText(edited('power_utilization: 0.6', coupled)))).toEqual([
      's.yaml:6:39: power_utilization.coupled.base: expected a number of at least 0 and at most 1; found 35; 35 % is 0.35',
    ]);
  });
});

describe('a multiplier', () => {
  it.each([
    ['{ weibull: { shape: 0.01, scale: 1 } }', '13', 'weibull(shape 0.01, scale 1) lies beyond'],
    ['{ loguniform: { min: 1.0e-300, max: 10 } }', '13', 'loguniform(min 1e-300, max 10) lies beyond'],
    ['2e6', '16', 'found 2000000'],
  ])('of which most is beyond a million, either way, is refused: %s', async (written, column, found) => {
    expect(await problemsOf(resolveText(`${RIGHT}pathways: { a: ${written} }\n`))).toEqual([
      `s.yaml:13:${column}: pathways.a: must lie between 0.000001 and 1000000; ${found}`,
    ]);
  });

  it('with a long tail is taken', async () => {
    const pathway = 'pathways: { a: { lognormal: { p5: 0.001, p95: 100000 } } }\n';
    expect(await problemsOf(resolveText(RIGHT + pathway))).toEqual([]);
  });
});

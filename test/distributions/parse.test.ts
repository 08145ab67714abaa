/**
 * What people write, what it becomes, and what they are told when it is wrong. It cannot see lines and columns: those are
 * the scenario loader's.
 */
import { describe, expect, it } from 'vitest';
import { compileDistribution } from '../../src/distributions/compile.js';
import { parseDistribution } from '../../src/distributions/parse.js';
import { DISTRIBUTION_REFERENCE, distributionSchema } from '../../src/distributions/schema.js';
import { distributionText } from '../../src/distributions/text.js';

type Complaint = [path: string, message: string];

function complaintsAbout(written: unknown): Complaint[] {
  const complaints: Complaint[] = [];
  const distribution = parseDistribution(written, (path, message) => complaints.push([path.join('/'), message]));
  expect(distribution === undefined).toBe(complaints.length > 0);
  return complaints;
}

function parsed(written: unknown) {
  return parseDistribution(written, (path, message) => expect.fail(`${path.join('/')}: ${message}`))!;
}

const NAMES =
  'constant, uniform, loguniform, normal, lognormal, triangular, exponential, gamma, weibull, beta, pert, cdf, empirical or mixture';
const EXAMPLE = '{ lognormal: { p5: 0.4, p95: 0.9 } }';
const standard = { mean: 0, sd: 1 };

describe('a broken distribution', () => {
  it.each<[written: unknown, ...complaints: Complaint[]]>([
    [null, ['', `expected a number or a distribution such as ${EXAMPLE}; found null`]],
    [undefined, ['', `expected a number or a distribution such as ${EXAMPLE}; found undefined`]],
    [true, ['', `expected a number or a distribution such as ${EXAMPLE}; found true`]],
    ['0.4', ['', `expected a number or a distribution such as ${EXAMPLE}; found the text "0.4"`]],
    [
      [1, 2],
      ['', `expected a number or a distribution such as ${EXAMPLE}; found a list of 2`],
    ],
    [NaN, ['', 'expected a finite number; found NaN']],
    [-Infinity, ['', 'expected a finite number; found -Infinity']],
    [{}, ['', `expected one distribution such as ${EXAMPLE}; found {}`]],
    [{ min: 1 }, ['', `expected one distribution such as ${EXAMPLE}; found {min}`]],
    [
      { normal: standard, exponential: { mean: 1 } },
      ['', `expected one distribution such as ${EXAMPLE}; found {normal, exponential}`],
    ],
    [{ lognorml: {} }, ['lognorml', `unknown distribution lognorml (did you mean lognormal?); expected ${NAMES}`]],
    [{ qwerty: {} }, ['qwerty', `unknown distribution qwerty; expected ${NAMES}`]],
    [{ toString: 1 }, ['toString', `unknown distribution toString; expected ${NAMES}`]],
    [JSON.parse('{"__proto__": {}}'), ['__proto__', `unknown distribution __proto__; expected ${NAMES}`]],
    [
      { normal: standard, mx: 3 },
      ['mx', 'unknown key mx (did you mean max?); only min and max may stand beside normal'],
    ],

    [{ constant: '3' }, ['constant', 'expected a finite number; found the text "3"; write 3 without quotes']],
    [
      { lognormal: { p5: 0.4, p59: 0.9 } },
      [
        'lognormal/p59',
        'expected one of {p5, p95}, {median, p95}, {p10, p90}, {p25, p75}, {median, geometric_sd}, {mean, sd} or {mu, sigma}; found {p5, p59}',
      ],
    ],
    [
      { lognormal: { p5: 1, p95: 2, min: 1 } },
      [
        'lognormal/min',
        "expected one of {p5, p95}, {median, p95}, {p10, p90}, {p25, p75}, {median, geometric_sd}, {mean, sd} or {mu, sigma}; found {p5, p95, min}; to truncate, write min beside the distribution's name, not below it",
      ],
    ],
    [
      { lognormal: { p5: 1 } },
      [
        'lognormal',
        'expected one of {p5, p95}, {median, p95}, {p10, p90}, {p25, p75}, {median, geometric_sd}, {mean, sd} or {mu, sigma}; found {p5}',
      ],
    ],
    [
      { lognormal: JSON.parse('{"p5": 1, "__proto__": 2}') },
      [
        'lognormal/__proto__',
        'expected one of {p5, p95}, {median, p95}, {p10, p90}, {p25, p75}, {median, geometric_sd}, {mean, sd} or {mu, sigma}; found {p5, __proto__}',
      ],
    ],
    [
      { normal: { mean: 0, sd: 1, p5: 2 } },
      ['normal', 'expected one of {mean, sd} or {p5, p95}; found {mean, sd, p5}'],
    ],
    [{ normal: 3 }, ['normal', 'expected one of {mean, sd} or {p5, p95}; found 3']],
    [{ weibull: null }, ['weibull', 'expected {shape, scale}; found null']],
    [{ lognormal: { p5: 0.9, p95: 0.4 } }, ['lognormal/p5', 'p5 (0.9) must be below p95 (0.4)']],
    [{ lognormal: { p5: 0.4, p95: 0.4 } }, ['lognormal/p5', 'p5 (0.4) must be below p95 (0.4)']],
    [{ lognormal: { median: 2, p95: 1 } }, ['lognormal/median', 'median (2) must be below p95 (1)']],
    [{ lognormal: { p5: 0, p95: 1 } }, ['lognormal/p5', 'p5 must be above 0; found 0']],
    [{ lognormal: { mean: 1e-300, sd: 1e300 } }, ['lognormal', 'these values are too far apart to compute with']],
    [
      { normal: { mean: [], sd: -1 } },
      ['normal/mean', 'expected a finite number; found a list of 0'],
      ['normal/sd', 'sd must be above 0; found -1'],
    ],
    [{ normal: { mean: NaN, sd: 1 } }, ['normal/mean', 'expected a finite number; found NaN']],
    [{ uniform: { min: 2, max: 2 } }, ['uniform/min', 'min (2) must be below max (2)']],
    [{ loguniform: { min: 0, max: 2 } }, ['loguniform/min', 'min must be above 0; found 0']],
    [{ triangular: { min: 2, mode: 1, max: 3 } }, ['triangular/min', 'min (2) must not be above mode (1)']],
    [{ triangular: { min: 1, mode: 1, max: 1 } }, ['triangular/min', 'min (1) must be below max (1)']],
    [{ exponential: { mean: 0 } }, ['exponential/mean', 'mean must be above 0; found 0']],
    [
      { beta: { alpha: 1, beta: 2, min: 0 } },
      ['beta', 'expected one of {alpha, beta} or {alpha, beta, min, max}; found {alpha, beta, min}'],
    ],

    [{ empirical: [1, 2] }, ['empirical', 'expected one of {values} or {values, weights}; found a list of 2']],
    [{ empirical: { values: [] } }, ['empirical/values', 'expected a list of numbers; found an empty one']],
    [{ empirical: { values: 3 } }, ['empirical/values', 'expected a list of numbers; found 3']],
    [
      { empirical: { values: [1, 'a', null] } },
      ['empirical/values/1', 'expected a finite number; found the text "a"'],
      ['empirical/values/2', 'expected a finite number; found null'],
    ],
    [
      { empirical: { values: [1, 2], weights: [1] } },
      ['empirical/weights', 'expected one weight for each of the 2 values; found 1'],
    ],
    [{ empirical: { values: [1], weights: [-1] } }, ['empirical/weights/0', 'a weight must not be negative; found -1']],
    [{ empirical: { values: [1], weights: [0] } }, ['empirical/weights', 'weights must have a sum above 0; found 0']],

    [{ mixture: {} }, ['mixture', 'expected a list of {weight, distribution}; found {}']],
    [{ mixture: [] }, ['mixture', 'expected a list of {weight, distribution}; found an empty one']],
    [{ mixture: [3] }, ['mixture/0', 'expected {weight, distribution}; found 3']],
    [
      { mixture: [{ weigth: 1, distribution: 1 }] },
      ['mixture/0/weigth', 'expected {weight, distribution}; found {weigth, distribution} (did you mean weight?)'],
    ],
    [
      {
        mixture: [
          { weight: 0.5, distribution: 1 },
          { weight: 0.25, distribution: { normal: { mean: 0, sd: 0 } } },
        ],
      },
      ['mixture/1/distribution/normal/sd', 'sd must be above 0; found 0'],
      ['mixture', 'weights must sum to 1; they sum to 0.75'],
    ],
    [{ mixture: [{ weight: -1, distribution: 1 }] }, ['mixture/0/weight', 'a weight must not be negative; found -1']],

    [{ normal: standard, min: 2, max: 1 }, ['min', 'min (2) must be below max (1)']],
    [{ normal: standard, min: 1, max: 1 }, ['min', 'min (1) must be below max (1)']],
    [
      { normal: standard, min: 'a', max: Infinity },
      ['min', 'expected a finite number; found the text "a"'],
      ['max', 'expected a finite number; found Infinity'],
    ],
    [
      { uniform: { min: 0, max: 1 }, min: 2 },
      ['', 'uniform(min 0, max 1) has no value within the bounds: it goes from 0 to 1'],
    ],
    [{ constant: 3, max: 2 }, ['', '3 has no value within the bounds: it goes from 3 to 3']],
    [
      { empirical: { values: [1, 5] }, min: 2, max: 4 },
      ['', 'empirical(2 values) has no value within the bounds: it goes from 1 to 5'],
    ],
  ])('%j is refused with the reason', (written, ...complaints) => {
    expect(complaintsAbout(written)).toEqual(complaints);
  });

  it('is quoted in short', () => {
    const [[, message]] = complaintsAbout('x'.repeat(1000));
    expect(message.length).toBeLessThan(150);
  });
});

describe('a distribution as written', () => {
  it.each([
    [11.3, 'constant', { value: 11.3 }],
    [{ constant: 0 }, 'constant', { value: 0 }],
    // The paper's presets alone: z = 1.645, not 1.6448536.
    [{ lognormal: { p5: 1, p95: Math.E } }, 'lognormal', { mu: 0.5, sigma: 0.5 / 1.645 }],
    [{ lognormal: { median: 1, p95: Math.E } }, 'lognormal', { mu: 0, sigma: 1 / 1.6448536269514722 }],
    [{ lognormal: { mu: -1, sigma: 2 } }, 'lognormal', { mu: -1, sigma: 2 }],
    [{ normal: { p5: 1, p95: 9 } }, 'normal', { mean: 5, sd: 4 / 1.6448536269514722 }],
    [{ exponential: { mean: 3 } }, 'exponential', { mean: 3 }],
    [{ exponential: { median: Math.LN2 } }, 'exponential', { mean: 1 }],
    [{ gamma: { mean: 6, sd: 3 } }, 'gamma', { shape: 4, scale: 1.5 }],
    [{ beta: { alpha: 2, beta: 3 } }, 'beta', { alpha: 2, beta: 3, min: 0, max: 1 }],
    [{ empirical: { values: [2, 1], weights: [3, 1] } }, 'empirical', { values: [1, 2], weights: [0.25, 0.75] }],
  ])('%j becomes the parameters of %s', (written, family, parameters) => {
    expect(parsed(written)).toMatchObject({ family, parameters });
  });

  it('accepts mixture weights that miss 1 by rounding only', () => {
    const tenths = Array.from({ length: 10 }, (_, i) => ({ weight: 0.1, distribution: i }));
    expect(complaintsAbout({ mixture: tenths })).toEqual([]);
  });

  it.each([
    [11.3, '11.3'],
    [{ lognormal: { p5: 0.4, p95: 0.9 } }, 'lognormal(P5 0.4, P95 0.9)'],
    [{ lognormal: { p5: 1.05, p95: 1.6 }, min: 1 }, 'lognormal(P5 1.05, P95 1.6), min 1'],
    [{ exponential: { median: 300 } }, 'exponential(median 300)'],
    [{ beta: { alpha: 2, beta: 3 }, min: 0.1, max: 0.9 }, 'beta(alpha 2, beta 3), min 0.1, max 0.9'],
    [{ empirical: { values: [1, 2, 3] } }, 'empirical(3 values)'],
    [
      {
        mixture: [
          { weight: 0.3, distribution: 1 },
          { weight: 0.7, distribution: { normal: standard } },
        ],
      },
      'mixture(0.3 × 1; 0.7 × normal(mean 0, sd 1))',
    ],
  ])('%j is shown as %s', (written, text) => {
    expect(distributionText(parsed(written))).toBe(text);
  });

  it('is shown by its parameters if a program made it', () => {
    const made = { family: 'lognormal', parameters: { mu: 0, sigma: 1 } } as const;
    expect(distributionText(made)).toBe('lognormal(mu 0, sigma 1)');
  });
});

describe('the JSON Schema', () => {
  it('describes a number, each family and the recursion of mixtures', () => {
    const text = JSON.stringify(distributionSchema);
    expect(distributionSchema.anyOf).toHaveLength(16);
    expect(text).toContain(`"$ref":"${DISTRIBUTION_REFERENCE}"`);
    expect(distributionSchema.anyOf).toContainEqual({
      type: 'object',
      properties: {
        weibull: {
          type: 'object',
          properties: {
            shape: { type: 'number', exclusiveMinimum: 0 },
            scale: { type: 'number', exclusiveMinimum: 0 },
          },
          required: ['shape', 'scale'],
          additionalProperties: false,
        },
        min: { type: 'number' },
        max: { type: 'number' },
      },
      required: ['weibull'],
      additionalProperties: false,
    });
  });
});

it('a P95 beside a median is the P95 of what is drawn', async () => {
  for (const written of [{ lognormal: { median: 2, p95: 30 } }, { normal: { p5: -26, p95: 30 } }]) {
    const { quantile } = await compileDistribution(parsed(written)!);
    expect(quantile(0.95)).toBeCloseTo(30, 9);
  }
});

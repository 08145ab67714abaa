// Decimal commas, wherever YAML takes them for something else. Cannot see [1,2] meant as 1.2: that is a list of two
// like any other.
import { describe, expect, it } from 'vitest';
import { edited, problemsOf, RIGHT, resolveText } from './fixtures.js';

const PARAMETER = 'expected a number or a distribution such as { lognormal: { p5: 0.4, p95: 0.9 } }';
const problems = (text: string, overrides = {}) => problemsOf(resolveText(text, overrides));

describe('a decimal comma', () => {
  it.each([
    ['1,2', 'write 1.2'],
    ['1,25', 'write 1.25'],
    ['1,125', 'write 1.125'],
  ])('of a plain value %s is refused with the number', async (value, remedy) => {
    const said = `pue: ${PARAMETER}; found the text "${value}"; ${remedy}`;
    expect(await problems(edited('pue: 1.2', `pue: ${value}`))).toEqual([`s.yaml:5:6: ${said}`]);
    expect(await problems(RIGHT, { set: [`pue=${value}`] })).toEqual([`--set pue=${value}: ${said}`]);
  });

  it('is known from a thousands separator by what the quantity can be', async () => {
    const input = (value: string) => edited('input_tokens: 500', `input_tokens: ${value}`);
    const found = `s.yaml:7:15: input_tokens: ${PARAMETER}; found the text`;
    expect(await problems(input('1,024'))).toEqual([`${found} "1,024"; write 1024, or 1.024 if that is meant`]);
    expect(await problems(input('12,345,678'))).toEqual([`${found} "12,345,678"; write 12345678`]);
  });

  it.each([
    [
      '{ lognormal: { p5: 1,2, p95: 1,6 } }',
      '20: 1,2 is read as 1 and 2; write 1.2',
      '30: 1,6 is read as 1 and 6; write 1.6',
    ],
    ['{ uniform: { min: 1,05, max: 2 } }', '19: 1,05 is read as 1 and 05; write 1.05'],
    ['{ empirical: { values: [1,05, 2] } }', '25: 1,05 is read as 1 and 05; write 1.05'],
    [
      '{ empirical: { values: [1,2, 1,3] } }',
      '25: 1,2 is read as 1 and 2; write 1.2',
      '30: 1,3 is read as 1 and 3; write 1.3',
    ],
  ])('within %s is refused with the number', async (value, ...said) => {
    const places = said.map((one) => `s.yaml:5:${Number(one.split(':')[0]) + 5}:${one.slice(one.indexOf(':') + 1)}`);
    expect(await problems(edited('pue: 1.2', `pue: ${value}`))).toEqual(places);
  });

  it.each([
    '{ empirical: { values: [1,2,1,3] } }',
    '{ empirical: { values: [1, 2, 10, 20] } }',
    '{ empirical: { values: [2,3] } }',
  ])('is not seen in a list of whole numbers: %s', async (value) => {
    expect(await problems(edited('pue: 1.2', `pue: ${value}`))).toEqual([]);
  });

  it('of a precision is refused with the number', async () => {
    const [said] = await problems(RIGHT, { until: 'p50=0,1%' });
    expect(said).toMatch(/^--until p50=0,1%: expected QUANTILE=SHARE, .*; write p50=0\.1%$/);
  });

  it('of a weight in quotes is refused with the number', async () => {
    const value = '{ empirical: { values: [1, 2], weights: ["0,5", 0.5] } }';
    expect(await problems(edited('pue: 1.2', `pue: ${value}`))).toEqual([
      's.yaml:5:47: pue.empirical.weights[0]: expected a finite number; found the text "0,5"; write 0.5',
    ]);
  });
});

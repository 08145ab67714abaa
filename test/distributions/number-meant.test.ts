// What is offered in place of text that holds a number. Cannot see which of two meanings the writer had: then both are
// named.
import { describe, expect, it } from 'vitest';
import { numberRemedy } from '../../src/distributions/number-meant.js';

const REMEDIES: readonly [text: string, unit: string, remedy: string][] = [
  ['1,2', '', 'write 1.2'],
  ['1,25', '', 'write 1.25'],
  ['1,2345', '', 'write 1.2345'],
  ['0,125', '', 'write 0.125'],
  ['1,024', '', 'write 1024, or 1.024 if that is meant'],
  ['1,000', '', 'write 1000'],
  ['12,345,678', '', 'write 12345678'],
  ['1.024.000', '', 'write 1024000'],
  ['1,177.80', '', 'write 1177.8'],
  ['1.177,80', '', 'write 1177.8'],
  ['1 024', '', 'write 1024'],
  ['1\u00a0024', '', 'write 1024'],
  ['1\u202f177,8', '', 'write 1177.8'],
  ["1'024", '', 'write 1024'],
  ['1_000_000', '', 'write 1000000'],
  ['１０２４', '', 'write 1024'],
  ['~500', '', 'write 500'],
  ['−3', '', 'write -3'],
  ['1.2', '', 'write 1.2 without quotes'],
  ['60 %', '', 'write 0.6'],
  ['60%', '', 'write 0.6'],
  ['1,5 %', '', 'write 0.015'],
  ['6k', '', 'write 6000'],
  ['1.5M', '', 'write 1500000'],
  ['8k', 'tokens', 'write 8000, or 8192 if that is meant'],
  ['8K tokens', 'tokens', 'write 8000, or 8192 if that is meant'],
  ['300 tokens', 'tokens', 'write 300'],
  ['3,732.40 tok/s', 'tokens/s', 'write 3732.4'],
  ['10.2 kW', 'kW', 'write 10.2'],
  ['10200 W', 'kW', 'write 10.2'],
  ['10,2 kW', 'kW', 'write 10.2'],
];

describe('a number in text', () => {
  it.each(REMEDIES)('%j in %j: %s', (text, unit, remedy) => {
    expect(numberRemedy(text, unit)).toBe(remedy);
  });

  it.each(['', 'fast', '128 128', '1,02,4', '100-200', '1024/2048', '10.2 kWh', '3 m', '1e999', '5 apples', 'p50'])(
    '%j is not guessed at',
    (text) => {
      expect(numberRemedy(text, 'kW')).toBe('');
    },
  );

  it('has only the meanings that are possible, where one is', () => {
    expect(numberRemedy('1,125', '', (value) => value <= 5)).toBe('write 1.125');
    expect(numberRemedy('7,125', '', (value) => value <= 5)).toBe('');
  });
});

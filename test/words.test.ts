// Hints to misspelt names: given where following them gives what was meant, and not to another quantity, unit, basis or
// model. Cannot see what a writer had in mind: these are names that people have mistyped or mistaken.
import { describe, expect, it } from 'vitest';
import { counted, listText, nearest, spelledAlike } from '../src/words.js';

const KEYS = [
  'node_power_kw',
  'power_utilization',
  'pue',
  'input_tokens',
  'output_tokens',
  'models',
  'samples',
  'regimes',
];
const MODELS = ['Llama 3.1 70B', 'Llama 3.1 405B', 'Mistral Large', 'Llama 4 Maverick', 'DeepSeek-R1'];

describe('a misspelt name', () => {
  it.each([
    ['pua', KEYS, 'pue'],
    ['pu', KEYS, 'pue'],
    ['smaples', KEYS, 'samples'],
    ['regmes', KEYS, 'regimes'],
    ['output_token', KEYS, 'output_tokens'],
    ['Output Tokens', KEYS, 'output_tokens'],
    ['outputTokens', KEYS, 'output_tokens'],
    ['inputtokens', KEYS, 'input_tokens'],
    ['power_utilisation', KEYS, 'power_utilization'],
    ['node_power', KEYS, 'node_power_kw'],
    ['node-power-kW', KEYS, 'node_power_kw'],
    ['llama-3.1-70b', MODELS, 'Llama 3.1 70B'],
    ['Mistrl Large', MODELS, 'Mistral Large'],
    ['Deepseek R1', MODELS, 'DeepSeek-R1'],
    ['tsp', ['tps'], 'tps'],
    ['mx', ['min', 'max'], 'max'],
    ['lin', ['linear', 'log'], 'linear'],
    ['p05', ['p5', 'p95'], 'p5'],
    ['energy.p5O', ['energy.p05', 'energy.p50'], 'energy.p50'],
  ])('%s is known', (written, known, meant) => {
    expect(nearest(written, known)).toBe(meant);
  });

  it.each([
    ['node_power_w', KEYS],
    ['gpu_power_kw', KEYS],
    ['output_tokens_per_second', KEYS],
    ['queries_per_hour', ['queries_per_day']],
    ['mean', ['median']],
    ['p96', ['p5', 'p95']],
    ['p90', ['p5', 'p95']],
    ['kwh', ['kw']],
    ['Llama 3.1 8B', MODELS],
    ['Llama 3.3 70B', MODELS],
    ['Llama 4 Scout', MODELS],
    ['Mistral Small', MODELS],
    ['g', ['f']],
    ['llama', MODELS],
    ['tokens', KEYS],
  ])('%s is none of them', (written, known) => {
    expect(nearest(written, known)).toBeUndefined();
  });
});

describe('a misspelt column', () => {
  const column = 'node_tokens_per_second';

  it.each(['node_token_per_second', 'Node Tokens Per Second', 'nodeTokensPerSecond', 'node_tokns_per_secnd'])(
    '%s is known',
    (found) => {
      expect(spelledAlike(column, ['note', found])).toBe(found);
    },
  );

  it.each([
    'output_tokens_per_second_total',
    'output_tokens_per_second_per_gpu',
    'gpu_tokens_per_second',
    'total_tokens_per_second',
    'node_tokens_per_minute',
    'tokens_per_second',
    'node_requests_per_second',
    'node_tokens_per_second_in_and_out',
  ])('%s is another quantity', (found) => {
    expect(spelledAlike(column, [found])).toBeUndefined();
  });
});

describe('a list in a sentence', () => {
  it('is cut where it is long, with how many more there are', () => {
    expect(listText(['a', 'b'])).toBe('a, b');
    const many = Array.from({ length: 1000 }, (_, i) => `m${i}`);
    expect(listText(many)).toMatch(/^m0, .*, m19 and 980 more$/);
  });

  it('counts one thing as one', () => {
    expect([0, 1, 2].map((number) => counted(number, 'regime'))).toEqual(['0 regimes', '1 regime', '2 regimes']);
    expect(counted(2, 'query', 'queries')).toBe('2 queries');
  });
});

// The generator behind every draw: known sequences, laws and frozen output. What it cannot see: subtle correlations, which
// need a battery of tests over gigabytes; its recorded run is bench/generator-battery.md.
import { describe, expect, it } from 'vitest';
import { philox } from '../../src/random/philox.js';
import { type StreamKey, streamKey } from '../../src/random/streams.js';
import { BLOCK_SIZE, fillUniforms, fillWords, startState, TAIL_WORDS, uniformAt } from '../../src/random/uniforms.js';

function block(key: StreamKey, index: number, n = BLOCK_SIZE): Float64Array {
  const out = new Float64Array(n);
  fillUniforms(key, index, out);
  return out;
}

/** xoshiro128++ with 64-bit integers, straight from the definition (Blackman and Vigna 2021), as judge of the fast one. */
function xoshiroWords(state: Uint32Array, n: number): number[] {
  const mask = 0xffffffffn;
  const rotl = (x: bigint, k: bigint) => ((x << k) | (x >> (32n - k))) & mask;
  const s = [...state].map(BigInt);
  return Array.from({ length: n }, () => {
    const word = (rotl((s[0] + s[3]) & mask, 7n) + s[0]) & mask;
    const t = (s[1] << 9n) & mask;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotl(s[3], 11n);
    return Number(word);
  });
}

describe('Philox4x32-10', () => {
  // Known answers of the Random123 distribution (Salmon et al. 2011), file kat_vectors.
  it.each([
    [
      [0, 0],
      [0, 0, 0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [-1, -1],
      [-1, -1, -1, -1],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0xa4093822, 0x299f31d0],
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])('gives the known answer for key %j', (key, counter, answer) => {
    const words = Uint32Array.from(counter);
    philox([key[0], key[1]], words);
    expect([...words]).toEqual(answer);
  });
});

describe('the uniform stream', () => {
  const key = streamKey('a seed', 'pue');

  it('takes its words in turn from four xoshiro128++ with Philox states', () => {
    const lanes = [0, 1, 2, 3].map((lane) => xoshiroWords(startState(key, 7, lane), BLOCK_SIZE / 4));
    const words = new Uint32Array(BLOCK_SIZE);
    fillWords(key, 7, words);
    expect([...words]).toEqual(Array.from({ length: BLOCK_SIZE }, (_, i) => lanes[i % 4][Math.floor(i / 4)]));
  });

  it("is the middle of each word's share of (0, 1), but in the tails, where Philox refines it", () => {
    for (const word of [TAIL_WORDS, 2 ** 31, 2 ** 32 - 1 - TAIL_WORDS])
      expect(uniformAt(key, 7, 5, word)).toBe((word + 0.5) / 2 ** 32);
    for (const word of [0, TAIL_WORDS - 1, 2 ** 32 - TAIL_WORDS, 2 ** 32 - 1]) {
      const refined = Uint32Array.of(7, 0, 5, 3);
      philox(key, refined);
      const u = uniformAt(key, 7, 5, word);
      expect(u).toBe((word + ((refined[0] >>> 12) + 0.5) / 2 ** 20) / 2 ** 32);
      expect(1 - (1 - u)).toBe(u);
    }
  });

  it('refines tails to uniform numbers, down to 2^-53', () => {
    const n = 20_000;
    const places = Array.from({ length: n }, (_, i) => uniformAt(key, i, i % BLOCK_SIZE, 0) * 2 ** 32);
    // Kolmogorov-Smirnov at 1e-4: 2.2 / sqrt(n).
    const furthest = places.sort((a, b) => a - b).map((place, i) => Math.abs(place - (i + 0.5) / n));
    expect(Math.max(...furthest)).toBeLessThan(2.2 / Math.sqrt(n));
    expect(places[0]).toBeLessThan(1e-3);
  });

  it('keeps the output it had since a draw is one word', () => {
    expect([...block(key, 0, 4)]).toMatchInlineSnapshot(`
      [
        0.8933839261298999,
        0.011753918486647308,
        0.87240855244454,
        0.49063676211517304,
      ]
    `);
    expect([...block(key, 2 ** 33 + 1, 2)]).toMatchInlineSnapshot(`
      [
        0.5706095258938149,
        0.7285107163479552,
      ]
    `);
  });

  it('does not depend on how many draws of a block are asked for', () => {
    expect([...block(key, 3, 10)]).toEqual([...block(key, 3).subarray(0, 10)]);
  });

  it('differs by seed, by variable and by block, also beyond 2^32 blocks', () => {
    const streams = [
      block(key, 0),
      block(key, 1),
      block(key, 2 ** 32),
      block(streamKey('another seed', 'pue'), 0),
      block(streamKey('a seed', 'output_tokens'), 0),
    ];
    expect(new Set(streams.map((stream) => stream[0])).size).toBe(streams.length);
  });

  it('tells apart letters of one low byte', () => {
    expect(streamKey('ā', 'pue')).not.toEqual(streamKey('ȁ', 'pue'));
    expect(streamKey('0', 'models.模.tps')).not.toEqual(streamKey('0', 'models.权.tps'));
  });

  it('tells apart names that run together', () => {
    expect(streamKey('ab', 'c')).not.toEqual(streamKey('a', 'bc'));
    expect(streamKey('0', 'pue')).not.toEqual(streamKey('', 'pue'));
  });

  it('stays inside (0, 1), is uniform and uncorrelated over a million draws of consecutive blocks', () => {
    const blocks = 1000;
    const n = blocks * BLOCK_SIZE;
    const counts = new Float64Array(256);
    let [sum, lagged, previous, lowest, highest] = [0, 0, 0.5, 1, 0];
    for (let b = 0; b < blocks; b++) {
      for (const u of block(key, b)) {
        counts[Math.floor(u * 256)]++;
        sum += u;
        lagged += (u - 0.5) * (previous - 0.5);
        previous = u;
        lowest = Math.min(lowest, u);
        highest = Math.max(highest, u);
      }
    }
    const chiSquared = counts.reduce((total, count) => total + (count - n / 256) ** 2 / (n / 256), 0);
    expect(lowest).toBeGreaterThan(0);
    expect(highest).toBeLessThan(1);
    // Four standard errors: mean 1/sqrt(12 n), lag-one product 1/(12 sqrt(n)), chi-squared 255 ± sqrt(510).
    expect(Math.abs(sum / n - 0.5)).toBeLessThan(4 / Math.sqrt(12 * n));
    expect(Math.abs(lagged / n)).toBeLessThan(4 / (12 * Math.sqrt(n)));
    expect(Math.abs(chiSquared - 255)).toBeLessThan(4 * Math.sqrt(510));
  });

  it('has independent streams for different variables', () => {
    const n = 200 * BLOCK_SIZE;
    const other = streamKey('a seed', 'power_utilization');
    let product = 0;
    for (let b = 0; b < 200; b++) {
      const [x, y] = [block(key, b), block(other, b)];
      for (let i = 0; i < BLOCK_SIZE; i++) product += (x[i] - 0.5) * (y[i] - 0.5);
    }
    expect(Math.abs(product / n)).toBeLessThan(4 / (12 * Math.sqrt(n)));
  });
});

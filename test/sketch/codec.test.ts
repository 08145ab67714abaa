// Sketches to bytes and back, and bytes that were never sketches. Cannot see a change of format that both sides share.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BytesError } from '../../src/sketch/byte-reader.js';
import { decodeSketches, encodeSketches } from '../../src/sketch/codec.js';
import { Sketches } from '../../src/sketch/sketches.js';
import { decodeState, encodeState } from '../../src/state/state-bytes.js';
import { needs } from '../needs.js';
import { bytesOf } from './sketch-bytes.js';

const LENGTH = 2;
const lnValue = fc.oneof(
  fc.double({ min: -2, max: 2, noNaN: true }),
  fc.constantFrom(Number.NEGATIVE_INFINITY, Number.NaN, Number.POSITIVE_INFINITY, 0, -12),
);
const sketches = fc
  .tuple(fc.array(lnValue, { maxLength: 40 }), fc.array(lnValue, { maxLength: 40 }))
  .map(([first, second]) => {
    const made = new Sketches(LENGTH, () => new Float64Array(0));
    made.histograms[0].add(Float64Array.from(first), first.length);
    made.histograms[1].add(Float64Array.from(second), second.length);
    return made;
  });

function merged(...parts: Parameters<Sketches['merge']>[0][]) {
  const whole = new Sketches(LENGTH, () => new Float64Array(0));
  for (const part of parts) whole.merge(part);
  return whole;
}

test('sketches come back from bytes as they were', () => {
  fc.assert(
    fc.property(sketches, (made) => {
      expect(bytesOf(merged(decodeSketches(encodeSketches(made), LENGTH)))).toBe(bytesOf(made));
    }),
  );
});

test(
  'merging what was read equals merging what was written, and equal counts give equal bytes in any order',
  needs('minutes'),
  () => {
    fc.assert(
      fc.property(sketches, sketches, (a, b) => {
        const read = (one: Sketches) => decodeSketches(encodeSketches(one), LENGTH);
        expect(encodeSketches(merged(read(b), read(a)))).toEqual(encodeSketches(merged(a.toData(), b.toData())));
      }),
    );
  },
);

test('counts up to 2^53 - 1 survive', () => {
  const made = merged();
  made.histograms[0].add(Float64Array.of(1.5), 1);
  made.histograms[0].counts[made.histograms[0].counts.indexOf(1)] = Number.MAX_SAFE_INTEGER;
  expect(bytesOf(merged(decodeSketches(encodeSketches(made), LENGTH)))).toBe(bytesOf(made));
});

test('bytes that are no sketches are refused with a message, never read past the end', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      try {
        const read = decodeSketches(bytes, LENGTH);
        // The few that read as sketches are what sketches of those counts are written as.
        expect(bytesOf(merged(decodeSketches(encodeSketches(merged(read)), LENGTH)))).toBe(bytesOf(merged(read)));
      } catch (error) {
        expect(error).toBeInstanceOf(BytesError);
      }
    }),
    { numRuns: 3000 },
  );
});

test(
  'a damaged copy of good sketches is refused or counts something, and asks for no memory beyond its limit',
  needs('minutes'),
  () => {
    fc.assert(
      fc.property(sketches, fc.nat(), fc.integer({ min: 1, max: 255 }), (made, at, flip) => {
        const bytes = encodeSketches(made).slice();
        bytes[at % bytes.length] ^= flip;
        try {
          const { parts } = decodeSketches(bytes, LENGTH, 700_000);
          expect(parts.reduce((sum, { data }) => sum + data.counts.length, 0)).toBeLessThanOrEqual(700_000);
        } catch (error) {
          expect(error).toBeInstanceOf(BytesError);
        }
      }),
      { numRuns: 1000 },
    );
  },
);

test('a state with any byte changed or cut off is refused', () => {
  const state = encodeState({ a: 'header' }, merged());
  expect(decodeState(state).header).toEqual({ a: 'header' });
  fc.assert(
    fc.property(fc.nat({ max: state.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const changed = state.slice();
      changed[at] ^= flip;
      expect(() => decodeState(changed)).toThrow(BytesError);
      expect(() => decodeState(state.subarray(0, at))).toThrow(BytesError);
    }),
  );
});

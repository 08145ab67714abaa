// The hull of the rows against a test of membership that knows no chain: a point lies in the hull if and only if it lies in some
// triangle of rows. What it cannot see: whether a law holds inside.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hullOf, isOffHull } from '../../../src/model/throughput/hull.js';

const lengths = fc.record({
  input_tokens: fc.integer({ min: 1, max: 50_000 }),
  output_tokens: fc.integer({ min: 1, max: 50_000 }),
});

type Lengths = { readonly input_tokens: number; readonly output_tokens: number };

const logs = ({ input_tokens, output_tokens }: Lengths) => [Math.log(input_tokens), Math.log(output_tokens)];

/** How far a point lies outside a triangle, in units of area; 0 or less inside. */
function outsideTriangle(corners: readonly Lengths[], point: Lengths): number {
  const [a, b, c] = corners.map(logs);
  const p = logs(point);
  const area = (u: number[], v: number[], w: number[]) => (v[0] - u[0]) * (w[1] - u[1]) - (v[1] - u[1]) * (w[0] - u[0]);
  const sign = Math.sign(area(a, b, c));
  if (sign === 0) return Infinity;
  return -Math.min(sign * area(a, b, p), sign * area(b, c, p), sign * area(c, a, p));
}

function inSomeTriangle(rows: readonly Lengths[], point: Lengths): number {
  let nearest = Infinity;
  for (let i = 0; i < rows.length; i++)
    for (let j = 0; j < i; j++)
      for (let k = 0; k < j; k++) nearest = Math.min(nearest, outsideTriangle([rows[i], rows[j], rows[k]], point));
  return nearest;
}

describe('the hull of rows', () => {
  it('holds what lies in a triangle of rows, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(lengths, { minLength: 3, maxLength: 9 }), lengths, (rows, point) => {
        const hull = hullOf(rows);
        fc.pre(hull !== undefined);
        const outside = inSomeTriangle(rows, point);
        fc.pre(Math.abs(outside) > 1e-6);
        expect(isOffHull(hull ?? [], point.input_tokens, point.output_tokens)).toBe(outside > 0);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('holds the rows themselves', () => {
    fc.assert(
      fc.property(fc.array(lengths, { minLength: 3, maxLength: 12 }), (rows) => {
        const hull = hullOf(rows) ?? [];
        expect(rows.filter((row) => isOffHull(hull, row.input_tokens, row.output_tokens))).toEqual([]);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  it('is absent where rows do not span an area', () => {
    const row = (input_tokens: number, output_tokens: number) => ({ input_tokens, output_tokens });
    expect(hullOf([])).toBeUndefined();
    expect(hullOf([row(1, 1), row(100, 5)])).toBeUndefined();
    expect(hullOf([row(10, 10), row(100, 100), row(1000, 1000), row(40, 40)])).toBeUndefined();
    expect(hullOf([row(10, 10), row(10, 100), row(10, 1000)])).toBeUndefined();
    expect(hullOf([row(7, 7), row(7, 7), row(7, 7)])).toBeUndefined();
    expect(hullOf([row(10, 10), row(10, 100), row(11, 10)])).toHaveLength(3);
  });
});

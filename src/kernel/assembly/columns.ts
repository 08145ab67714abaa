// One elementary operation on every draw of a block, column to column. A column is the byte address of BLOCK doubles; `out`
// may be the column that is read.
import { COLUMN } from './block';
import { both, expOfBoth, lnOfBoth } from './elementary';

/** shift + scale · x */
export function affine(x: usize, scale: f64, shift: f64, out: usize): void {
  const a = both(scale);
  const b = both(shift);
  for (let i: usize = 0; i < COLUMN; i += 16) {
    v128.store(out + i, f64x2.add(b, f64x2.mul(a, v128.load(x + i))));
  }
}

/** The nearest value from low to high; NaN stays NaN, as by Math.min and Math.max. */
export function clamp(x: usize, low: f64, high: f64, out: usize): void {
  const a = both(low);
  const b = both(high);
  for (let i: usize = 0; i < COLUMN; i += 16) {
    v128.store(out + i, f64x2.pmin(f64x2.pmax(v128.load(x + i), a), b));
  }
}

export function logarithms(x: usize, out: usize): void {
  for (let i: usize = 0; i < COLUMN; i += 16) v128.store(out + i, lnOfBoth(v128.load(x + i)));
}

export function exponentials(x: usize, out: usize): void {
  for (let i: usize = 0; i < COLUMN; i += 16) v128.store(out + i, expOfBoth(v128.load(x + i)));
}

/** The nearest whole number, halves upwards: what Math.round gives. */
export function rounded(x: usize, out: usize): void {
  const half = both(0.5);
  const one = both(1);
  for (let i: usize = 0; i < COLUMN; i += 16) {
    const value = v128.load(x + i);
    const floor = f64x2.floor(value);
    const up = f64x2.ge(f64x2.sub(value, floor), half);
    v128.store(out + i, f64x2.add(floor, v128.and(up, one)));
  }
}

export function sums(a: usize, b: usize, out: usize): void {
  for (let i: usize = 0; i < COLUMN; i += 16) v128.store(out + i, f64x2.add(v128.load(a + i), v128.load(b + i)));
}

import { expOfFour, lnOfFour } from './elementary';

// One elementary operation on the first `n` draws, column to column. A column is the byte address of single precision numbers, a
// multiple of four of them; `out` may be the column that is read.

/** shift + scale · x */
export function affine(x: usize, scale: f32, shift: f32, n: u32, out: usize): void {
  const a = f32x4.splat(scale);
  const b = f32x4.splat(shift);
  for (let i: usize = 0; i < <usize>n << 2; i += 16) {
    v128.store(out + i, f32x4.add(b, f32x4.mul(a, v128.load(x + i))));
  }
}

/** a + b */
export function sums(a: usize, b: usize, n: u32, out: usize): void {
  for (let i: usize = 0; i < <usize>n << 2; i += 16) {
    v128.store(out + i, f32x4.add(v128.load(a + i), v128.load(b + i)));
  }
}

/** a - b */
export function differences(a: usize, b: usize, n: u32, out: usize): void {
  for (let i: usize = 0; i < <usize>n << 2; i += 16) {
    v128.store(out + i, f32x4.sub(v128.load(a + i), v128.load(b + i)));
  }
}

export function minima(a: usize, b: usize, n: u32, out: usize): void {
  for (let i: usize = 0; i < <usize>n << 2; i += 16) {
    v128.store(out + i, f32x4.pmin(v128.load(a + i), v128.load(b + i)));
  }
}

/** ln of the sum of two numbers from their logarithms, by the greater one so that no power overflows; -Infinity for two zeros. */
export function lnSums(a: usize, b: usize, n: u32, out: usize): void {
  const one = f32x4.splat(1);
  const none = f32x4.splat(-Infinity);
  for (let i: usize = 0; i < <usize>n << 2; i += 16) {
    const x = v128.load(a + i);
    const y = v128.load(b + i);
    const greater = f32x4.pmax(x, y);
    const apart = f32x4.sub(f32x4.pmin(x, y), greater);
    const sum = f32x4.add(greater, lnOfFour(f32x4.add(one, expOfFour(apart))));
    v128.store(out + i, v128.bitselect(none, sum, f32x4.eq(greater, none)));
  }
}

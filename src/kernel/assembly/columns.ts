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

export function sums(a: usize, b: usize, n: u32, out: usize): void {
  for (let i: usize = 0; i < <usize>n << 2; i += 16) {
    v128.store(out + i, f32x4.add(v128.load(a + i), v128.load(b + i)));
  }
}

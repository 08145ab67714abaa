// Words of normal scores: the uniform number of a score is the normal distribution function of it.
import { BLOCK } from './block';
import { at, expOfFour } from './elementary';

/** 1/sqrt(2), 1, 1/2; half of all words. */
const NUMBERS = memory.data<f32>([0.7071067811865476, 1, 0.5, 2147483648], 16);

/**
 * erfc(x) = t · exp(-x² + p(t)), t = 1 / (1 + x/2), for x from 0 on, to 1.2e-7 relative: Press et al., Numerical Recipes in C
 * (2nd edition, 1992), section 6.2; highest power first.
 */
const ERFC = memory.data<f32>(
  [
    0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368,
    -1.26551223,
  ],
  16,
);

/** The words whose share of (0, 1) holds the uniform numbers of a block's scores, to 2e-6 of the tail in single precision. */
export function scoreWords(scores: usize, words: usize): void {
  for (let i: usize = 0; i < BLOCK << 2; i += 16) {
    const score = v128.load(scores + i);
    const x = f32x4.mul(f32x4.abs(score), at(NUMBERS));
    const t = f32x4.div(at(NUMBERS + 4), f32x4.add(at(NUMBERS + 4), f32x4.mul(x, at(NUMBERS + 8))));
    let p = at(ERFC);
    for (let k: usize = 4; k < 40; k += 4) p = f32x4.add(f32x4.mul(p, t), at(ERFC + k));
    const erfc = f32x4.mul(t, expOfFour(f32x4.sub(p, f32x4.mul(x, x))));
    const tail = i32x4.trunc_sat_f32x4_u(f32x4.mul(erfc, at(NUMBERS + 12)));
    v128.store(words + i, v128.xor(tail, f32x4.gt(score, f32x4.splat(0))));
  }
}

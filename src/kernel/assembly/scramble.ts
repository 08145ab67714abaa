// Owen scrambling of a block of Sobol points, as ../../sampling/owen-scramble.ts does it: whole numbers, so the same bits.
import { BLOCK } from './block';

const A: i32 = 0x3d20adea;
const B: i32 = 0x05526c56;
const C: i32 = 0x53a22864;

/** Each nibble's bits in reverse, and those as upper nibbles. */
const REVERSED = memory.data<u8>([0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15], 16);
const REVERSED_UPPER = memory.data<u8>(
  [0, 128, 64, 192, 32, 160, 96, 224, 16, 144, 80, 208, 48, 176, 112, 240],
  16,
);

/** Replaces points, digits in reverse, by the digits of point ^ base scrambled under two seeds, in order. */
export function scramble(words: usize, base: u32, first: i32, second: i32): void {
  const from = i32x4.splat(base);
  for (let at = words; at < words + (BLOCK << 2); at += 16) {
    const point = v128.xor(v128.load(at), from);
    v128.store(at, reversed(owen(owen(point, first), second)));
  }
}

@inline
function owen(reversed: v128, seed: i32): v128 {
  let x = v128.xor(reversed, i32x4.mul(reversed, i32x4.splat(A)));
  x = i32x4.add(x, i32x4.splat(seed));
  x = i32x4.mul(x, i32x4.splat((seed >>> 16) | 1));
  x = v128.xor(x, i32x4.mul(x, i32x4.splat(B)));
  return v128.xor(x, i32x4.mul(x, i32x4.splat(C)));
}

/** The 32 bits of each word in reverse order. */
@inline
function reversed(x: v128): v128 {
  const bytes = i8x16.shuffle(x, x, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
  const low = v128.and(bytes, i8x16.splat(15));
  const high = i8x16.shr_u(bytes, 4);
  return v128.or(
    i8x16.swizzle(v128.load(REVERSED_UPPER), low),
    i8x16.swizzle(v128.load(REVERSED), high),
  );
}

// The pseudo-random words of one variable in one block: the four lanes of ../uniforms.ts side by side.
import { BLOCK } from './block';

const M0: u64 = 0xd2511f53;
const M1: u64 = 0xcd9e8d57;
const W0: u32 = 0x9e3779b9;
const W1: u32 = 0xbb67ae85;

/** Fills `out`; `scratch` has room for the 64 bytes of the four lanes' states. */
export function words(k0: u32, k1: u32, blockLow: u32, blockHigh: u32, out: usize, scratch: usize): void {
  for (let lane: u32 = 0; lane < 4; lane++) philox(k0, k1, blockLow, blockHigh, lane, scratch + (lane << 2));
  let s0 = v128.load(scratch);
  let s1 = v128.load(scratch, 16);
  let s2 = v128.load(scratch, 32);
  let s3 = v128.load(scratch, 48);
  const end = out + (BLOCK << 2);
  for (let at = out; at < end; at += 16) {
    v128.store(at, i32x4.add(rotated(i32x4.add(s0, s3), 7), s0));
    const t = i32x4.shl(s1, 9);
    s2 = v128.xor(s2, s0);
    s3 = v128.xor(s3, s1);
    s1 = v128.xor(s1, s2);
    s0 = v128.xor(s0, s3);
    s2 = v128.xor(s2, t);
    s3 = rotated(s3, 11);
  }
}

@inline
function rotated(x: v128, by: i32): v128 {
  return v128.or(i32x4.shl(x, by), i32x4.shr_u(x, 32 - by));
}

/** Philox4x32-10 of ../philox.ts; the output words go to every fourth word from `out` on. */
@inline
function philox(k0: u32, k1: u32, c0: u32, c1: u32, c2: u32, out: usize): void {
  let c3: u32 = 0;
  for (let round: u32 = 0; round < 10; round++) {
    const product0 = M0 * <u64>c0;
    const product1 = M1 * <u64>c2;
    c0 = <u32>(product1 >> 32) ^ c1 ^ (k0 + round * W0);
    c1 = <u32>product1;
    c2 = <u32>(product0 >> 32) ^ c3 ^ (k1 + round * W1);
    c3 = <u32>product0;
  }
  store<u32>(out, c0);
  store<u32>(out, c1, 16);
  store<u32>(out, c2, 32);
  store<u32>(out, c3, 48);
}

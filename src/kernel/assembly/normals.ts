// The standard normal quantile of a column: the arithmetic of ../../distributions/normal-quantile.ts (AS 241, Wichura 1988),
// operation by operation. The centre of all draws first; the 15 % in the tails are listed on the way and done after it, so
// that no pair of lanes waits for a branch.
import { BLOCK } from './block';
import { at, lnOfBoth, polynomial } from './elementary';

/** 1/2, 0.425, 0.425 squared, 1, 1.6, 5, 0, infinity. */
const NUMBERS = memory.data<f64>([0.5, 0.425, 0.180625, 1, 1.6, 5, 0, Infinity], 16);
const CENTRE_NUMERATOR = memory.data<f64>(
  [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946,
    45921.95393154987, 67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  16,
);
const CENTRE_DENOMINATOR = memory.data<f64>(
  [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751,
    21213.794301586597, 39307.89580009271, 28729.085735721943, 5226.495278852854,
  ],
  16,
);
const NEAR_NUMERATOR = memory.data<f64>(
  [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045,
    1.2704582524523684, 0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  16,
);
const NEAR_DENOMINATOR = memory.data<f64>(
  [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851,
    0.14810397642748008, 0.015198666563616457, 0.0005475938084995345, 1.0507500716444169e-9,
  ],
  16,
);
const FAR_NUMERATOR = memory.data<f64>(
  [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487,
    0.026532189526576124, 0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  16,
);
const FAR_DENOMINATOR = memory.data<f64>(
  [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615,
    0.0007868691311456133, 1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
  ],
  16,
);

/** Writes the quantile of `u[i]` to `out[i]`, another column. `list` has room for a block of 32-bit positions and four more. */
export function normals(u: usize, out: usize, list: usize): void {
  const tails = centres(u, out, list);
  for (let i: usize = 0; i < tails; i += 2) {
    const first = <usize>load<u32>(list + (i << 2)) << 3;
    // An odd one out is done twice.
    const second = i + 1 < tails ? <usize>load<u32>(list + (i << 2), 4) << 3 : first;
    const z = tailQuantiles(f64x2(load<f64>(u + first), load<f64>(u + second)));
    store<f64>(out + first, f64x2.extract_lane(z, 0));
    store<f64>(out + second, f64x2.extract_lane(z, 1));
  }
}

/** Quantiles by the formula of the centre; lists and counts the positions that lie outside it. */
@inline
function centres(u: usize, out: usize, list: usize): usize {
  let end = list;
  for (let i: usize = 0; i < BLOCK; i += 2) {
    const q = f64x2.sub(v128.load(u + (i << 3)), at(NUMBERS));
    v128.store(out + (i << 3), f64x2.mul(q, centre(f64x2.sub(at(NUMBERS + 16), f64x2.mul(q, q)))));
    const outside = <usize>i64x2.bitmask(f64x2.gt(f64x2.abs(q), at(NUMBERS + 8)));
    store<u32>(end, <u32>i);
    end += (outside & 1) << 2;
    store<u32>(end, <u32>i + 1);
    end += (outside & 2) << 1;
  }
  return (end - list) >> 2;
}

@inline
function centre(r: v128): v128 {
  return f64x2.div(polynomial(CENTRE_NUMERATOR, r), polynomial(CENTRE_DENOMINATOR, r));
}

@inline
function tailQuantiles(u: v128): v128 {
  const below = f64x2.lt(f64x2.sub(u, at(NUMBERS)), at(NUMBERS + 48));
  const t = f64x2.sqrt(f64x2.neg(lnOfBoth(v128.bitselect(u, f64x2.sub(at(NUMBERS + 24), u), below))));
  let z = near(f64x2.sub(t, at(NUMBERS + 32)));
  const isFar = f64x2.gt(t, at(NUMBERS + 40));
  if (v128.any_true(isFar)) z = v128.bitselect(farOrInfinite(t), z, isFar);
  return v128.bitselect(f64x2.neg(z), z, below);
}

@inline
function near(r: v128): v128 {
  return f64x2.div(polynomial(NEAR_NUMERATOR, r), polynomial(NEAR_DENOMINATOR, r));
}

function farOrInfinite(t: v128): v128 {
  const infinite = f64x2.eq(t, at(NUMBERS + 56));
  return v128.bitselect(t, far(f64x2.sub(t, at(NUMBERS + 40))), infinite);
}

@inline
function far(r: v128): v128 {
  return f64x2.div(polynomial(FAR_NUMERATOR, r), polynomial(FAR_DENOMINATOR, r));
}

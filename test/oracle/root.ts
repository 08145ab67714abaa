/**
 * Zero of a rising function in [low, high], by Chandrupatla's method (Adv. Eng. Software 28, 1997): bisection, with
 * inverse quadratic interpolation where that is safe. Tolerance: a few ulp. An end is returned where f has no change of sign.
 */
export function risingRoot(f: (x: number) => number, low: number, high: number): number {
  let [x1, x2] = [high, low];
  let [f1, f2] = [f(x1), f(x2)];
  if (f1 <= 0) return high;
  if (f2 >= 0) return low;
  let t = 0.5;
  for (let step = 0; step < 200; step++) {
    const x = x1 + t * (x2 - x1);
    const fx = f(x);
    let [x3, f3] = [x1, f1];
    if (Math.sign(fx) !== Math.sign(f1)) {
      [x3, f3] = [x2, f2];
      [x2, f2] = [x1, f1];
    }
    [x1, f1] = [x, fx];
    const [best, fBest] = Math.abs(f1) < Math.abs(f2) ? [x1, f1] : [x2, f2];
    const least = (2 * Number.EPSILON * Math.abs(best) + 1e-15) / Math.abs(x2 - x1);
    if (fBest === 0 || least > 0.5) return best;
    const xi = (x1 - x2) / (x3 - x2);
    const phi = (f1 - f2) / (f3 - f2);
    const safe = 1 - Math.sqrt(1 - xi) < phi && phi < Math.sqrt(xi);
    const alpha = (x3 - x1) / (x2 - x1);
    t = safe ? ((f1 / (f1 - f2)) * f3) / (f3 - f2) - ((alpha * f1) / (f3 - f1)) * (f2 / (f2 - f3)) : 0.5;
    t = Math.min(1 - least, Math.max(least, t));
  }
  throw new Error('risingRoot: no convergence');
}

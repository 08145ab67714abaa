/** A point of a quadrature rule. */
export interface QuadraturePoint {
  readonly at: number;
  readonly weight: number;
}

/** Gauss-Legendre rule of n points on [low, high]: zeros of the Legendre polynomial by Newton's method. */
export function gaussLegendre(n: number, low: number, high: number): QuadraturePoint[] {
  return Array.from({ length: n }, (_, i) => {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 0;
    for (let step = 0; step < 20; step++) {
      let [previous, value] = [1, x];
      for (let k = 2; k <= n; k++) [previous, value] = [value, ((2 * k - 1) * x * value - (k - 1) * previous) / k];
      slope = (n * (x * value - previous)) / (x * x - 1);
      x -= value / slope;
    }
    return { at: (low + high) / 2 - ((high - low) / 2) * x, weight: (high - low) / ((1 - x * x) * slope * slope) };
  });
}

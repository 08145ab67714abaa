/**
 * The minimum of a function near a start by Nelder and Mead's simplex (1965), which needs no derivative: an algorithm of
 * another kind than the fit's. Restarted from where it ends.
 */
export function nelderMead(f: (x: readonly number[]) => number, start: readonly number[]): number[] {
  return [1, 1, 0.1, 1e-3].reduce((best, step) => once(f, best, step), [...start]);
}

function once(f: (x: readonly number[]) => number, start: readonly number[], step: number): number[] {
  let simplex = [start, ...start.map((_, i) => start.map((value, k) => (i === k ? value + step : value)))].map((x) => ({
    x,
    y: f(x),
  }));
  const point = (x: number[]) => ({ x, y: f(x) });
  for (let iteration = 0; iteration < 500; iteration++) {
    simplex.sort((p, q) => p.y - q.y);
    const worst = simplex[simplex.length - 1];
    if (worst.y - simplex[0].y < 1e-14) break;
    const centre = start.map((_, i) => simplex.slice(0, -1).reduce((sum, { x }) => sum + x[i], 0) / start.length);
    const towards = (t: number) => point(centre.map((value, i) => value + t * (worst.x[i] - value)));
    const reflected = towards(-1);
    if (reflected.y < simplex[0].y) {
      const expanded = towards(-2);
      simplex[simplex.length - 1] = expanded.y < reflected.y ? expanded : reflected;
    } else if (reflected.y < simplex[simplex.length - 2].y) simplex[simplex.length - 1] = reflected;
    else {
      const contracted = towards(reflected.y < worst.y ? -0.5 : 0.5);
      if (contracted.y < Math.min(worst.y, reflected.y)) simplex[simplex.length - 1] = contracted;
      else {
        const [{ x: first }] = simplex;
        simplex = simplex.map(({ x }) => point(x.map((value, i) => (value + first[i]) / 2)));
      }
    }
  }
  return [...simplex.sort((p, q) => p.y - q.y)[0].x];
}

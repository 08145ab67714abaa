/**
 * Count, mean and sum of squared deviations of values that come in groups (Chan, Golub and LeVeque, "Updating formulae and a
 * pairwise algorithm for computing sample variances", 1979).
 */
export class Moments {
  n: number;
  mean: number;
  /** Sum of squared deviations from the mean. */
  squares: number;

  constructor(n: number, mean: number, squares: number) {
    this.n = n;
    this.mean = mean;
    this.squares = squares;
  }

  /** Adds a group of one draw or more, with its own mean and sum of squared deviations from it. */
  add(n: number, mean: number, squares: number): void {
    const all = this.n + n;
    // An empty start must not turn infinite values into NaN.
    const step = this.n > 0 ? mean - this.mean : 0;
    this.squares += squares + (step * step * this.n * n) / all;
    this.mean = this.n > 0 ? this.mean + (step * n) / all : mean;
    this.n = all;
  }
}

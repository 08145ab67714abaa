import { square } from '../../distributions/elementary.js';

/** Halvings of an angle before its series: three leave it below 0.2, where twelve terms reach the last bit. */
const HALVINGS = 3;
const HALVED = 8;
const TERMS = 12;

/** Halvings of the interval that holds the quantile: as many as a double has digits, and some. */
const BISECTIONS = 64;

/**
 * The value that a Student t of whole degrees of freedom lies below with a probability between 0 and 1. In s = t / √(df + t²)
 * its density is (1 − s²)^(df/2 − 1), whose integral has a recurrence in df (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4). Only
 * operations that every machine does alike.
 */
export function studentQuantile(probability: number, df: number): number {
  if (probability < 0.5) return -studentQuantile(1 - probability, df);
  let [low, high] = [0, 1];
  const wanted = (2 * probability - 1) * powerIntegral(1, df);
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = (low + high) / 2;
    if (powerIntegral(middle, df) < wanted) low = middle;
    else high = middle;
  }
  return low * Math.sqrt(df / (1 - square(low)));
}

/** The probability that a Student t of whole degrees of freedom lies below a value: from 0 to 1, both reached in far tails. */
export function studentCumulative(t: number, df: number): number {
  if (t < 0) return 1 - studentCumulative(-t, df);
  const s = t / Math.sqrt(df + square(t));
  // In far tails the recurrence rounds to some last bits beyond its limit.
  return Math.min(1, 0.5 + powerIntegral(s, df) / (2 * powerIntegral(1, df)));
}

/** ∫₀ˢ (1 − u²)^(df/2 − 1) du. */
function powerIntegral(s: number, df: number): number {
  const rest = 1 - square(s);
  const odd = df % 2 === 1;
  let integral = odd ? arcsine(s) : s;
  // (1 − s²)^k for k = 1/2, 3/2, … or 1, 2, …
  let power = odd ? Math.sqrt(rest) : rest;
  for (let twice = odd ? 1 : 2; twice <= df - 2; twice += 2) {
    integral = (s * power + twice * integral) / (twice + 1);
    power *= rest;
  }
  return integral;
}

/** arcsin s for 0 <= s <= 1, by halving the angle and then its series. `Math.asin` is left to engines. */
function arcsine(s: number): number {
  let x = s;
  for (let step = 0; step < HALVINGS; step++) x /= Math.sqrt(2 * (1 + Math.sqrt(1 - square(x))));
  let term = x;
  let sum = x;
  for (let n = 1; n <= TERMS; n++) {
    term *= (square(x) * square(2 * n - 1)) / (2 * n * (2 * n + 1));
    sum += term;
  }
  return sum * HALVED;
}

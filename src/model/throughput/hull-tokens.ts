import { exp, ln } from '../../distributions/elementary.js';
import { type HalfPlane, isOffHull } from './hull.js';
import { LN_SHORTEST_LENGTH } from './throughput.js';

/** Whole numbers are exact up to here. */
const MOST_TOKENS = Number.MAX_SAFE_INTEGER;

/** The fewest and the most output tokens within a hull for one input length; the first above the second where there are none. */
export function tokensWithin(hull: readonly HalfPlane[], input_tokens: number): [least: number, most: number] {
  const [low, high] = lnOutputWithin(hull, input_tokens);
  const isOff = (tokens: number) => isOffHull(hull, input_tokens, tokens);
  // A whole number whose logarithm is the bound itself may have been rounded off it.
  const least = [Math.floor(low), Math.floor(low) + 1].find((tokens) => !isOff(tokens));
  const most = [Math.ceil(high), Math.ceil(high) - 1].find((tokens) => !isOff(tokens));
  return least === undefined || most === undefined ? [Number.POSITIVE_INFINITY, 0] : [least, most];
}

/** Bounds of output tokens, within which all half-planes are kept at an input length. */
function lnOutputWithin(hull: readonly HalfPlane[], input_tokens: number): [low: number, high: number] {
  const lnInput = Math.max(ln(input_tokens), LN_SHORTEST_LENGTH);
  const rest = hull.map(({ input, output, bound }) => ({ output, at: (bound - input * lnInput) / output }));
  const lows = rest.filter(({ output }) => output < 0).map(({ at }) => exp(at));
  const highs = rest.filter(({ output }) => output > 0).map(({ at }) => exp(at));
  return [Math.min(MOST_TOKENS, Math.max(0, ...lows)), Math.min(MOST_TOKENS, ...highs)];
}

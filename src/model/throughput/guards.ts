import { square } from '../../distributions/elementary.js';
import type { MeasuredRow } from './request-cost-fit.js';
import { type FittedThroughput, lnLength, type ThroughputRow } from './throughput.js';

/** A row, and the hardware that it was measured on where the table says so. */
export interface GuardedRow extends MeasuredRow {
  /** Accelerator and count by canonical name, such as "H100 SXM5 80GB × 8". */
  readonly hardware?: string;
}

/** What makes a law of throughput doubtful, whatever its form. */
export type ThroughputGuard =
  | { readonly kind: 'steep'; readonly of: 'input_tokens' | 'output_tokens'; readonly exponent: number }
  | { readonly kind: 'unexplained'; readonly r_squared: number }
  | {
      readonly kind: 'contradiction';
      readonly lengths: LengthPair;
      readonly least_tps: number;
      readonly most_tps: number;
    }
  | { readonly kind: 'concurrencies'; readonly least: number; readonly most: number }
  | { readonly kind: 'one-direction'; readonly varies: 'nothing' | 'input_tokens' | 'output_tokens' | 'both as one' };

/** Rows of one model from several kinds or numbers of accelerators. */
export interface HardwareMixture {
  readonly hardware: readonly string[];
  /** Pairs of lengths that were measured on more than one. With any, the rows are no one node's, and are refused. */
  readonly repeated: readonly LengthPair[];
}

export interface LengthPair {
  readonly input_tokens: number;
  readonly output_tokens: number;
}

/** Beyond this power of a length no server's throughput goes: doubling a length would change it eightfold. */
export const STEEPEST_EXPONENT = 3;

/** Below this share of variance explained, a law is a poor one; it takes four rows to say so. */
export const LEAST_R_SQUARED = 0.5;
const ROWS_FOR_R_SQUARED = 4;

/** Rows of equal lengths that differ by more than this factor were not measured on one node. */
export const MOST_DIFFERENCE = 2;

/** Relative size below which lengths do not vary: as for the regression of throughput.ts. */
const SINGULAR = 1e-10;

/** What the rows themselves say against any law fitted to them. */
export function rowGuards(rows: readonly GuardedRow[]): ThroughputGuard[] {
  return [...contradictions(rows), ...oneDirection(rows)];
}

/** What a fitted law says against itself. `rSquared` is null where nothing is left to judge by. */
export function fitGuards(rows: readonly ThroughputRow[], rSquared: number | null): ThroughputGuard[] {
  const poor = rSquared !== null && rows.length >= ROWS_FOR_R_SQUARED && rSquared < LEAST_R_SQUARED;
  return poor ? [{ kind: 'unexplained', r_squared: rSquared }] : [];
}

/** Exponents of a log-log law that no server has. */
export function exponentGuards(fit: FittedThroughput): ThroughputGuard[] {
  const exponents = [
    ['input_tokens', fit.coef_ln_input_tokens],
    ['output_tokens', fit.coef_ln_output_tokens],
  ] as const;
  return exponents.flatMap(([of, exponent]) =>
    Math.abs(exponent) > STEEPEST_EXPONENT ? [{ kind: 'steep', of, exponent }] : [],
  );
}

/** Rows of several numbers of queries in flight, for a law that knows lengths alone. */
export function concurrencyGuards(rows: readonly GuardedRow[]): ThroughputGuard[] {
  const stated = rows.flatMap(({ concurrency }) => concurrency ?? []);
  const [least, most] = [Math.min(...stated), Math.max(...stated)];
  return most > least ? [{ kind: 'concurrencies', least, most }] : [];
}

/** Whether rows of one model are from several kinds or numbers of accelerators; undefined if from one, or if none says. */
export function hardwareMixture(rows: readonly GuardedRow[]): HardwareMixture | undefined {
  const hardware = [...new Set(rows.flatMap((row) => row.hardware ?? []))];
  if (hardware.length < 2) return undefined;
  const repeated = [...byLengths(rows).values()].filter(
    (group) => new Set(group.flatMap((row) => row.hardware ?? [])).size > 1,
  );
  return { hardware, repeated: repeated.map(([first]) => lengthsOf(first)) };
}

function contradictions(rows: readonly GuardedRow[]): ThroughputGuard[] {
  return [...byLengths(rows).values()].flatMap((group) => {
    const speeds = group.map(({ tps }) => tps);
    const [least_tps, most_tps] = [Math.min(...speeds), Math.max(...speeds)];
    if (most_tps <= MOST_DIFFERENCE * least_tps) return [];
    return [{ kind: 'contradiction', lengths: lengthsOf(group[0]), least_tps, most_tps }];
  });
}

function oneDirection(rows: readonly GuardedRow[]): ThroughputGuard[] {
  const inputs = rows.map((row) => lnLength(row.input_tokens));
  const outputs = rows.map((row) => lnLength(row.output_tokens));
  const [ii, oo, io] = [products(inputs, inputs), products(outputs, outputs), products(inputs, outputs)];
  const spans = ii + oo >= SINGULAR && ii * oo - square(io) >= SINGULAR * square(ii + oo);
  return spans || rows.length < 2 ? [] : [{ kind: 'one-direction', varies: varying(ii >= SINGULAR, oo >= SINGULAR) }];
}

function varying(input: boolean, output: boolean): 'nothing' | 'input_tokens' | 'output_tokens' | 'both as one' {
  if (input) return output ? 'both as one' : 'input_tokens';
  return output ? 'output_tokens' : 'nothing';
}

/** Rows of equal lengths, cached tokens and concurrency: what should be equally fast. */
function byLengths(rows: readonly GuardedRow[]): Map<string, GuardedRow[]> {
  const groups = new Map<string, GuardedRow[]>();
  for (const row of rows) {
    const key = [row.input_tokens, row.output_tokens, row.cached_input_tokens ?? 0, row.concurrency].join('/');
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

function lengthsOf({ input_tokens, output_tokens }: GuardedRow): LengthPair {
  return { input_tokens, output_tokens };
}

/** Sum of the products of what two lists are from their means. */
function products(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [centreX, centreY] = [mean(x), mean(y)];
  return x.reduce((sum, value, i) => sum + (value - centreX) * (y[i] - centreY), 0);
}

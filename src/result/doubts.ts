import { ln } from '../distributions/elementary.js';
import type { Distribution } from '../distributions/index.js';
import { count, percent, significant } from '../format.js';
import {
  concurrencyGuards,
  exponentGuards,
  fitGuards,
  rowGuards,
  type ThroughputGuard,
} from '../model/throughput/guards.js';
import { explainedShare } from '../model/throughput/log-log-uncertainty.js';
import { lnNodeSeconds, type RequestCosts } from '../model/throughput/request-cost.js';
import type { MeasuredRow } from '../model/throughput/request-cost-fit.js';
import type { Throughput } from '../model/throughput/throughput.js';
import type { ResolvedModel, ResolvedRegime, ResolvedScenario } from '../scenario/resolved.js';

/**
 * What the rows and the fits of a scenario's models say against themselves, in words, each beginning with its model: it concerns
 * all of that model's draws.
 */
export function doubtsOf({ models, regimes }: Pick<ResolvedScenario, 'models' | 'regimes'>): string[] {
  return models.flatMap((model) =>
    guardsOf(model)
      .filter((guard) => guard.kind !== 'one-direction' || regimes.some((regime) => leavesLine(guard, model, regime)))
      .map((guard) => `${model.name}: ${guardText(guard)}; all of its draws`),
  );
}

type OneDirection = Extract<ThroughputGuard, { kind: 'one-direction' }>;

/** Whether queries have a length that the rows, which all have one, say nothing of. */
function leavesLine({ varies }: OneDirection, { measured = [] }: ResolvedModel, regime: ResolvedRegime): boolean {
  const fixed = FIXED[varies];
  return fixed.length === 0 || fixed.some((length) => !isConstant(regime[length], measured[0][length]));
}

/** Lengths that all rows share, by what varies among them. */
const FIXED: Readonly<Record<OneDirection['varies'], readonly ('input_tokens' | 'output_tokens')[]>> = {
  nothing: ['input_tokens', 'output_tokens'],
  input_tokens: ['output_tokens'],
  output_tokens: ['input_tokens'],
  'both as one': [],
};

function isConstant(distribution: Distribution, value: number): boolean {
  return distribution.family === 'constant' && distribution.parameters.value === value;
}

function guardsOf({ throughput, measured }: ResolvedModel): ThroughputGuard[] {
  if (measured === undefined || throughput.method === 'given') return [];
  if (throughput.method === 'request-cost')
    return [...fitGuards(measured, rSquaredOf(throughput, measured)), ...rowGuards(measured)];
  const ofRows = rowGuards(measured.map(withoutConcurrency));
  const ofFlight = concurrencyGuards(measured);
  // The highest row is taken for all lengths, whichever way they vary.
  if (throughput.method === 'maximum') return [...ofRows.filter(({ kind }) => kind === 'contradiction'), ...ofFlight];
  return [...exponentGuards(throughput), ...fitGuards(measured, throughput.r_squared), ...ofRows, ...ofFlight];
}

/** A row as the forms see it that know lengths alone: rows of other concurrencies are to be equally fast. */
function withoutConcurrency({ concurrency: _, ...row }: MeasuredRow): MeasuredRow {
  return row;
}

/** Share of the variance of ln tps of its rows that a fit explains; null where nothing is left to judge it by. */
export function rSquaredOf(throughput: Throughput, rows: readonly MeasuredRow[]): number | null {
  if (throughput.method === 'given') return null;
  if (throughput.method !== 'request-cost') return throughput.r_squared;
  const costs = throughput.fit ?? costsOf(throughput.costs);
  return explainedShare(rows, (row) => ln(row.output_tokens) - lnNodeSeconds(costs, row));
}

type CostDistributions = Extract<Throughput, { method: 'request-cost' }>['costs'];

/** Stated costs, where they are constants. */
function costsOf({ a, b, c, w }: CostDistributions): RequestCosts {
  const value = (cost: CostDistributions['a']) => (cost.family === 'constant' ? cost.parameters.value : Number.NaN);
  return { a: value(a), b: value(b), c: value(c), w: value(w) };
}

function guardText(guard: ThroughputGuard): string {
  switch (guard.kind) {
    case 'steep':
      return `throughput goes with ${guard.of} to the power of ${significant(guard.exponent)}, which no server’s does`;
    case 'unexplained':
      return `the fit explains ${percent(Math.max(0, guard.r_squared))} of the variance of its rows’ ln tps`;
    case 'contradiction':
      return contradictionText(guard);
    case 'one-direction':
      return `its rows vary ${VARIES[guard.varies]}, so they say nothing of other lengths`;
    case 'concurrencies':
      return `its rows are of ${count(guard.least)} to ${count(guard.most)} queries in flight, which only form: request-cost tells apart; choose some with throughput.where, or that form`;
  }
}

const VARIES = {
  nothing: 'in no length',
  input_tokens: 'in input_tokens only',
  output_tokens: 'in output_tokens only',
  'both as one': 'in both lengths as one',
} as const;

function contradictionText({
  lengths,
  least_tps,
  most_tps,
}: Extract<ThroughputGuard, { kind: 'contradiction' }>): string {
  const { input_tokens, output_tokens } = lengths;
  const rows = `rows of ${count(input_tokens)} input and ${count(output_tokens)} output tokens`;
  return `${rows} differ by ${significant(most_tps / least_tps)}x (${significant(least_tps)} to ${significant(most_tps)} tok/s)`;
}

import { ln as lnOf } from '../../distributions/elementary.js';
import { LN_WH_PER_KJ } from '../../model/energy.js';
import { type FittedThroughput, LN_SHORTEST_LENGTH, uncappedTokens } from '../../model/throughput/throughput.js';
import type { ColumnIndex, ColumnPlan, Plan, RegimePlan } from '../../plan/plan.js';
import type { Layout } from '../layout.js';
import { constantOf } from './drawing-steps.js';
import type { Address, Operations } from './operations.js';

/** Lengths of draws, and their logarithms, as columns. */
export interface Lengths {
  readonly input: Address;
  readonly lnInput: Address;
  readonly output: Address;
  readonly lnOutput: Address;
}

/** The lengths of a regime's draws. */
export function lengthsOf({ input_tokens, output_tokens }: RegimePlan, { value, ln }: Layout<Float32Array>): Lengths {
  return {
    input: value[input_tokens].byteOffset,
    lnInput: ln[input_tokens].byteOffset,
    output: value[output_tokens].byteOffset,
    lnOutput: ln[output_tokens].byteOffset,
  };
}

/** The output tokens that a cell's throughput depends on alone: a fit's, where they are random and the input has one length. */
export function ownTokens({ columns, regimes, cells }: Plan, cell: number): ColumnIndex | undefined {
  const { tps, regime } = cells[cell];
  const { input_tokens, output_tokens } = regimes[regime];
  const isRandom = constantOf(columns[output_tokens]) === undefined;
  const isAlone = constantOf(columns[input_tokens]) !== undefined;
  return typeof tps !== 'number' && isRandom && isAlone ? output_tokens : undefined;
}

/** The other factors of an energy, as columns. */
export interface EnergyFactors {
  readonly lnPue: Address;
  readonly lnPower: Address;
  readonly lnUtilization: Address;
  readonly lnTokens: Address;
}

/** What a fit says of the first `n` draws of some lengths. */
export interface FittedTps {
  /** Writes ln tps. */
  tps(lengths: Lengths, n: number, out: Address): void;
  /** Writes a block's ln energy straight away, where the input has one length. */
  energy(factors: EnergyFactors, lnOutput: Address, out: Address): void;
  /** Draws that the cap holds back. @param scratch a column of its own */
  capped(lengths: Lengths, times: Address, n: number, scratch: Address): number;
  /** The same where the input has one length, each draw counted so many times: in double precision, as the reference does. */
  cappedTokens(lengths: Lengths, times: Address, n: number): number;
  /** Draws whose lengths lie outside the rows of the fit, each counted so many times. */
  outside(lengths: Lengths, times: Address, n: number): number;
}

/**
 * A fit through its highest row meets the cap there but for rounding of ln tps in single precision; that is not a capped draw.
 * For coefficients that add up to 1; in proportion for greater ones.
 */
const SINGLE_CAP_ROUNDING = 4e-6;

/** The operations of one fit in one regime. */
export function fittedTps(
  fit: FittedThroughput,
  { columns }: Plan,
  regime: RegimePlan,
  operations: Operations,
): FittedTps {
  const { intercept, coef_ln_input_tokens: ofInput, coef_ln_output_tokens: ofOutput } = fit;
  const lnCap = lnOf(fit.cap_tps);
  const lnLimit = lnCap + SINGLE_CAP_ROUNDING * Math.max(1, Math.abs(ofInput) + Math.abs(ofOutput));
  const inputs = middleOf(columns[regime.input_tokens], fit.input_tokens);
  const outputs = middleOf(columns[regime.output_tokens], fit.output_tokens);
  const start = intercept + ofInput * inputs.exact + ofOutput * outputs.exact;
  const [inputLow, inputHigh] = fit.input_tokens;
  const [outputLow, outputHigh] = fit.output_tokens;
  const fixedInput = constantOf(columns[regime.input_tokens]);
  const uncapped = fixedInput === undefined ? [0, Infinity] : uncappedTokens(fit, lnOf(fixedInput));
  const upTo = (most: number, { lnInput, lnOutput }: Lengths, n: number, out: Address) =>
    operations.fittedTps(
      lnInput,
      lnOutput,
      start,
      ofInput,
      inputs.single,
      ofOutput,
      outputs.single,
      LN_SHORTEST_LENGTH,
      most,
      n,
      out,
    );
  return {
    tps: (lengths, n, out) => upTo(lnCap, lengths, n, out),
    energy: ({ lnPue, lnPower, lnUtilization, lnTokens }, lnOutput, out) =>
      operations.fittedEnergy(
        lnPue,
        lnPower,
        lnUtilization,
        lnTokens,
        LN_WH_PER_KJ,
        lnOutput,
        start,
        ofOutput,
        outputs.single,
        LN_SHORTEST_LENGTH,
        lnCap,
        out,
      ),
    capped(lengths, times, n, scratch) {
      upTo(Number.POSITIVE_INFINITY, lengths, n, scratch);
      return operations.countAbove(scratch, lnLimit, times, n);
    },
    cappedTokens: ({ input, output }, times, n) =>
      operations.countOutside(input, output, -Infinity, Infinity, uncapped[0], uncapped[1], times, n),
    outside: ({ input, output }, times, n) =>
      operations.countOutside(input, output, inputLow, inputHigh, outputLow, outputHigh, times, n),
  };
}

/** Where ln of a length is measured from: the length itself where that is fixed, else the middle of the rows of the fit. */
function middleOf(column: ColumnPlan, [low, high]: readonly [number, number]): { exact: number; single: number } {
  const fixed = constantOf(column);
  const [lnLow, lnHigh] = [fixed ?? low, fixed ?? high].map((length) => Math.max(lnOf(length), LN_SHORTEST_LENGTH));
  const middle = (lnLow + lnHigh) / 2;
  const single = Math.fround(middle);
  return { exact: fixed === undefined ? single : middle, single };
}

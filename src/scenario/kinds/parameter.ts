import type { Distribution } from '../../distributions/index.js';
import { parseDistribution } from '../../distributions/parse.js';
import { supportOf } from '../../distributions/support.js';
import { distributionText } from '../../distributions/text.js';
import { requireMass } from '../../distributions/truncation.js';
import { isMapping } from '../../distributions/written.js';
import type { Path } from '../../errors.js';
import type { PhysicalBounds } from '../../model/physical-bounds.js';
import { INPUTS, type Input, isInput } from '../../model/quantities.js';
import { choiceText } from '../../words.js';
import { pendingRecords } from '../trace/pending-records.js';
import { beyondBounds } from './beyond-bounds.js';
import { type Complain, type Context, type Kind, mistyped } from './kind.js';
import { numberHint } from './number.js';
import { splitVary, type Varied } from './vary.js';

/** Where the schema of a scenario has what a parameter may be: a distribution, and who shares it. */
export const PARAMETER_REFERENCE = '#/$defs/parameter';

/** What no draw of a parameter may be. */
export interface Limits {
  /** Completes "must be …". */
  readonly text: string;
  readonly zero: 'never' | 'not-always' | 'fine';
  /** The `min` that would cure a distribution that reaches too far down. */
  readonly min: number;
}

/** Factors that divide or multiply: no draw of 0. */
export const aboveZero: Limits = { text: 'above 0', zero: 'never', min: 0 };

/** Shares: 0 now and then, but not always. */
export const notOnlyZero: Limits = { text: 'at least 0, and above 0 at times', zero: 'not-always', min: 0 };

/** Counts. */
export const notNegative: Limits = { text: 'at least 0', zero: 'fine', min: 0 };

const LIMITS = { never: aboveZero, 'not-always': notOnlyZero, fine: notNegative } as const;

/** An input of a query, within what the table of quantities says of it. */
export function inputParameter(input: Input): Kind<Varied> {
  const rest = INPUTS[input];
  return parameter(limitsOf(input), 'physical' in rest ? rest.physical : undefined);
}

const NUMBER_OR_DISTRIBUTION = ['a number', 'a distribution such as { lognormal: { p5: 0.4, p95: 0.9 } }'];

/**
 * A number, or a distribution that stays within limits.
 *
 * @param bounds where the quantity physically lies: constants beyond are refused, and distributions that lie beyond as
 * a whole
 */
export function parameter(limits: Limits, bounds?: PhysicalBounds): Kind<Varied> {
  const kind: Kind<Varied> = {
    expected: choiceText(NUMBER_OR_DISTRIBUTION),
    alternatives: NUMBER_OR_DISTRIBUTION,
    hint: (written) => hintTo(written, limits, bounds),
    fits: (written) => typeof written === 'number' || isMapping(written),
    check(written, context) {
      if (!kind.fits(written)) return mistyped(kind, written, context, kind.hint?.(written));
      const { own, share } = splitVary(written, context);
      const distribution = parseDistribution(own, context.complain);
      // What stands in a file is checked once the file is read.
      if (distribution && pendingRecords(distribution).length === 0) checkLimits(limits, distribution, bounds, context);
      return distribution && share !== undefined ? { ...distribution, vary: share } : distribution;
    },
    schema: { $ref: PARAMETER_REFERENCE },
  };
  return kind;
}

/** What is wrong with values that were read from a file for the parameter at a path of the scenario; undefined for nothing. */
export function limitComplaint(path: Path, distribution: Distribution): string | undefined {
  const input = path.map(String).filter(isInput).at(-1);
  if (input !== undefined) return complaintOf(limitsOf(input), distribution);
  return complaintOf(path.includes('node_seconds') ? notNegative : aboveZero, distribution);
}

function limitsOf(input: Input): Limits {
  const { zero, bounds } = INPUTS[input];
  return { ...LIMITS[zero], min: bounds[0] };
}

function hintTo(written: unknown, { min }: Limits, bounds: PhysicalBounds | undefined): string {
  const range = { min: Math.max(min, bounds?.low ?? min), ...(bounds && { max: bounds.high }) };
  return numberHint(written, range, bounds?.unit);
}

function checkLimits(
  limits: Limits,
  distribution: Distribution,
  bounds: PhysicalBounds | undefined,
  { complain, later }: Context,
): void {
  const complaint = complaintOf(limits, distribution);
  if (complaint !== undefined) complain([], complaint);
  later(async () => {
    try {
      await requireMass(distribution);
      const beyond = bounds && complaint === undefined ? await beyondBounds(distribution, bounds) : undefined;
      if (beyond !== undefined) complain([], beyond);
    } catch (error) {
      complainOfMass(error, complain);
    }
  });
}

function complainOfMass(error: unknown, complain: Complain): void {
  if (!(error instanceof RangeError)) throw error;
  complain([], error.message);
}

function complaintOf(limits: Limits, distribution: Distribution): string | undefined {
  const [low, high] = supportOf(distribution);
  const always = low >= 0 && (limits.zero === 'fine' || high > 0);
  if (always && !(limits.zero === 'never' && drawsZero(distribution))) return undefined;
  return `must be ${limits.text}; ${foundWrong(limits, distribution)}`;
}

function foundWrong({ min }: Limits, distribution: Distribution): string {
  const found = distributionText(distribution);
  const [low, high] = supportOf(distribution);
  if (distribution.family === 'constant') return `found ${found}`;
  if (high <= 0) return `${found} reaches only up to ${high}`;
  return `${found} reaches down to ${low}: ${drawsZero(distribution) ? 'leave 0 out' : `add min: ${min}`}`;
}

/** Whether 0 itself has a share of the draws, which only single values can have. */
function drawsZero(distribution: Distribution): boolean {
  const [low] = supportOf(distribution);
  if (low !== 0) return false;
  if (distribution.family === 'mixture') return distribution.parameters.components.some(isZeroAtTimes);
  return ['constant', 'empirical', 'recorded'].includes(distribution.family);
}

function isZeroAtTimes({ weight, distribution }: { weight: number; distribution: Distribution }): boolean {
  return weight > 0 && drawsZero(distribution);
}

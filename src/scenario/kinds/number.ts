import { numberRemedy } from '../../distributions/number-meant.js';
import { type Kind, mistyped } from './kind.js';

/** Limits of a number; absent ones are not checked. */
export interface NumberRule {
  readonly above?: number;
  readonly min?: number;
  readonly max?: number;
}

/** A finite number within limits. */
export function number(rule: NumberRule): Kind<number> {
  return numeric('a number', 'number', Number.isFinite, rule);
}

/** A whole number within limits, and small enough (2^53) to be held exactly. */
export function integer(rule: NumberRule): Kind<number> {
  return numeric('a whole number', 'integer', Number.isSafeInteger, rule);
}

function numeric(expected: string, type: string, is: (value: unknown) => boolean, rule: NumberRule): Kind<number> {
  const kind: Kind<number> = {
    expected: expected + limitsText(rule),
    hint: (written) => numberHint(written, rule),
    fits: (written) => typeof written === 'number',
    check: (written, context) =>
      typeof written === 'number' && is(written) && within(written, rule)
        ? written
        : mistyped(kind, written, context, kind.hint?.(written)),
    schema: { type, ...limitsSchema(rule) },
  };
  return kind;
}

/**
 * Helps with what reads as a number but is none: "0.4" in quotes, 1,2 with a decimal comma, 60 %, and with what is one
 * but not the one that is meant: more digits than a number can hold, percents in place of a share.
 *
 * @param unit what the number is in, e.g. kW
 */
export function numberHint(written: unknown, rule: NumberRule = {}, unit = ''): string {
  if (Number.isInteger(written) && !Number.isSafeInteger(written)) return '; beyond 2^53 its last digits are lost';
  if (typeof written === 'number') return isShare(rule) ? percentHint(written) : '';
  const remedy = typeof written === 'string' ? numberRemedy(written, unit, (value) => within(value, rule)) : '';
  return remedy && `; ${remedy}`;
}

/** Numbers from here to 100 in place of a share are likely percents. */
const LEAST_PERCENT = 5;

function isShare({ min, max }: NumberRule): boolean {
  return min === 0 && max === 1;
}

function percentHint(written: number): string {
  return written >= LEAST_PERCENT && written <= 100 ? `; ${written} % is ${written / 100}` : '';
}

function within(value: number, { above = -Infinity, min = -Infinity, max = Infinity }: NumberRule): boolean {
  return value > above && value >= min && value <= max;
}

function limitsText({ above, min, max }: NumberRule): string {
  const lower = above !== undefined ? `above ${above}` : min !== undefined ? `of at least ${min}` : '';
  const upper = max !== undefined ? `at most ${max}` : '';
  const limits = [lower, upper].filter((text) => text !== '').join(' and ');
  return limits && ` ${limits}`;
}

function limitsSchema({ above, min, max }: NumberRule): object {
  return {
    ...(above !== undefined && { exclusiveMinimum: above }),
    ...(min !== undefined && { minimum: min }),
    ...(max !== undefined && { maximum: max }),
  };
}

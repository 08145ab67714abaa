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
    fits: (written) => typeof written === 'number',
    check: (written, context) =>
      typeof written === 'number' && is(written) && within(written, rule)
        ? written
        : mistyped(kind, written, context, numberHint(written)),
    schema: { type, ...limitsSchema(rule) },
  };
  return kind;
}

/** Helps with what reads as a number but is none: "0.4" in quotes, 1_000_000, more digits than a number can hold. */
export function numberHint(written: unknown): string {
  if (Number.isInteger(written) && !Number.isSafeInteger(written)) return '; beyond 2^53 its last digits are lost';
  const plain = typeof written === 'string' ? written.replaceAll(/[_,\s]/g, '') : '';
  if (plain === '' || !Number.isFinite(Number(plain))) return '';
  return `; write ${plain}${plain === written ? ' without quotes' : ''}`;
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

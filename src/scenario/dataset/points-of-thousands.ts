/** A number as it stands in one column, with its line. */
export interface ColumnNumber {
  readonly line: number;
  readonly text: string;
}

/** 2.048 and 16.384, but not 0.125 or 2.5. */
const MAYBE_GROUPED = /^[1-9]\d{0,2}\.\d{3}$/;

/** A length of so few tokens, or a throughput so low, is not stated to a thousandth. */
const LEAST_EXACT = 10;

/**
 * The numbers of one column whose points are likely thousands separators, as they are where decimals have commas: all
 * numbers with a point have three digits behind it, beside whole numbers, or such a number would be very small. Means
 * have other decimals, too.
 */
export function pointsOfThousands(numbers: readonly ColumnNumber[]): readonly ColumnNumber[] {
  const pointed = numbers.filter(({ text }) => text.includes('.'));
  const grouped = pointed.filter(({ text }) => MAYBE_GROUPED.test(text));
  const areAll = grouped.length === pointed.length && numbers.some(({ text }) => /^\d+$/.test(text));
  return areAll ? grouped : grouped.filter(({ text }) => Number(text) < LEAST_EXACT);
}

/** What is wrong with such a number, and how either meaning is written. */
export function pointText(column: string, text: string): string {
  return `${column}: is ${text} a number of thousands? Write ${text.replace('.', '')}, or ${text}0 if that is meant`;
}

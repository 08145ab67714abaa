import { choiceText, nearestHint } from '../../words.js';
import { type Kind, mistyped } from './kind.js';
import { numberHint } from './number.js';

/** One of a few fixed values. */
export function oneOf<const T extends string | number>(...values: readonly T[]): Kind<T> {
  const kind: Kind<T> = {
    expected: choiceText(values.map(String)),
    fits: (written) => values.some((value) => value === written),
    check: (written, context) =>
      values.find((value) => value === written) ?? mistyped(kind, written, context, hint(written, values)),
    schema: { enum: values },
  };
  return kind;
}

function hint(written: unknown, values: readonly (string | number)[]): string {
  if (typeof written !== 'string') return '';
  return values.some((value) => String(value) === written)
    ? numberHint(written)
    : nearestHint(written, values.map(String));
}

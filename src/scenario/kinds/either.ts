import { choiceText } from '../../words.js';
import { type Kind, mistyped } from './kind.js';

/** One of two kinds: the first if the value is of its sort, else the second. */
export function either<A, B>(first: Kind<A>, second: Kind<B>): Kind<A | B> {
  const alternatives = [first, second].flatMap((one) => one.alternatives ?? [one.expected]);
  const kind: Kind<A | B> = {
    expected: choiceText(alternatives),
    alternatives,
    hint: (written) => first.hint?.(written) || second.hint?.(written) || '',
    fits: (written) => first.fits(written) || second.fits(written),
    check(written, context) {
      if (first.fits(written)) return first.check(written, context);
      if (second.fits(written)) return second.check(written, context);
      return mistyped(kind, written, context, kind.hint?.(written));
    },
    get schema() {
      return { anyOf: [first.schema, second.schema] };
    },
  };
  return kind;
}

import { type Kind, mistyped, under } from './kind.js';

/** A list, perhaps empty. */
export function list<T>(kind: Kind<T>): Kind<readonly T[]> {
  const self: Kind<readonly T[]> = {
    expected: 'a list',
    fits: Array.isArray,
    check(written, context) {
      if (!Array.isArray(written)) return mistyped(self, written, context);
      const values = written.map((entry: unknown, i) => kind.check(entry, under(i, context)));
      return values.every((value) => value !== undefined) ? values : undefined;
    },
    get schema() {
      return { type: 'array', items: kind.schema };
    },
  };
  return self;
}

/** A list with at least one entry, in which nothing stands twice. */
export function listOfDistinct<T extends string>(kind: Kind<T>): Kind<readonly T[]> {
  const any = list(kind);
  const self: Kind<readonly T[]> = {
    expected: 'a list with at least one entry',
    fits: any.fits,
    check(written, context) {
      if (!Array.isArray(written) || written.length === 0) return mistyped(self, written, context);
      const values = any.check(written, context);
      const repeated = values?.findIndex((value, i) => values.indexOf(value) < i) ?? -1;
      if (repeated < 0) return values;
      context.complain([repeated], 'listed twice');
      return undefined;
    },
    get schema() {
      return { ...any.schema, minItems: 1, uniqueItems: true };
    },
  };
  return self;
}

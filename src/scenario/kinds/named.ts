import { isMapping, type Mapping } from '../../distributions/written.js';
import type { Path } from '../../errors.js';
import { type Context, type Kind, mistyped, under } from './kind.js';
import type { Rule } from './mapping.js';
import { isMissing, unknownName } from './name-of.js';

interface Naming {
  /** What an entry is, e.g. a regime. */
  readonly thing: string;
  /** The section that gives the names; absent where they are free. */
  readonly section?: Path;
  /** Names with a meaning of their own. */
  readonly reserved?: readonly string[];
}

const LONGEST_NAME = 200;

/** Values by name, in the order written (names that are whole numbers come first). */
export type Named<T> = Readonly<Record<string, T>>;

/** A mapping from names to values of one kind, with at least one entry. */
export function named<T>(kind: Kind<T>, naming: Naming, rule?: Rule<Named<T>>): Kind<Named<T>> {
  const self: Kind<Named<T>> = {
    expected: `a mapping with at least one ${naming.thing}`,
    fits: isMapping,
    check(written, context) {
      if (!isMapping(written) || Object.keys(written).length === 0) return mistyped(self, written, context);
      const allNamed = checkNames(written, naming, context);
      const values = checkValues(kind, written, context);
      if (values) rule?.(values, context.complain);
      return allNamed ? values : undefined;
    },
    get schema() {
      return { type: 'object', minProperties: 1, additionalProperties: kind.schema };
    },
  };
  return self;
}

function checkNames(written: Mapping, naming: Naming, context: Context): boolean {
  const complaints = Object.keys(written).map((name) => [name, complaintOf(name, naming, context)] as const);
  for (const [name, complaint] of complaints) if (complaint) context.complain([name], complaint, 'key');
  return complaints.every(([, complaint]) => complaint === undefined);
}

function complaintOf(name: string, { thing, section, reserved = [] }: Naming, context: Context): string | undefined {
  if (name === '' || name.length > LONGEST_NAME) return `the name of a ${thing} needs 1 to ${LONGEST_NAME} characters`;
  // Names become keys of plain objects, where these would mean what every object inherits.
  if (name in Object.prototype || name === '<<' || reserved.includes(name)) return `no ${thing} may have this name`;
  if (section === undefined) return undefined;
  const names = context.names(section);
  return names.includes(name) || isMissing(section, names) ? undefined : unknownName(thing, name, names);
}

function checkValues<T>(kind: Kind<T>, written: Mapping, context: Context): Named<T> | undefined {
  const entries = Object.entries(written).map(
    ([name, value]) => [name, kind.check(value, under(name, context))] as const,
  );
  const valid = entries.every(([, value]) => value !== undefined);
  return valid ? (Object.fromEntries(entries) as Named<T>) : undefined;
}

import type { Path } from '../../errors.js';
import { listText, nearest } from '../../words.js';
import { type Kind, mistyped } from './kind.js';

/** A name that another section of the scenario gives, or one of the built-in ones. */
export function nameOf(thing: string, section: Path, builtIn: readonly string[] = []): Kind<string> {
  const kind: Kind<string> = {
    expected: `the name of a ${thing}`,
    fits: (written) => typeof written === 'string',
    check(written, context) {
      if (typeof written !== 'string') return mistyped(kind, written, context);
      const names = [...builtIn, ...context.names(section)];
      if (names.includes(written) || isMissing(section, names)) return written;
      context.complain([], unknownName(thing, written, names));
      return undefined;
    },
    schema: { type: 'string' },
  };
  return kind;
}

/** Regimes are required: that none is there is a complaint of its own, which one for each use of a name would bury. */
export function isMissing([section]: Path, names: readonly string[]): boolean {
  return section === 'regimes' && names.length === 0;
}

/** Says that nothing has this name, and what it may have meant. */
export function unknownName(thing: string, name: string, names: readonly string[]): string {
  const meant = nearest(name, names);
  const known = names.length === 0 ? 'none is defined' : `known: ${listText(names)}`;
  return `no ${thing} is called ${JSON.stringify(name)}; ${meant === undefined ? known : `did you mean ${meant}?`}`;
}

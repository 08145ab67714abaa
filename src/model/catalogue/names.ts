import { distance } from 'fastest-levenshtein';
import { listText, nearest } from '../../words.js';
import { type Alias, type Aliases, type AliasKind, aliasesOf } from './aliases.js';
import type { LookedUp, UnknownName } from './records.js';
import { ACCELERATOR_NAMES } from './shipped/accelerator-names.js';
import { MODEL_NAMES } from './shipped/model-names.js';
import { PRECISION_NAMES } from './shipped/precision-names.js';

/** The names of aliases.csv, read anew: whoever looks up many names keeps them. */
export function shippedNames(): Aliases {
  return aliasesOf([
    ...aliasLines('model', MODEL_NAMES),
    ...aliasLines('accelerator', ACCELERATOR_NAMES),
    ...aliasLines('precision', PRECISION_NAMES),
  ]);
}

/** The same for whoever may need none: read when first asked for. */
export function lazyNames(): () => Aliases {
  let names: Aliases | undefined;
  return () => {
    names ??= shippedNames();
    return names;
  };
}

/** One canonical name a line: itself, its family, its other names; a line that begins with a bar goes on with the one before. */
function aliasLines(kind: AliasKind, text: string): Alias[] {
  return text
    .replaceAll('\n|', '|')
    .split('\n')
    .flatMap((line) => {
      const [canonical_name, family, ...others] = line.split('|');
      return [canonical_name, ...others].map((name) => ({ name, canonical_name, family, kind }));
    });
}

/** A table that ships. */
interface ShippedTable<Row> {
  readonly named: (canonical: string) => Row | undefined;
  readonly rows: () => readonly Row[];
}

/** The row of a table that a name means, by itself or by an alias of it. All rows are read only where none is meant. */
export function lookedUp<Kind extends 'model' | 'accelerator', Row extends Readonly<Record<Kind, string>>>(
  kind: Kind,
  name: string,
  table: ShippedTable<Row>,
  aliases: Aliases,
): LookedUp<Row> {
  const canonical = aliases.find(kind, name)?.canonical_name;
  const found = table.named(canonical ?? name);
  if (found !== undefined) return { found };
  const names = table.rows().map((row) => row[kind]);
  const known = names.flatMap((one) => aliasesFor(one, kind, aliases));
  return { unknown: { ...(canonical && { canonical_name: canonical }), nearest: nearestNames(name, names, known) } };
}

/** Says that a name is unknown to a table that ships, and what is near. @param table e.g. hardware.csv */
export function unknownText(thing: string, name: string, table: string, unknown: UnknownName): string {
  const { canonical_name: canonical, nearest: near } = unknown;
  const what =
    canonical === undefined
      ? `no ${thing} is called ${JSON.stringify(name)}`
      : `${table} has no row of ${canonical}${canonical === name ? '' : ` (${name})`}`;
  return `${what}; nearest: ${listText(near)}; tokenjoule catalogue lists all`;
}

interface Spelling {
  readonly spelling: string;
  readonly of: string;
}

/** The ways to write one name of a table. */
function aliasesFor(canonical: string, kind: AliasKind, aliases: Aliases): Spelling[] {
  const own = aliases.names(kind).filter((name) => aliases.find(kind, name)?.canonical_name === canonical);
  return [...own, canonical].map((spelling) => ({ spelling, of: canonical }));
}

const MOST_NEAREST = 3;

/** The one that a mistyped name means, else the names whose letters are nearest in any spelling. */
function nearestNames(name: string, names: readonly string[], known: readonly Spelling[]): string[] {
  const mistyped = nearest(name, names);
  if (mistyped !== undefined) return [mistyped];
  const written = name.toLowerCase();
  const edits = new Map<string, number>();
  for (const { spelling, of } of known) {
    const away = distance(written, spelling.toLowerCase());
    edits.set(of, Math.min(away, edits.get(of) ?? away));
  }
  return [...edits]
    .sort(([, a], [, b]) => a - b)
    .slice(0, MOST_NEAREST)
    .map(([one]) => one);
}

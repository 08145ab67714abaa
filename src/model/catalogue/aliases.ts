/** What a name names. */
export type AliasKind = 'model' | 'accelerator' | 'precision';

/** One row of `aliases.csv`: what a table calls something, what it is called here, and what it is one of. */
export interface Alias {
  readonly name: string;
  readonly canonical_name: string;
  /** What shares an origin. Judging a prior leaves out a model's whole family; no other place says what a family is. */
  readonly family: string;
  readonly kind: AliasKind;
}

/** Finds what names mean, as written or in other capitals. */
export interface Aliases {
  readonly find: (kind: AliasKind, name: string) => Alias | undefined;
  /** Every name of a kind, to look for the nearest of one that is unknown. */
  readonly names: (kind: AliasKind) => string[];
}

/** The names of a table of aliases. Throws an Error where one name, capitals aside, is given two meanings. */
export function aliasesOf(rows: readonly Alias[]): Aliases {
  const exact = new Map(rows.map((row) => [keyOf(row.kind, row.name), row]));
  const folded = new Map<string, Alias>();
  for (const row of rows) {
    const key = keyOf(row.kind, row.name.toLowerCase());
    const other = folded.get(key);
    if (other !== undefined && !sameMeaning(other, row)) {
      throw new Error(
        `${row.kind} ${row.name} means ${other.canonical_name} and ${row.canonical_name}: which of the two?`,
      );
    }
    folded.set(key, row);
  }
  return {
    find: (kind, name) => exact.get(keyOf(kind, name)) ?? folded.get(keyOf(kind, name.trim().toLowerCase())),
    names: (kind) => rows.filter((row) => row.kind === kind).map(({ name }) => name),
  };
}

/** Rows of a CSV file as aliases. Throws an Error that names the row of a kind which there is not. */
export function aliasRows(records: readonly Readonly<Record<string, string>>[]): Alias[] {
  return records.map(({ name, canonical_name, family, kind }) => {
    if (kind !== 'model' && kind !== 'accelerator' && kind !== 'precision') {
      throw new Error(`alias ${name}: kind is model, accelerator or precision, not ${kind}`);
    }
    return { name, canonical_name, family, kind };
  });
}

function sameMeaning(a: Alias, b: Alias): boolean {
  return a.canonical_name === b.canonical_name && a.family === b.family;
}

function keyOf(kind: AliasKind, name: string): string {
  return `${kind}\n${name}`;
}

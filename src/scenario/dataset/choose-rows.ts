import { shippedNames } from '../../model/catalogue/names.js';
import { listText, nearestHint } from '../../words.js';
import type { CsvLine } from './lines.js';
import type { Wanted } from './reading.js';

/** A column that rows are chosen by, and the texts that it may hold. */
interface Choice {
  readonly name: string;
  readonly position: number;
  readonly wanted: readonly string[];
}

/**
 * The lines whose columns hold what is wanted. Complains of columns that there are not, of values that no line holds, and of values
 * that no line holds together, each with what there is. Names that stand in no line as written are those that aliases.csv says are
 * the same, and noted.
 */
export function chosenLines(
  header: CsvLine,
  lines: readonly CsvLine[],
  where: Readonly<Record<string, Wanted>>,
  complain: (line: number, message: string) => void,
): Chosen {
  const at = (message: string) => complain(header.line, message);
  const written = Object.entries(where).flatMap(([name, wanted]) => choiceOf(name, wanted, header.fields, at) ?? []);
  const notes: string[] = [];
  const choices = written.map((choice) => ({
    ...choice,
    wanted: choice.wanted.flatMap((value) => standsAs(value, choice, lines, (note) => notes.push(note))),
  }));
  const known = choices.map((choice) => complainOfValues(choice, lines, at));
  if (choices.length < Object.keys(where).length || known.includes(false)) return { lines: [], notes };
  const chosen = lines.filter((line) => choices.every((choice) => holds(line, choice)));
  if (chosen.length === 0) at(`throughput.where leaves no row: ${togetherText(choices, lines)}`);
  return { lines: chosen, notes };
}

/** Lines that are wanted, and what was taken for what, in words. */
export interface Chosen {
  readonly lines: readonly CsvLine[];
  readonly notes: readonly string[];
}

const KINDS = ['accelerator', 'precision', 'model'] as const;

/** What a wanted value stands as in the lines: itself or, where no line has it, its aliases. */
function standsAs(
  value: string,
  choice: Choice,
  lines: readonly CsvLine[],
  note: (text: string) => void,
): readonly string[] {
  const there = valuesOf(choice, lines);
  if (there.includes(value)) return [value];
  const names = shippedNames();
  const same = there.filter((one) =>
    KINDS.some((kind) => {
      const meant = names.find(kind, value)?.canonical_name;
      return meant !== undefined && meant === names.find(kind, one)?.canonical_name;
    }),
  );
  if (same.length === 0) return [value];
  note(`throughput.where.${choice.name} ${value} stands as ${listText(same)}`);
  return same;
}

function choiceOf(
  name: string,
  wanted: Wanted,
  header: readonly string[],
  complain: (message: string) => void,
): Choice | undefined {
  const position = header.indexOf(name);
  const texts = (Array.isArray(wanted) ? wanted : [wanted]).map(String);
  if (position >= 0) return { name, position, wanted: texts };
  complain(
    `throughput.where.${name}: no such column${nearestHint(name, header) || `; the columns are ${listText(header)}`}`,
  );
  return undefined;
}

function holds({ fields }: CsvLine, { position, wanted }: Choice): boolean {
  return wanted.includes(fields[position]);
}

/** Whether each wanted value stands in some line. */
function complainOfValues(choice: Choice, lines: readonly CsvLine[], complain: (message: string) => void): boolean {
  const there = valuesOf(choice, lines);
  const unknown = choice.wanted.filter((value) => !there.includes(value));
  for (const value of unknown) {
    const hint = nearestHint(value, there);
    complain(
      `throughput.where.${choice.name}: no row has ${JSON.stringify(value)}${hint}; there are ${shortList(there)}`,
    );
  }
  return unknown.length === 0;
}

/** What the last column holds in the lines that the others leave. */
function togetherText(choices: readonly Choice[], lines: readonly CsvLine[]): string {
  const kept = choices.map((_, i) =>
    lines.filter((line) => choices.slice(0, i + 1).every((choice) => holds(line, choice))),
  );
  const empty = kept.findIndex((left) => left.length === 0);
  const before = choices.slice(0, empty);
  const text = before.map(({ name, wanted }) => `${name} ${wanted.join(' or ')}`).join(', ');
  return `with ${text}, ${choices[empty].name} is ${shortList(valuesOf(choices[empty], kept[empty - 1]))}`;
}

function valuesOf({ position }: Choice, lines: readonly CsvLine[]): string[] {
  return [...new Set(lines.map(({ fields }) => fields[position]))];
}

const MOST_SHOWN = 12;

function shortList(values: readonly string[]): string {
  const rest = values.length - MOST_SHOWN;
  return rest > 0 ? `${values.slice(0, MOST_SHOWN).join(', ')} and ${rest} more` : listText(values);
}

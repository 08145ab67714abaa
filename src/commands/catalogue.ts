import { InputError } from '../errors.js';
import { hardware } from '../model/catalogue/hardware.js';
import { catalogueModel } from '../model/catalogue/models.js';
import { shippedNames, unknownText } from '../model/catalogue/names.js';
import { CATALOGUE_KINDS, type CatalogueKind, catalogueText } from '../terminal/catalogue-text.js';
import { shippedRecords } from '../validate/read-shipped.js';
import { choiceText, counted } from '../words.js';
import { parseArguments, usageError } from './arguments.js';
import { DONE } from './exit-status.js';
import type { Surroundings } from './surroundings.js';

const FLAGS = { json: { type: 'boolean' } } as const;

type CsvRecord = Readonly<Record<string, string>>;

/** `tokenjoule catalogue [KIND] [WORD…]`: what ships with the program, row by row, each with its source. */
export async function catalogueCommand(args: readonly string[], { stdout }: Surroundings): Promise<number> {
  const { values, positionals } = parseArguments('catalogue', args, FLAGS);
  const [name, ...words] = positionals;
  if (name === undefined) stdout.write(await listText(values.json === true));
  else {
    const kind = kindOf(name);
    const rows = chosen(await rowsOf(kind), kind, words);
    stdout.write(values.json ? `${JSON.stringify(rows, null, 2)}\n` : catalogueText(kind, rows));
  }
  return DONE;
}

async function listText(json: boolean): Promise<string> {
  const kinds = await Promise.all(
    CATALOGUE_KINDS.map(async (kind) => ({
      kind: kind.name,
      about: kind.about,
      rows: (await rowsOf(kind)).length,
      files: kind.files,
    })),
  );
  if (json) return `${JSON.stringify(kinds, null, 2)}\n`;
  const line = ({ kind, about, rows }: (typeof kinds)[number]) =>
    `  ${kind.padEnd(11)} ${about} (${counted(rows, 'row')})`;
  return ['tokenjoule catalogue KIND [WORD…] lists:', ...kinds.map(line), ''].join('\n');
}

function kindOf(name: string): CatalogueKind {
  const kind = CATALOGUE_KINDS.find((one) => one.name === name);
  if (kind !== undefined) return kind;
  throw usageError('catalogue', `no kind ${name}; kinds are ${choiceText(CATALOGUE_KINDS.map((one) => one.name))}`);
}

async function rowsOf({ files }: CatalogueKind): Promise<CsvRecord[]> {
  return (await Promise.all(files.map(shippedRecords))).flat();
}

/** Rows that have all the words, in any column, by their own or another name. @throws InputError where none has */
function chosen(rows: readonly CsvRecord[], kind: CatalogueKind, words: readonly string[]): readonly CsvRecord[] {
  const aliases = shippedNames();
  const meanings = words.map((word) => ({
    word: word.toLowerCase(),
    same: (['model', 'accelerator', 'precision'] as const).flatMap((of) => {
      const canonical = aliases.find(of, word)?.canonical_name;
      return canonical === undefined ? [] : [(text: string) => aliases.find(of, text)?.canonical_name === canonical];
    }),
  }));
  const found = rows.filter((row) =>
    meanings.every(({ word, same }) =>
      Object.values(row).some((text) => text.toLowerCase().includes(word) || same.some((isSame) => isSame(text))),
    ),
  );
  if (found.length > 0 || words.length === 0) return found;
  throw new InputError([{ file: 'tokenjoule catalogue', key: '', message: noneText(kind.name, words.join(' ')) }]);
}

function noneText(kind: string, words: string): string {
  const looked = kind === 'hardware' ? hardware(words) : kind === 'models' ? catalogueModel(words) : undefined;
  const thing = kind === 'hardware' ? 'accelerator' : 'model';
  if (looked && 'unknown' in looked) return unknownText(thing, words, `${kind}.csv`, looked.unknown);
  return `no row of ${kind} has ${words}`;
}

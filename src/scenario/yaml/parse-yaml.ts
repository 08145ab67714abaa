import { Composer, type CST, type Document, LineCounter, YAMLParseError } from 'yaml';
import { InputError, shownProblems } from '../../errors.js';
import { aliasProblems, expand } from './aliases.js';
import { decimalCommas } from './decimal-commas.js';
import { mergeProblems } from './merge-keys.js';
import { type Place, type Places, placesIn } from './places.js';
import { plainWords } from './plain-words.js';
import { repeatedKeys } from './repeated-keys.js';
import type { SyntaxProblem } from './syntax-problem.js';
import { MAX_NESTING, tokensOf } from './tokens.js';

// The only file of this folder that others import, and late: commands that read no scenario need no YAML.

/** Plain data, and where each part of it stands in the text. */
export interface YamlData {
  readonly data: unknown;
  readonly places: Places;
}

const OPTIONS = {
  prettyErrors: false,
  schema: 'core',
  merge: true,
  resolveKnownTags: false,
  stringKeys: true,
  // The package compares each key with each, which takes minutes for a file full of keys; repeatedKeys does not.
  uniqueKeys: false,
} as const;

/** Spaces, ends of lines and comments may stand between. */
const NUMBER_BEHIND_COMMA = /,(?:\s|#[^\n]*\n)*[+-]?\d/;

/**
 * YAML 1.2 (or JSON) text of one document as plain data, keys as text. Merge keys (`<<: *anchor`) are followed; all
 * tags but the core ones are out.
 *
 * @param file name of the text in problems
 * @throws InputError with every syntax problem and its place: all, or twenty and how many more
 */
export function parseYaml(text: string, file: string): YamlData {
  const lines = new LineCounter();
  const placeOf = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const refuse = (problems: readonly SyntaxProblem[]) => {
    if (problems.length === 0) return;
    const placed = problems.map(({ offset, message }) => ({ file, ...placeOf(offset), key: '', message }));
    throw new InputError(shownProblems(placed));
  };
  const tokens = tokensOf(text, lines);
  if (!tokens) throw new InputError([{ file, key: '', message: `nested more than ${MAX_NESTING} levels deep` }]);
  const document = documentOf(tokens, text);
  refuse(syntaxProblems(document, placeOf));
  // Each walks through the document: a text without what it looks for is spared that.
  refuse([
    ...(NUMBER_BEHIND_COMMA.test(text) ? decimalCommas(document, text) : []),
    ...repeatedKeys(document, placeOf),
    ...(text.includes('*') ? aliasProblems(document) : []),
    ...(text.includes('<<') ? mergeProblems(document) : []),
  ]);
  return { data: expand(document, refuse), places: placesIn(document, placeOf) };
}

/** The first document; of a second one it has an error. */
function documentOf(tokens: readonly CST.Token[], { length }: string): Document {
  const [first, second] = new Composer(OPTIONS).compose(tokens, true, length);
  if (second) first.errors.push(new YAMLParseError([second.range[0], second.range[1]], 'MULTIPLE_DOCS', ''));
  return first;
}

/** Errors of the YAML itself (its warnings are about tags), one a line: what follows is mostly its consequence. */
function syntaxProblems({ errors, warnings }: Document, placeOf: (offset: number) => Place): SyntaxProblem[] {
  const problems = [...errors, ...warnings].map((error) => ({ offset: error.pos[0], message: plainWords(error) }));
  const lines = new Set<number>();
  return problems
    .sort((a, b) => a.offset - b.offset)
    .filter(({ offset }) => {
      const { line } = placeOf(offset);
      const isFirst = !lines.has(line);
      lines.add(line);
      return isFirst;
    });
}

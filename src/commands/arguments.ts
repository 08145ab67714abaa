import { type ParseArgsConfig, parseArgs } from 'node:util';
import { distance } from 'fastest-levenshtein';
import { InputError } from '../errors.js';
import { nearest } from '../words.js';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Flags by name, and what stands beside them. */
export type Parsed<T extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: T; allowPositionals: true; strict: true }>
>;

/** A command's flags and files. @throws InputError for a flag it does not know or that lacks its value */
export function parseArguments<T extends Options>(command: string, args: readonly string[], options: T): Parsed<T> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw usageError(command, describe(error, args, Object.keys(options)));
  }
}

/** Bad usage of a command, as one problem. */
export function usageError(command: string, message: string): InputError {
  return new InputError([{ file: `tokenjoule ${command}`, key: '', message: `${message}; see tokenjoule --help` }]);
}

/** The folder that `--out` names. @throws InputError for none */
export function outFolder(command: string, text: string): string {
  if (text !== '') return text;
  throw usageError(command, '--out takes a folder; found ""');
}

/** A flag's whole number. @throws InputError naming the flag */
export function wholeNumber(command: string, flag: string, text: string, from: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text.replaceAll('_', ''));
  if (!Number.isSafeInteger(value) || value < from) {
    throw usageError(command, `${flag} takes a whole number from ${from} on; found ${JSON.stringify(text)}`);
  }
  return value;
}

/** A flag's word, one of a few. @throws InputError naming the flag */
export function oneOf<T extends string>(command: string, flag: string, text: string, words: readonly T[]): T {
  const word = words.find((known) => known === text);
  if (word !== undefined) return word;
  const meant = nearest(text, words);
  const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
  throw usageError(command, `${flag} takes one of ${words.join(', ')}; found ${JSON.stringify(text)}${hint}`);
}

function describe(error: unknown, args: readonly string[], known: readonly string[]): string {
  if (!(error instanceof Error && 'code' in error)) throw error;
  if (error.code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return error.message.split(/\n|[.;] To /)[0].replace(/\.$/, '');
  const unknown = args.find((arg) => arg.startsWith('-') && error.message.includes(`'${arg.split('=')[0]}'`)) ?? '';
  const name = unknown.split('=')[0].replace(/^-+/, '');
  const [nearest] = [...known].sort((a, b) => distance(name, a) - distance(name, b));
  return `unknown flag ${unknown.split('=')[0]}; the nearest is --${nearest}`;
}

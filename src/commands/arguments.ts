import { type ParseArgsConfig, parseArgs } from 'node:util';
import { distance } from 'fastest-levenshtein';
import { numberRemedy } from '../distributions/number-meant.js';
import { InputError } from '../errors.js';
import { RESULT_NAME } from '../tables/result-name.js';
import { nearest } from '../words.js';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Flags by name, and what stands beside them. */
export type Parsed<T extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: T; allowPositionals: true; strict: true }>
>;

/** A command's flags and files. @throws InputError for a flag it does not know or that lacks its value */
export function parseArguments<T extends Options>(command: string, args: readonly string[], options: T): Parsed<T> {
  try {
    return parseArgs({ args: withNumbers(args, options), options, allowPositionals: true, strict: true });
  } catch (error) {
    throw usageError(command, describe(error, args, options));
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

/** What `--name` says, if anything. @throws InputError for what is no part of a file's name */
export function resultName(command: string, text: string | undefined): { readonly name?: string } {
  if (text === undefined) return {};
  if (RESULT_NAME.test(text)) return { name: text };
  const expected = "up to 60 letters a–z, digits, '.', '_' and '-', not starting with '.'";
  throw usageError(command, `--name takes ${expected}; found ${JSON.stringify(text)}`);
}

/** A flag's whole number. @throws InputError naming the flag */
export function wholeNumber(command: string, flag: string, text: string, from: number, to = Number.MAX_SAFE_INTEGER) {
  const value = text.trim() === '' ? Number.NaN : Number(text.replaceAll('_', ''));
  const fits = (number: number) => Number.isSafeInteger(number) && number >= from && number <= to;
  if (fits(value)) return value;
  const remedy = numberRemedy(text, '', fits);
  const hint = remedy === '' ? '' : `; ${remedy}`;
  const range = to === Number.MAX_SAFE_INTEGER ? `from ${from} on` : `from ${from} to ${to}`;
  throw usageError(command, `${flag} takes a whole number ${range}; found ${JSON.stringify(text)}${hint}`);
}

const BYTES_PER_UNIT: Readonly<Record<string, number>> = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9 };

/** A flag's size in bytes. @throws InputError naming the flag */
export function byteSize(command: string, flag: string, text: string): number {
  const [, number, unit] = /^([\d.]+)(B|kB|MB|GB)$/.exec(text) ?? [];
  const bytes = Number(number) * BYTES_PER_UNIT[unit];
  if (Number.isFinite(bytes)) return Math.floor(bytes);
  throw usageError(command, `${flag} takes a size such as 500MB (B, kB, MB or GB); found ${JSON.stringify(text)}`);
}

/** A flag's word, one of a few. @throws InputError naming the flag */
export function oneOf<T extends string>(command: string, flag: string, text: string, words: readonly T[]): T {
  const word = words.find((known) => known === text);
  if (word !== undefined) return word;
  const meant = nearest(text, words);
  const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
  throw usageError(command, `${flag} takes one of ${words.join(', ')}; found ${JSON.stringify(text)}${hint}`);
}

/**
 * A number below 0 is the value of the flag before it, and no flag: what is wrong with it is said by who reads the
 * value.
 */
function withNumbers(args: readonly string[], options: Options): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const flag = joined[joined.length - 1];
    if (/^-[\d.]/.test(arg) && takesValue(flag, options)) joined.push(...joinedTo(joined.pop() ?? '', arg));
    else joined.push(arg);
  }
  return joined;
}

function joinedTo(flag: string, value: string): string[] {
  return [flag.startsWith('--') ? `${flag}=${value}` : `${flag}${value}`];
}

function takesValue(flag: string | undefined, options: Options): boolean {
  return Object.entries(options).some(
    ([name, { type, short }]) =>
      type === 'string' && (flag === `--${name}` || (short !== undefined && flag === `-${short}`)),
  );
}

function describe(error: unknown, args: readonly string[], options: Options): string {
  if (!(error instanceof Error && 'code' in error)) throw error;
  if (error.code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return valueText(error.message, args);
  if (error.code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return error.message.split(/\n|[.;] To /)[0].replace(/\.$/, '');
  const unknown = args.find((arg) => arg.startsWith('-') && error.message.includes(`'${arg.split('=')[0]}'`)) ?? '';
  const name = unknown.split('=')[0].replace(/^-+/, '');
  const [nearest] = Object.keys(options).sort((a, b) => distance(name, a) - distance(name, b));
  return `unknown flag ${unknown.split('=')[0]}; the nearest is --${nearest}`;
}

/** What is wrong with the value of a flag: there is none, or one where none goes. */
function valueText(message: string, args: readonly string[]): string {
  const [, flag = ''] = /'(?:-\w, )?(--?[\w-]+)/.exec(message) ?? [];
  if (message.includes('does not take an argument')) return `${flag} takes no value`;
  const next = args[args.indexOf(flag) + 1];
  if (next === undefined || !message.includes('ambiguous')) return `${flag} needs a value`;
  return `${flag} needs a value; found the flag ${next} (a value that begins with - goes behind =: ${flag}=${next})`;
}

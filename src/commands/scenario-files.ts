import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { InputError } from '../errors.js';
import { usageError } from './arguments.js';

/** What makes a name a pattern, where no file has that very name. */
const PATTERN = /[*?[\]{}]/;

/**
 * The scenario files that arguments name, each once: patterns such as `scenarios/*.yaml` stand for the files they match, in
 * alphabetical order. A pattern without any is a problem of its own and does not stop the others.
 *
 * @throws InputError without any argument
 */
export async function scenarioFiles(command: string, args: readonly string[]): Promise<(string | InputError)[]> {
  if (args.length === 0) throw usageError(command, 'name at least one scenario file');
  const found = (await Promise.all(args.map(filesOf))).flat();
  const places = found.map((file) => (typeof file === 'string' ? resolve(file) : file));
  return found.filter((_, i) => places.indexOf(places[i]) === i);
}

async function filesOf(argument: string): Promise<(string | InputError)[]> {
  if (!PATTERN.test(argument) || existsSync(argument)) return [argument];
  const { glob } = await import('tinyglobby');
  const files = (await glob(argument, { expandDirectories: false, absolute: isAbsolute(argument) })).sort();
  return files.length > 0 ? files : [new InputError([{ file: argument, key: '', message: 'no file matches this' }])];
}

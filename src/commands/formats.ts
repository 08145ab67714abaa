import { FORMATS, type Format } from '../formats/formats.js';
import { usageError } from './arguments.js';

/** The formats that a flag lists, comma-separated. @throws InputError naming the flag and what it takes */
export function parseFormats(command: string, flag: string, text: string): ReadonlySet<Format> {
  const names = text.split(',').map((name) => name.trim());
  const formats = FORMATS.filter((format) => names.includes(format));
  const unknown = names.find((name) => !formats.some((format) => format === name));
  if (unknown === undefined) return new Set(formats);
  throw usageError(command, `${flag} takes ${FORMATS.join(', ')}, comma-separated; found ${JSON.stringify(unknown)}`);
}

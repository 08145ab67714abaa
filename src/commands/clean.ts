import { join } from 'node:path';
import { count } from '../format.js';
import { CELLS_FOLDER } from '../sweep/cells/cell-store.js';
import { prune } from '../sweep/cells/prune.js';
import { byteSize, parseArguments, usageError, wholeNumber } from './arguments.js';
import { DONE } from './exit-status.js';
import { DRAWING_FLAGS } from './flags.js';
import type { Surroundings } from './surroundings.js';

const FLAGS = {
  out: DRAWING_FLAGS.out,
  cells: { type: 'string' },
  'older-than': { type: 'string' },
  keep: { type: 'string' },
  all: { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
} as const;

const MS_PER_DAY = 86_400_000;
const BYTES_PER_MB = 1e6;

/** `tokenjoule clean`: removes kept cells by age, by size, or all. @returns the exit status */
export async function cleanCommand(args: readonly string[], { stdout, now }: Surroundings): Promise<number> {
  const { values, positionals } = parseArguments('clean', args, FLAGS);
  const { all = false, keep } = values;
  if (positionals.length > 0)
    throw usageError('clean', `takes no files, found ${positionals[0]}; name a folder with --cells`);
  const days = values['older-than'];
  if (!all && days === undefined && keep === undefined)
    throw usageError('clean', 'say what to remove: --older-than DAYS, --keep SIZE or --all');
  const folder = values.cells ?? join(values.out, CELLS_FOLDER);
  const rule = {
    all,
    ...(days !== undefined && { unusedSince: daysBefore(now(), wholeNumber('clean', '--older-than', days, 0)) }),
    ...(keep !== undefined && { maxBytes: byteSize('clean', '--keep', keep) }),
  };
  const { removed, removedBytes, kept, keptBytes } = await prune(folder, rule, now());
  const text = `${folder}: ${cells(removed)} removed (${megabytes(removedBytes)}), ${cells(kept)} left (${megabytes(keptBytes)})`;
  if (!values.quiet) stdout.write(`${text}\n`);
  return DONE;
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * MS_PER_DAY);
}

function cells(number: number): string {
  return `${count(number)} ${number === 1 ? 'cell' : 'cells'}`;
}

function megabytes(bytes: number): string {
  return `${(bytes / BYTES_PER_MB).toFixed(1)} MB`;
}

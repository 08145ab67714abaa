import { writeFile } from 'node:fs/promises';
import { InputError } from '../errors.js';
import { shippedNames } from '../model/catalogue/names.js';
import { starterScenario } from '../scenario/starter/starter.js';
import { shippedRecords } from '../validate/read-shipped.js';
import { parseArguments, usageError } from './arguments.js';
import { DONE } from './exit-status.js';
import type { Surroundings } from './surroundings.js';

const FLAGS = {
  model: { type: 'string', default: 'Llama 3.1 70B' },
  accelerator: { type: 'string', default: 'H200' },
  precision: { type: 'string' },
} as const;

/** `tokenjoule init [FILE] [--model NAME] [--accelerator NAME] [--precision NAME]`: writes a small commented scenario that runs. */
export async function initCommand(args: readonly string[], { stdout }: Surroundings): Promise<number> {
  const { values, positionals } = parseArguments('init', args, FLAGS);
  const [file = 'scenario.yaml', ...more] = positionals;
  if (more.length > 0) throw usageError('init', 'name one file at most');
  const { model, accelerator, precision } = values;
  const wish = { model, accelerator, ...(precision !== undefined && { precision }) };
  const starter = starterScenario(wish, await shippedRecords('throughput-tensorrt-llm.csv'), shippedNames());
  if ('problem' in starter) throw new InputError([{ file: 'tokenjoule init', key: '', message: starter.problem }]);
  await writeNew(file, starter.text);
  stdout.write(`${file} written; next: tokenjoule run ${file}\n`);
  return DONE;
}

/** Writes a file that is not there yet: a scenario of one's own is not replaced. */
async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const what = code === 'EEXIST' ? 'is there already; name another file' : `cannot be written (${message})`;
    throw new InputError([{ file, key: '', message: what }]);
  }
}

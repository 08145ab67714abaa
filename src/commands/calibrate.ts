import { basename, dirname } from 'node:path';
import { InputError } from '../errors.js';
import { STORED_PRIORS } from '../model/throughput/stored-priors.js';
import { checkWritable, writeFiles } from '../tables/output-folder.js';
import { calibrationText } from '../terminal/calibration-text.js';
import { calibrate } from '../validate/calibrate.js';
import { configurationsOf, type MeasuredConfiguration } from '../validate/configurations.js';
import { readMeasured } from '../validate/read-measured.js';
import { shippedTables } from '../validate/read-shipped.js';
import { listText } from '../words.js';
import { parseArguments, usageError } from './arguments.js';
import { DONE } from './exit-status.js';
import { readTable } from './read-table.js';
import type { Surroundings } from './surroundings.js';

const FLAGS = {
  model: { type: 'string' },
  accelerator: { type: 'string' },
  quantization: { type: 'string' },
  out: { type: 'string', short: 'o' },
  json: { type: 'boolean' },
} as const;

/** `tokenjoule calibrate FILE`: own measurements as the keys of a scenario, printed or written with `--out`. */
export async function calibrateCommand(args: readonly string[], around: Surroundings): Promise<number> {
  const { values, positionals } = parseArguments('calibrate', args, FLAGS);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw usageError('calibrate', 'name one table of measurements');
  const [table, catalogue] = await Promise.all([
    readTable(file).then((bytes) => readMeasured(file, bytes)),
    shippedTables(),
  ]);
  const configuration = onlyOne(file, configurationsOf(table, catalogue, values));
  const calibration = calibrate(configuration, STORED_PRIORS);
  if (calibration === undefined) throw notUsable(file, configuration);
  const text = calibrationText(calibration, basename(file));
  if (values.out !== undefined) {
    await checkWritable(dirname(values.out));
    await writeFiles(dirname(values.out), [{ name: basename(values.out), content: text }], { signal: around.signal });
  }
  if (values.json) around.stdout.write(`${JSON.stringify(calibration, null, 2)}\n`);
  else around.stdout.write(values.out === undefined ? text : `calibrated ${calibration.name}: ${values.out}\n`);
  return DONE;
}

/** @throws InputError unless there is one configuration */
function onlyOne(file: string, found: readonly MeasuredConfiguration[]): MeasuredConfiguration {
  if (found.length === 1) return found[0];
  const names = listText(found.map(({ name }) => name));
  const message =
    found.length === 0
      ? 'no row is of a known model, accelerator and precision that fits --model, --accelerator and --quantization'
      : `holds ${found.length} configurations; choose one with --model, --accelerator and --quantization: ${names}`;
  throw new InputError([{ file, key: '', message }]);
}

function notUsable(file: string, { name }: MeasuredConfiguration): InputError {
  const needed = 'input_tokens, output_tokens, concurrency_or_batch and output_tokens_per_second_total';
  const message = `${name}: no row states ${needed}, or its chip's node is not in hardware.csv, or it does not fit its memory`;
  return new InputError([{ file, key: '', message }]);
}

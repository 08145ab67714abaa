import { availableParallelism } from 'node:os';
import { checkLimits, limitsOf } from '../limits.js';
import { runScenario } from '../run.js';
import { partFiles, scenarioOfParts } from '../shard/parts.js';
import { partsPool } from '../shard/parts-pool.js';
import { progressDisplay } from '../terminal/progress.js';
import { runText } from '../terminal/run-text.js';
import { openPool } from '../workers/pool.js';
import { parseArguments, usageError, wholeNumber } from './arguments.js';
import type { Surroundings } from './surroundings.js';

const FLAGS = {
  out: { type: 'string', short: 'o', default: 'output' },
  workers: { type: 'string', short: 'j' },
  quiet: { type: 'boolean', short: 'q' },
} as const;

/** `tokenjoule merge DIR…`: the parts in the folders, as one run's tables. */
export async function mergeCommand(args: readonly string[], around: Surroundings): Promise<void> {
  const { values, positionals } = parseArguments('merge', args, FLAGS);
  if (positionals.length === 0) throw usageError('merge', 'name at least one folder of parts');
  const workers =
    values.workers === undefined ? availableParallelism() : wholeNumber('merge', '--workers', values.workers, 0);
  const files = await partFiles(positionals);
  const { scenario } = await scenarioOfParts(files);
  checkLimits(files[0], scenario, limitsOf(around.environment));
  const pool = partsPool(files, scenario, await openPool(workers));
  const progress = progressDisplay(scenario.name, around.stderr, around.seconds);
  try {
    const report = await runScenario(pool, scenario, {
      workers,
      out: values.out,
      keepSamples: false,
      now: around.now,
      signal: around.signal,
      ...(values.quiet ? {} : { onProgress: progress.update }),
    });
    progress.clear();
    if (!values.quiet) around.stdout.write(`${runText(report)}\n`);
  } finally {
    await pool.close();
  }
}

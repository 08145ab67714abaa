import { blockRanges } from '../blocks/block-ranges.js';
import { allBlocks } from '../blocks/blocks.js';
import { drawSeconds } from '../engine/draw-seconds.js';
import { KERNEL_NAMES } from '../engine/load-engine.js';
import { checkLimits, limitsOf } from '../plan/limits.js';
import { runScenario } from '../run/run.js';
import { partFiles, scenarioOfParts } from '../shard/parts.js';
import { partsPool } from '../shard/parts-pool.js';
import { paletteFor } from '../terminal/color.js';
import { progressDisplay } from '../terminal/progress.js';
import { runText } from '../terminal/run-text.js';
import { openPool } from '../workers/open-pool.js';
import { oneOf, outFolder, parseArguments, usageError } from './arguments.js';
import { DONE } from './exit-status.js';
import { RUN_FLAGS } from './flags.js';
import type { Surroundings } from './surroundings.js';
import { threadsFor, wantedThreads } from './threads.js';

const FLAGS = {
  out: RUN_FLAGS.out,
  workers: { type: 'string', short: 'j' },
  kernel: RUN_FLAGS.kernel,
  quiet: { type: 'boolean', short: 'q' },
} as const;

/** `tokenjoule merge DIR…`: the parts in the folders, as one run's tables. */
export async function mergeCommand(args: readonly string[], around: Surroundings): Promise<number> {
  const { values, positionals } = parseArguments('merge', args, FLAGS);
  if (positionals.length === 0) throw usageError('merge', 'name at least one folder of parts');
  const wanted = wantedThreads('merge', values.workers);
  const kernel = oneOf('merge', '--kernel', values.kernel, KERNEL_NAMES);
  const files = await partFiles(positionals);
  const { scenario } = await scenarioOfParts(files);
  checkLimits(files[0], scenario, limitsOf(around.environment));
  const workers = threadsFor(
    wanted,
    (threads) => blockRanges(allBlocks(scenario.samples), threads).length,
    drawSeconds(scenario, kernel),
  );
  const pool = partsPool(files, scenario, await openPool(workers, undefined, kernel));
  const progress = progressDisplay(scenario.name, around.stderr, around.seconds);
  try {
    const report = await runScenario(pool, scenario, {
      out: outFolder('merge', values.out),
      keepSamples: false,
      now: around.now,
      seconds: around.seconds,
      signal: around.signal,
      ...(values.quiet ? {} : { onProgress: progress.update }),
    });
    progress.clear();
    const palette = paletteFor(around.stdout, around.environment, false);
    if (!values.quiet) around.stdout.write(`${runText(report, palette, 'energy', around.stdout.columns)}\n`);
    return DONE;
  } finally {
    await pool.close();
  }
}

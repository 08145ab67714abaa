import { loadEngine } from '../engine/load-engine.js';
import { limitsOf } from '../plan/limits.js';
import { printableLine } from '../printable.js';
import type { ResolvedRegime, ResolvedScenario } from '../scenario/resolved.js';
import { annotate } from '../usage/annotate.js';
import { UsageEstimator } from '../usage/estimate-usage.js';
import { checkRecords, readRecords } from '../usage/read-records.js';
import { counted } from '../words.js';
import { runnerOf } from '../workers/open-pool.js';
import { poolOn } from '../workers/pool.js';
import { parseArguments, usageError, wholeNumber } from './arguments.js';
import { DONE } from './exit-status.js';
import { ANNOTATE_FLAGS } from './flags.js';
import { loadWithin } from './load-within.js';
import type { Surroundings } from './surroundings.js';

/** Records that are held in memory at once. */
const AT_ONCE = 1000;

/**
 * `tokenjoule annotate SCENARIO RECORDS`: records of usage, one JSON mapping a line with OpenTelemetry's `gen_ai.usage.*`, with what
 * each query came to by the scenario's models and site. Those that cannot be annotated pass through, and are counted by cause.
 */
export async function annotateCommand(args: readonly string[], around: Surroundings): Promise<number> {
  const { values, positionals } = parseArguments('annotate', args, ANNOTATE_FLAGS);
  const [file, records] = positionals;
  if (records === undefined || positionals.length > 2)
    throw usageError('annotate', 'name a scenario file and a file of records, one JSON mapping a line');
  const samples = wholeNumber('annotate', '--samples', values.samples, 1);
  const scenario = await loadWithin(limitsOf(around.environment), file, { set: values.set ?? [], samples });
  const regime = regimeOf(scenario, values.regime);
  await checkRecords(records);
  const runner = await runnerOf(await loadEngine(), 0);
  const estimator = new UsageEstimator(scenario, regime, poolOn(runner));
  const causes = new Map<string, number>();
  let annotated = 0;
  for await (const some of readRecords(records, AT_ONCE)) {
    const results = await annotate(some, estimator, values.model, around.signal);
    around.stdout.write(results.map(({ record }) => `${JSON.stringify(record)}\n`).join(''));
    for (const { why } of results) {
      if (why === undefined) annotated++;
      else causes.set(why, (causes.get(why) ?? 0) + 1);
    }
  }
  await runner.close();
  if (!values.quiet) around.stderr.write(summaryOf(annotated, causes));
  return DONE;
}

function regimeOf({ regimes }: ResolvedScenario, name: string | undefined): ResolvedRegime {
  const regime = name === undefined ? regimes[0] : regimes.find((one) => one.name === name);
  if (regime !== undefined) return regime;
  const known = regimes.map((one) => one.name).join(', ');
  throw usageError('annotate', `--regime takes one of ${known}; found ${JSON.stringify(name)}`);
}

/** How many records were annotated, and why others were not. */
function summaryOf(annotated: number, causes: ReadonlyMap<string, number>): string {
  const lines = [...causes].map(([why, n]) => `${counted(n, 'record')} left as it was: ${why}`);
  return [`${counted(annotated, 'record')} annotated`, ...lines].map((line) => `${printableLine(line)}\n`).join('');
}

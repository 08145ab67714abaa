import { printableLine } from '../printable.js';
import { knownOf } from '../result/known.js';
import type { RunReport } from '../run/run.js';
import type { Palette } from '../terminal/color.js';
import type { ProgressStream } from '../terminal/progress.js';
import { runText } from '../terminal/run-text.js';
import { verdictsText } from '../terminal/verdict-text.js';
import type { Batch } from './batch.js';
import type { BatchRun } from './batch-index.js';
import type { RunState } from './standing-results.js';

/** The last outcome for a reader, apart from those before it. */
export function textOf(
  outcomes: readonly BatchRun[],
  palette: Palette,
  metric: string,
  { columns }: Pick<ProgressStream, 'columns'>,
): string {
  const { verdicts, state, ...report } = outcomes[outcomes.length - 1];
  const expectations = verdicts.length > 0 ? `${verdictsText(verdicts)}\n` : '';
  if (state !== 'drawn') return `${standingText(report, state)}\n${expectations}`;
  return `${outcomes.length > 1 ? '\n' : ''}${runText(report, palette, metric, columns)}\n${expectations}`;
}

function standingText({ scenario, folder }: RunReport, state: RunState): string {
  const unchanged = 'scenario, data and version are unchanged';
  return printableLine(`${scenario.name}: ${state}, ${unchanged}; result in ${folder} (--force draws it anew)`);
}

/** All outcomes of a batch for machines. */
export function runsJson(outcomes: readonly BatchRun[], { failed }: Batch): string {
  return `${JSON.stringify({ runs: outcomes.map(jsonOf), failed }, null, 2)}\n`;
}

/** One run for machines: the tables' rows under the tables' names. */
function jsonOf({ scenario, folder, state, tables, notes, files, seconds, verdicts }: BatchRun) {
  const { summary, throughput, fleet, inputs, load, uncertainty, variance } = tables;
  const { name, seed, samples, sampler = 'pseudo' } = scenario;
  const expectations = verdicts;
  return {
    scenario: name,
    seed,
    samples,
    sampler,
    folder,
    ...(state !== 'drawn' && { state }),
    seconds,
    notes,
    expectations,
    summary,
    throughput,
    fleet,
    inputs,
    ...(load.length > 0 && { load }),
    ...(uncertainty && { uncertainty, known: knownOf(uncertainty) }),
    ...(variance && { variance }),
    files,
  };
}

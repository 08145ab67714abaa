import { splitLines } from '../plan/explain-split.js';
import { limitsOf } from '../plan/limits.js';
import { printableLine } from '../printable.js';
import { doubtsOf } from '../result/doubts.js';
import { offDataNotes } from '../result/off-data-notes.js';
import { mismatches } from '../result/pool-uses.js';
import { strictComplaints } from '../result/strict.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { FORESEEN_DRAWS, foreseenOffData } from '../simulate/foreseen-off-data.js';
import { limitsAtAGlance } from '../simulate/limits-at-a-glance.js';
import { counted } from '../words.js';
import { allOrProblems } from './all-or-problems.js';
import { parseArguments, usageError } from './arguments.js';
import { DONE, UNEXPECTED } from './exit-status.js';
import { loadWithin } from './load-within.js';
import type { Surroundings } from './surroundings.js';

const FLAGS = {
  set: { type: 'string', multiple: true },
  explain: { type: 'boolean' },
  json: { type: 'boolean' },
  strict: { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
} as const;

/**
 * `tokenjoule check FILE…`: everything that a run would refuse, and what its fits do not know. Drawn is no more than tells whether
 * a stated limit is kept, and how many lengths lie off the rows of throughput.
 */
export async function checkCommand(args: readonly string[], { stdout, environment }: Surroundings): Promise<number> {
  const { values, positionals } = parseArguments('check', args, FLAGS);
  if (positionals.length === 0) throw usageError('check', 'name at least one scenario file');
  const limits = limitsOf(environment);
  const overrides = { set: values.set ?? [] };
  const scenarios = await allOrProblems(positionals.map((file) => loadWithin(limits, file, overrides)));
  if (values.json) stdout.write(`${JSON.stringify({ scenarios }, null, 2)}\n`);
  const foreseen = await Promise.all(scenarios.map(foresee));
  if (!values.json && !values.quiet) {
    const explain = values.explain ?? false;
    stdout.write(scenarios.map((scenario, i) => checkText(positionals[i], scenario, foreseen[i], explain)).join(''));
  }
  return values.strict && foreseen.some(({ complaints }) => complaints.length > 0) ? UNEXPECTED : DONE;
}

/** What a few draws tell. */
interface Foreseen {
  /** Limits that are not kept. */
  readonly broken: readonly string[];
  readonly offData: readonly string[];
  /** What a strict reader would not accept. */
  readonly complaints: readonly string[];
}

async function foresee(scenario: ResolvedScenario): Promise<Foreseen> {
  const [broken, shares] = await Promise.all([limitsAtAGlance(scenario), foreseenOffData(scenario)]);
  const draws = counted(Math.min(scenario.samples, FORESEEN_DRAWS), 'draw');
  return {
    broken,
    offData: offDataNotes(shares).map((note) => `${note} (of ${draws})`),
    complaints: [...broken, ...strictComplaints(scenario, shares)],
  };
}

function checkText(file: string, scenario: ResolvedScenario, { broken, offData }: Foreseen, explain: boolean): string {
  const { name, models, regimes, warnings } = scenario;
  const what = `${counted(models.length, 'model')} in ${counted(regimes.length, 'regime')}`;
  const notes = [...broken, ...warnings, ...mismatches(scenario), ...doubtsOf(scenario), ...offData];
  return [
    `${file}: ${name} is valid, ${what}`,
    ...notes.map((note) => printableLine(`${file}: note: ${note}`)),
    ...(explain ? splitLines(scenario).map(printableLine) : []),
    '',
  ].join('\n');
}

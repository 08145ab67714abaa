import { splitLines } from '../plan/explain-split.js';
import { limitsOf } from '../plan/limits.js';
import { printableLine } from '../printable.js';
import { doubtsOf } from '../result/doubts.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
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

/** `tokenjoule check FILE…`: everything that a run would refuse; nothing is drawn but what tells whether a stated limit is kept. */
export async function checkCommand(args: readonly string[], { stdout, environment }: Surroundings): Promise<number> {
  const { values, positionals } = parseArguments('check', args, FLAGS);
  if (positionals.length === 0) throw usageError('check', 'name at least one scenario file');
  const limits = limitsOf(environment);
  const overrides = { set: values.set ?? [] };
  const scenarios = await allOrProblems(positionals.map((file) => loadWithin(limits, file, overrides)));
  if (values.json) stdout.write(`${JSON.stringify({ scenarios }, null, 2)}\n`);
  const broken = await Promise.all(scenarios.map(limitsAtAGlance));
  if (!values.json && !values.quiet) {
    const explain = values.explain ?? false;
    stdout.write(scenarios.map((scenario, i) => checkText(positionals[i], scenario, broken[i], explain)).join(''));
  }
  const doubts = [...broken.flat(), ...scenarios.flatMap(doubtsOf)];
  return values.strict && doubts.length > 0 ? UNEXPECTED : DONE;
}

function checkText(file: string, scenario: ResolvedScenario, broken: readonly string[], explain: boolean): string {
  const { name, models, regimes, warnings } = scenario;
  const what = `${counted(models.length, 'model')} in ${counted(regimes.length, 'regime')}`;
  return [
    `${file}: ${name} is valid, ${what}`,
    ...[...broken, ...warnings, ...doubtsOf(scenario)].map((warning) => printableLine(`${file}: note: ${warning}`)),
    ...(explain ? splitLines(scenario).map(printableLine) : []),
    '',
  ].join('\n');
}

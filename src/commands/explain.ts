import { stepLines } from '../kernel/wasm/explain.js';
import { planLines } from '../plan/explain.js';
import { limitsOf } from '../plan/limits.js';
import { planModels } from '../plan/plan-models.js';
import { parseArguments, usageError } from './arguments.js';
import { DONE } from './exit-status.js';
import { loadWithin } from './load-within.js';
import type { Surroundings } from './surroundings.js';

const FLAGS = { set: { type: 'string', multiple: true } } as const;

/** `tokenjoule explain FILE`: the plan of a scenario's first pass and the kernel's steps, as numbered lines. */
export async function explainCommand(args: readonly string[], { stdout, environment }: Surroundings): Promise<number> {
  const { values, positionals } = parseArguments('explain', args, FLAGS);
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw usageError('explain', 'name one scenario file');
  const scenario = await loadWithin(limitsOf(environment), file, { set: values.set ?? [] });
  const plan = planModels(scenario);
  const steps = stepLines(plan).map((step, i) => `${i + 1}. ${step}`);
  stdout.write(`${['plan', ...planLines(plan), '', 'steps for each block', ...steps].join('\n')}\n`);
  return DONE;
}

import { limitsOf } from '../plan/limits.js';
import { compareForms } from '../result/throughput-forms.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { THROUGHPUT_FORMS } from '../scenario/sections/measurements.js';
import { throughputText } from '../terminal/throughput-text.js';
import { parseArguments, usageError } from './arguments.js';
import { DONE } from './exit-status.js';
import { loadWithin } from './load-within.js';
import type { Surroundings } from './surroundings.js';

const FLAGS = { set: { type: 'string', multiple: true }, json: { type: 'boolean' } } as const;

/** `tokenjoule throughput FILE`: how well each form of throughput predicts the scenario's rows, and which one to choose. */
export async function throughputCommand(
  args: readonly string[],
  { stdout, environment }: Surroundings,
): Promise<number> {
  const { values, positionals } = parseArguments('throughput', args, FLAGS);
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw usageError('throughput', 'name one scenario file');
  const set = values.set ?? [];
  const scenario = await loadWithin(limitsOf(environment), file, { set });
  if (scenario.dataset === undefined)
    throw usageError('throughput', `${file} names no dataset, so there are no rows to fit`);
  const fitted = await Promise.all(
    THROUGHPUT_FORMS.map(async (form) => {
      // A weight of the prompt is of the other forms; the fits do not depend on it.
      const weightless = form === 'request-cost' ? ['prefill_weight=0'] : [];
      const overrides = { set: [...set, ...weightless, `throughput.form=${form}`] };
      return [form, await loadWithin(limitsOf(environment), file, overrides)] as const;
    }),
  );
  const compared = compareForms(new Map(fitted));
  stdout.write(
    values.json ? `${JSON.stringify(compared, null, 2)}\n` : `${throughputText(compared)}\n${offlineText(scenario)}`,
  );
  return DONE;
}

/** What a reader must know of rows that are taken as they are. */
function offlineText({ models }: ResolvedScenario): string {
  const isStated = models.some(({ throughput }) => 'offline_to_service' in throughput);
  if (isStated) return '';
  const remedy = 'where the rows are offline maxima, a service reaches 0.45 to 0.95 of them';
  return `throughput.offline_to_service is 1, the default: ${remedy}\n`;
}

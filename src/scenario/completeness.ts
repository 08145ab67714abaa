import { isMapping, type Mapping } from '../distributions/written.js';
import { INPUTS, inputsBy } from '../model/quantities.js';
import type { Complain } from './kinds/kind.js';
import { misspeltKeys } from './kinds/mapping.js';
import { scenarioFields } from './schema.js';

/** What each regime, and each model, must have, from itself or from the top level. */
const MUST = inputsBy('keys').filter((input) => !('fallback' in INPUTS[input] || 'optional' in INPUTS[input]));
const QUERY_KEYS = MUST.filter((input) => INPUTS[input].stated === 'regime');
const NODE_KEYS = MUST.filter((input) => INPUTS[input].stated === 'model');

/** Keys of the top level, of regimes and of models, all in one: enough to tell a misspelt key. */
const KNOWN_KEYS = [...Object.keys(scenarioFields), 'tps', 'node_seconds'];

/**
 * Complains of what a scenario needs somewhere and has nowhere. Works on what was written, right or wrong, so that these
 * complaints come together with those about single keys.
 */
export function checkCompleteness(written: unknown, complain: Complain): void {
  if (!isMapping(written)) return;
  const top = statedIn(written);
  const lacking = (key: string) => !top.has(key);
  const regimes = entriesOf('regimes', written);
  const models = entriesOf('models', written);
  for (const key of QUERY_KEYS.filter(lacking)) complainOfEach(regimes, key, 'or at the top level', complain);
  for (const key of NODE_KEYS.filter(lacking)) complainOfEach(models, key, 'or at the top level', complain);
  const unknown = models.filter(({ stated }) => !stated.has('node_seconds'));
  if (lacking('throughput')) complainOfEach(unknown, 'tps', 'or name a dataset under throughput', complain);
  if (lacking('models')) complainOfTop(top, complain);
  if (lacking('throughput') && Object.hasOwn(written, 'non_production')) {
    complain(['non_production'], 'needs a dataset: name one under throughput');
  }
}

interface Entry {
  readonly path: readonly [section: string, name: string];
  readonly stated: ReadonlySet<string>;
}

function complainOfEach(entries: readonly Entry[], key: string, otherwise: string, complain: Complain): void {
  const lacking = entries.filter(({ stated }) => !stated.has(key));
  for (const { path } of lacking) complain(path, `${key} is missing: state it here ${otherwise}`);
}

function complainOfTop(top: ReadonlySet<string>, complain: Complain): void {
  for (const key of NODE_KEYS.filter((one) => !top.has(one)))
    complain([], `${key} is missing: state it here, or for each model`);
  if (!top.has('throughput')) complain([], 'throughput is missing: name a dataset, or state models with their tps');
}

function entriesOf(section: string, written: Mapping): Entry[] {
  const inside = Object.hasOwn(written, section) ? written[section] : undefined;
  const entries = isMapping(inside) ? Object.entries(inside) : [];
  return entries
    .filter(([, entry]) => entry === null || isMapping(entry))
    .map(([name, entry]) => ({ path: [section, name], stated: statedIn(isMapping(entry) ? entry : {}) }));
}

/** The keys that a mapping has, misspelt ones as they were meant. */
function statedIn(written: Mapping): ReadonlySet<string> {
  const present = Object.keys(written).filter((key) => written[key] !== undefined);
  const meant = misspeltKeys(written, KNOWN_KEYS).filter((key) => key !== undefined);
  const stated = [...present, ...meant];
  // Rows of a trace have both lengths.
  return new Set([...stated, ...(stated.includes('lengths') ? ['input_tokens', 'output_tokens'] : [])]);
}

import type { Report } from '../errors.js';
import { choiceText, foundText, nearestHint } from '../words.js';
import { type Bounds, intervalOf } from './bounds.js';
import { type Distribution, type FamilyName, families, familyNames, type Simple } from './index.js';
import { parseMixture } from './mixture.js';
import { supportOf } from './support.js';
import { distributionText } from './text.js';
import { isMapping, type Mapping, parseNumber } from './written.js';

const EXAMPLE = '{ lognormal: { p5: 0.4, p95: 0.9 } }';

/**
 * What a user wrote for one uncertain number: the number itself, or a mapping of one family's name to its parameters, with
 * the bounds `min` and `max` beside it if wanted. Reports every problem, and returns undefined if there is one.
 */
export function parseDistribution(written: unknown, report: Report): Distribution | undefined {
  if (typeof written === 'number') return parseSimple('constant', written, report);
  if (isMapping(written)) return parseBounded(written, report);
  report([], `expected a number or a distribution such as ${EXAMPLE}; found ${foundText(written)}`);
  return undefined;
}

function parseBounded(written: Mapping, report: Report): Distribution | undefined {
  const name = familyKey(written, report);
  const bounds = parseBounds(written, report);
  const distribution = name === undefined ? undefined : parseFamily(name, written[name], report);
  // Fewer than all keys were understood if there is an unknown one, which has its complaint already.
  const isComplete = Object.keys(written).length === 1 + Object.keys(bounds ?? {}).length;
  if (!distribution || !bounds || !isComplete) return undefined;
  const bounded = { ...distribution, ...bounds };
  return canBeDrawn(bounded, report) ? bounded : undefined;
}

/** The one key that names a family. */
function familyKey(written: Mapping, report: Report): string | undefined {
  const keys = Object.keys(written).filter((key) => key !== 'min' && key !== 'max');
  const names = keys.filter((key) => familyNames.includes(key));
  const unknown = keys.filter((key) => !familyNames.includes(key));
  for (const key of unknown) report([key], unknownKeyText(key, names));
  if (unknown.length === 0 && names.length !== 1)
    report([], `expected one distribution such as ${EXAMPLE}; found ${foundText(written)}`);
  return names.length === 1 ? names[0] : undefined;
}

function unknownKeyText(key: string, names: readonly string[]): string {
  if (names.length === 0)
    return `unknown distribution ${key}${nearestHint(key, familyNames)}; expected ${choiceText(familyNames)}`;
  return `unknown key ${key}${nearestHint(key, ['min', 'max'])}; only min and max may stand beside ${names[0]}`;
}

function parseFamily(name: string, written: unknown, report: Report): Distribution | undefined {
  const reportInside: Report = (path, message) => report([name, ...path], message);
  if (name === 'empirical' && isMapping(written) && Object.hasOwn(written, 'file'))
    return parseSimple('recorded', written, reportInside);
  if (name !== 'mixture') return parseSimple(name as FamilyName, written, reportInside);
  const parameters = parseMixture(written, reportInside, parseDistribution);
  return parameters && { family: 'mixture', parameters };
}

function parseSimple<K extends FamilyName>(family: K, written: unknown, report: Report): Simple<K> | undefined {
  const parameters = families[family].parse(written, report);
  return parameters && { family, parameters };
}

/** Undefined if there is a problem; no bounds are an empty record. */
function parseBounds(written: Mapping, report: Report): Bounds | undefined {
  const keys = ['min', 'max'].filter((key) => Object.hasOwn(written, key));
  const entries = keys.map((key) => [key, parseNumber(written[key], report, key)] as const);
  if (entries.some(([, bound]) => bound === undefined)) return undefined;
  const bounds: Bounds = Object.fromEntries(entries);
  const [min, max] = intervalOf(bounds);
  if (min >= max) report(['min'], `min (${min}) must be below max (${max})`);
  return min < max ? bounds : undefined;
}

/** A first look, without loading anything; `compileDistribution` refuses what leaves too little probability. */
function canBeDrawn(distribution: Distribution, report: Report): boolean {
  const [low, high] = supportOf(distribution);
  if (low <= high) return true;
  const { min, max, ...whole } = distribution;
  const [from, to] = supportOf(whole);
  report([], `${distributionText(whole)} has no value within the bounds: it goes from ${from} to ${to}`);
  return false;
}

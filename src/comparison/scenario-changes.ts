import type { Distribution } from '../distributions/index.js';
import { distributionText } from '../distributions/text.js';
import { keyText } from '../errors.js';
import type { Manifest } from '../result/manifest.js';

/** What a manifest says that a result follows from. */
export type Origin = Pick<Manifest, 'engine_version' | 'scenario'>;

/** Keys that say nothing of their own: a name's text, and what follows from the data or the other keys. */
const FOLLOWING: ReadonlySet<string> = new Set(['description', 'expect', 'published', 'warnings', 'dataset']);

/** Of a model, what is fitted to the data. */
const FITTED: ReadonlySet<string> = new Set(['throughput', 'measured']);

/**
 * What one result was made from that the other was not, in words, most telling first: the version, the data, then keys of the
 * scenario with their two values. Empty where all is the same: the results are then the same, too.
 */
export function changesBetween(before: Origin, after: Origin): string[] {
  const data = dataChange(before, after);
  const fits = data === undefined ? new Set<string>() : FITTED;
  return [
    ...(before.engine_version === after.engine_version
      ? []
      : [`version ${before.engine_version} → ${after.engine_version}`]),
    ...(data === undefined ? [] : [data]),
    ...keyChanges(before.scenario, after.scenario, [], new Set([...FOLLOWING, ...fits])),
  ];
}

function dataChange({ scenario: one }: Origin, { scenario: other }: Origin): string | undefined {
  if (one.dataset?.sha256 === other.dataset?.sha256) return undefined;
  const file = other.dataset?.file ?? one.dataset?.file ?? '';
  const rows = `${one.dataset?.rows ?? 0} → ${other.dataset?.rows ?? 0} rows`;
  return one.dataset?.rows === other.dataset?.rows ? `data ${file} changed` : `data ${file} changed, ${rows}`;
}

function keyChanges(one: unknown, other: unknown, path: readonly string[], left: ReadonlySet<string>): string[] {
  if (JSON.stringify(one) === JSON.stringify(other)) return [];
  const [fields, others] = [fieldsOf(one), fieldsOf(other)];
  if (fields === undefined || others === undefined || isDistribution(one) || isDistribution(other))
    return [`${keyText(path)} ${valueText(one)} → ${valueText(other)}`];
  return [...new Set([...fields.keys(), ...others.keys()])]
    .filter((key) => !left.has(key))
    .flatMap((key) => keyChanges(fields.get(key), others.get(key), [...path, key], left));
}

/** The parts of an object by key, of a list of named objects by name; undefined for what has none. */
function fieldsOf(value: unknown): Map<string, unknown> | undefined {
  if (Array.isArray(value)) return value.every(isNamed) ? new Map(value.map((one) => [one.name, one])) : undefined;
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined;
}

function isNamed(value: unknown): value is { readonly name: string } {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';
}

function isDistribution(value: unknown): value is Distribution {
  return typeof value === 'object' && value !== null && 'family' in value && 'parameters' in value;
}

/** Longer values are cut: which key it was says more. */
const LONGEST = 60;

function valueText(value: unknown): string {
  const text = value === undefined ? 'none' : isDistribution(value) ? distributionText(value) : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

import { isMapping, type Mapping } from '../distributions/written.js';
import { keyText, type Path } from '../errors.js';
import { foundText, nearestHint } from '../words.js';

/** `key=value`; a sign of equality within double quotes belongs to a name of the key. */
export const ASSIGNMENT = /^((?:"[^"]*"|[^="])+)=(.*)$/s;

/** How to name a model or a regime that has a sign of equality in its name. */
const EQUALS_IN_NAMES = 'a name with = goes in double quotes: models."a=b".tps=5';

/**
 * The path that a dotted key means in the data: `regimes.traditional.pue`, `models.Llama 3.1 405B.tps`,
 * `published.energy[0].p50`. Names with dots are known by being there; new ones go in double quotes. The last part may
 * be new, all others must exist; complains otherwise.
 */
export function pathOfKey(key: string, data: unknown, complain: (message: string) => void): Path | undefined {
  let parent = data;
  let rest = key;
  const path: (string | number)[] = [];
  while (rest !== '') {
    const part = partOf(rest, parent);
    if (!part || (!isThere(part.name, parent) && (part.rest !== '' || isCut(part.name, parent)))) {
      complain(noSuchPart(part?.name ?? rest, parent, path));
      return undefined;
    }
    path.push(part.name);
    parent = childOf(parent, part.name);
    rest = part.rest;
  }
  return path;
}

/** Mappings whose keys are names that users give; all other keys are checked against the schema. */
const NAMED = new Set(['models', 'regimes', 'blends', 'pathways', 'non_production', 'fleet.mixes']);

/** What is wrong with a path whose last part is a name that nothing in the data has: it would only add it. */
export function unknownName(path: Path, data: unknown): string | undefined {
  const parents = path.slice(0, -1);
  const parent = parents.reduce(childOf, data);
  const name = path[path.length - 1];
  return NAMED.has(keyText(parents)) && !isThere(name, parent) ? noSuchPart(name, parent, parents) : undefined;
}

/** The same data with another value at a path; nothing that was given changes. */
export function withValue(data: unknown, [part, ...rest]: Path, value: unknown): unknown {
  if (part === undefined) return value;
  const child = withValue(childOf(data, part), rest, value);
  if (Array.isArray(data)) return data.map((entry: unknown, i) => (i === part ? child : entry));
  return Object.fromEntries([...Object.entries(isMapping(data) ? data : {}), [part, child]]);
}

interface Part {
  readonly name: string | number;
  readonly rest: string;
}

/** The first part of a key below a parent; undefined if the parent can have no such part. */
function partOf(key: string, parent: unknown): Part | undefined {
  if (Array.isArray(parent)) return positionOf(key, parent.length);
  // `Llama 3.1 70B:` without a value is an empty mapping.
  return isMapping(parent) || parent === null ? nameOf(key, parent ?? {}) : undefined;
}

function positionOf(key: string, length: number): Part | undefined {
  const [all, digits] = /^\[?(\d+)\]?(?:\.|(?=\[)|$)/.exec(key) ?? [];
  if (all === undefined || Number(digits) >= length) return undefined;
  return { name: Number(digits), rest: key.slice(all.length) };
}

function nameOf(key: string, parent: Mapping): Part {
  const [known] = Object.keys(parent)
    .filter((name) => name !== '' && key.startsWith(name) && /^([.[]|$)/.test(key.slice(name.length)))
    .sort((a, b) => b.length - a.length);
  if (known !== undefined) return { name: known, rest: key.slice(known.length).replace(/^\./, '') };
  const [all, quoted, plain] = /^(?:"([^"]*)"|([^.]*))\.?/.exec(key) ?? [key];
  return { name: quoted ?? plain ?? key, rest: key.slice(all.length) };
}

function isThere(name: string | number, parent: unknown): boolean {
  return Array.isArray(parent) || (isMapping(parent) && Object.hasOwn(parent, name));
}

function childOf(parent: unknown, name: string | number): unknown {
  if (Array.isArray(parent)) return parent[Number(name)];
  return isMapping(parent) && Object.hasOwn(parent, name) ? parent[name] : null;
}

function noSuchPart(name: string | number, parent: unknown, path: Path): string {
  const place = path.length === 0 ? 'the scenario' : keyText(path);
  if (Array.isArray(parent)) return `${place} is a list of ${parent.length}; expected a position from 0, found ${name}`;
  if (parent !== null && !isMapping(parent)) return `${place} is ${foundText(parent)}, without keys; set it as a whole`;
  const hint = isCut(name, parent) ? `; ${EQUALS_IN_NAMES}` : nearestHint(String(name), Object.keys(parent ?? {}));
  return `${place} has no ${name}${hint}`;
}

/** Whether a name was cut at its sign of equality. */
function isCut(name: string | number, parent: unknown): boolean {
  return isMapping(parent) && Object.keys(parent).some((known) => known.startsWith(`${name}=`));
}

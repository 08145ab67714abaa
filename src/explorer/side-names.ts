import { significant } from '../format.js';
import type { Choice } from './choice.js';
import type { Explored } from './explored.js';
import type { Setting } from './setting.js';

/** One side with the scenario that it is of. */
export interface NamedSide {
  readonly choice: Choice;
  readonly explored: Explored;
}

/** Settings that a name tells at most: more would not be read. */
const MOST_TOLD = 2;

/**
 * What the two sides are called wherever they are shown: by what they differ in, each with its own value, as in "PUE 1.3" and "PUE 1.1".
 * Sides that do not differ have one name.
 */
export function sideNames(a: NamedSide, b: NamedSide): readonly [a: string, b: string] {
  const differing = partsOf(a, b).filter(([one, other]) => one !== other);
  if (differing.length === 0) return ['as set', 'as set'];
  const told = differing.slice(0, MOST_TOLD);
  const more = differing.length > MOST_TOLD ? ` and ${differing.length - MOST_TOLD} more` : '';
  const name = (side: 0 | 1) => `${told.map((part) => part[side]).join(', ')}${more}`;
  return [name(0), name(1)];
}

/** What may differ, in words of both sides. */
function partsOf(a: NamedSide, b: NamedSide): (readonly [string, string])[] {
  const names = (['scenario', 'subject', 'regime'] as const).map((key) => [a.choice[key], b.choice[key]] as const);
  const all = new Map([...a.explored.settings, ...b.explored.settings].map((one) => [one.key, one]));
  // Two scenarios differ in much that their names stand for; what somebody has moved in them does not.
  const isMoved = (key: string) => [a, b].some(({ choice }) => Object.hasOwn(choice.values, key));
  const settings = [...all.values()].filter(({ key }) => a.choice.scenario === b.choice.scenario || isMoved(key));
  return [...names, ...settings.map((one) => [textOf(one, a), textOf(one, b)] as const)];
}

function textOf({ key, label }: Setting, { choice, explored }: NamedSide): string {
  const setting = explored.settings.find((one) => one.key === key);
  const value = choice.values[key] ?? setting?.own(choice.regime);
  const [name, ...unit] = label.split(', ');
  const isUnit = unit.length > 0 && unit[0] !== 'median';
  const text = value === undefined ? (setting?.absent ?? 'none') : significant(value);
  return `${name} ${text}${isUnit && value !== undefined ? ` ${unit[0]}` : ''}`;
}

/** A name as part of a file's name: letters, digits and dots. */
export function fileNameOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, LONGEST_PART);
}

/** File names stay short where several of these are put together. */
const LONGEST_PART = 60;

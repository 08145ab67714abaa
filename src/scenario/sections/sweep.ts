import { DIMENSIONS as SOBOL_DIMENSIONS } from '../../random/sobol-points.js';
import { anything } from '../kinds/anything.js';
import { either } from '../kinds/either.js';
import { optional, required } from '../kinds/field.js';
import { type Complain, type Kind, mistyped, type Value } from '../kinds/kind.js';
import { list } from '../kinds/list.js';
import { mapping } from '../kinds/mapping.js';
import { type Named, named } from '../kinds/named.js';
import { integer, number } from '../kinds/number.js';
import { oneOf } from '../kinds/one-of.js';

/**
 * Points of one range, and of one sampled design: far above any limit on cells, and small enough to be counted exactly.
 */
const MAX_POINTS = 1e6;

/**
 * Cells that a sweep may have, whatever its file or an option says: each is a scenario of some 10 kB that stands in
 * memory, so that these take about a GB. Counted before any is made.
 */
export const MOST_CELLS = 100_000;

/** What no sweep may set: it is about the file or about others' figures, and changes no draw. */
const NOT_SWEPT = ['version', 'name', 'description', 'published', 'expect', 'sweep'];

const positive = number({ above: 0 });
const points = required(integer({ min: 1, max: MAX_POINTS }), 'How many values, both ends among them.');

function ends(kind: Kind<number>) {
  return { from: required(kind, 'First value.'), to: required(kind, 'Last value.') };
}

const listOfValues: Kind<readonly unknown[]> = {
  ...list(anything),
  expected: 'a list with at least one value',
  check: (written, context) =>
    Array.isArray(written) && written.length > 0 ? written : mistyped(listOfValues, written, context),
  schema: { type: 'array', minItems: 1 },
};

const labelled = optional(
  named(anything, { thing: 'value' }),
  'Values by the name that stands for each in the results.',
);

const steps = {
  linear: optional(mapping({ ...ends(number({})), points }), 'Values at equal distances.'),
  log: optional(mapping({ ...ends(positive), points }), 'Values at equal ratios.'),
  named: labelled,
};

const spans = {
  linear: optional(mapping(ends(number({}))), 'Any value between, evenly spread.'),
  log: optional(mapping(ends(positive)), 'Any value between, evenly spread in its logarithm.'),
  named: labelled,
};

/** The values of one parameter: a list, a named list, or a range with a number of points. */
export const gridAxis = either(listOfValues, mapping(steps, exactlyOne));

/** The same for a sampled parameter; its ranges have no points of their own. */
export const sampledAxis = either(listOfValues, mapping(spans, exactlyOne));

const KEY = 'Values by the dotted path of the key that they are for';

/** Runs of one scenario over many values of some of its keys: every cell of `over`, times `zip`, times `sample`. */
export const sweep = mapping(
  {
    over: optional(named(gridAxis, { thing: 'swept key' }, noRepeats), `${KEY}: every combination.`),
    zip: optional(named(gridAxis, { thing: 'swept key' }, sameLength), `${KEY}: first with first, and so on.`),
    sample: optional(
      mapping(
        {
          method: required(oneOf('sobol', 'latin-hypercube'), 'How points are spread over all parameters at once.'),
          points: required(integer({ min: 1, max: MAX_POINTS }), 'How many points.'),
          over: required(named(sampledAxis, { thing: 'swept key' }), `${KEY}.`),
        },
        checkDimensions,
      ),
      'Points spread over many parameters, where a grid would have too many cells.',
    ),
    limit: optional(
      integer({ min: 1, max: MOST_CELLS }),
      'The most cells that a sweep of this file may have; 10,000 if absent.',
    ),
  },
  (sweep, complain) => {
    checkKeys(sweep, complain);
    checkCells(sweep, complain);
  },
);

export type GridAxis = Value<typeof gridAxis>;
export type SampledAxis = Value<typeof sampledAxis>;
export type Sweep = Value<typeof sweep>;

/** How many values a parameter has. */
export function axisLength(axis: GridAxis): number {
  if (!('length' in axis)) return axis.linear?.points ?? axis.log?.points ?? Object.keys(axis.named ?? {}).length;
  return axis.length;
}

function exactlyOne(axis: object, complain: Complain): void {
  const forms = Object.keys(axis);
  if (forms.length !== 1) complain([], `expected one of linear, log or named; found ${forms.join(' and ') || 'none'}`);
}

function checkDimensions({ method, over }: { method: string; over: object }, complain: Complain): void {
  const { length } = Object.keys(over);
  if (method === 'sobol' && length > SOBOL_DIMENSIONS)
    complain(['over'], `sobol covers ${SOBOL_DIMENSIONS} keys, found ${length}; use method: latin-hypercube`);
}

/** The same value twice makes the same cell twice: mostly decimal commas, which `[1,1]` has none of. */
function noRepeats(axes: Named<GridAxis>, complain: Complain): void {
  for (const [key, axis] of Object.entries(axes)) {
    const texts = 'length' in axis ? axis.map((value) => JSON.stringify(value)) : [];
    const i = texts.findIndex((text, at) => texts.indexOf(text) < at);
    if (i < 0) continue;
    complain([key, i], `${texts[i]} is listed twice${commaHint(texts)}`);
  }
}

/**
 * What a list of whole numbers would be with decimal commas, as an end of a complaint about it: `; with decimals it is
 * 0.5,0.6`.
 */
export function commaHint(values: readonly string[]): string {
  if (values.length % 2 !== 0 || !values.every((value) => /^\d+$/.test(value))) return '';
  const decimals = values.flatMap((whole, i) => (i % 2 === 0 ? [`${whole}.${values[i + 1]}`] : []));
  return `; a list with decimals is ${decimals.join(',')}`;
}

function sameLength(axes: Named<GridAxis>, complain: Complain): void {
  const lengths = Object.entries(axes).map(([key, axis]) => `${key} has ${axisLength(axis)}`);
  if (new Set(Object.values(axes).map(axisLength)).size > 1)
    complain([], `zipped keys need equally many values; ${lengths.join(', ')}`);
}

/** What the rules of a sweep look at: said here, as `Sweep` itself is made from a kind that has them. */
interface Sections {
  readonly over?: Named<GridAxis>;
  readonly zip?: Named<GridAxis>;
  readonly sample?: { readonly points: number; readonly over: object };
}

/** How many cells a sweep has, counted without making any; 0 where nothing is swept. */
export function cellCount({ over = {}, zip = {}, sample }: Sections): number {
  const [zipped] = Object.values(zip);
  const isEmpty = Object.keys(over).length === 0 && zipped === undefined && sample === undefined;
  const grid = Object.values(over).reduce((product, axis) => product * axisLength(axis), isEmpty ? 0 : 1);
  return grid * (zipped === undefined ? 1 : axisLength(zipped)) * (sample?.points ?? 1);
}

function checkCells(sections: Sections, complain: Complain): void {
  const cells = cellCount(sections);
  if (cells > MOST_CELLS)
    complain([], `${cells} cells, at most ${MOST_CELLS} in one sweep; name fewer values, or divide it into several`);
}

function checkKeys({ over = {}, zip = {}, sample }: Sections, complain: Complain): void {
  const places = [
    ...Object.keys(over).map((key) => ['over', key] as const),
    ...Object.keys(zip).map((key) => ['zip', key] as const),
    ...Object.keys(sample?.over ?? {}).map((key) => ['sample', 'over', key] as const),
  ];
  const keys = places.map((place) => place[place.length - 1]);
  keys.forEach((key, i) => {
    if (keys.indexOf(key) < i) complain(places[i], 'swept twice; state it in one place', 'key');
    if (NOT_SWEPT.includes(key.split(/[.[]/)[0])) complain(places[i], 'cannot be swept: it changes no draw', 'key');
  });
}

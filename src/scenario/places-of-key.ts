import { isMapping } from '../distributions/written.js';

/**
 * Where a key may stand by a JSON Schema of nested mappings, in words: `at the top level`, `in regimes.<name>`. The outermost place,
 * and others where the same may be said: a key of that name for something else is none that was meant. Keys within references (what a
 * distribution is made of) are not looked for.
 */
export function placesOfKey(schema: object, key: string): readonly string[] {
  const places: Placed[] = [];
  for (let level: readonly Placed[] = [{ within: [], name: '', schema }]; level.length > 0; ) {
    level = level.flatMap(placedBelow);
    places.push(...level.filter(({ name }) => name === key));
  }
  const alike = places.filter((place) => meaningOf(place) === meaningOf(places[0]));
  return [...new Set(alike.map(({ within }) => (within.length === 0 ? 'at the top level' : `in ${within.join('.')}`)))];
}

/** What stands at a key of a mapping; a key that the user chooses is `<name>`. */
interface Placed {
  readonly within: readonly string[];
  readonly name: string;
  readonly schema: unknown;
}

/** The schema but for its words and what holds if nothing is said. */
function meaningOf({ schema }: Placed): string {
  const { description, default: fallback, ...value } = isMapping(schema) ? schema : {};
  return JSON.stringify(value);
}

/** What stands one key deeper; alternatives and entries of lists stand where their whole does. */
function placedBelow({ within, name, schema }: Placed): Placed[] {
  if (!isMapping(schema)) return [];
  const { properties, additionalProperties, anyOf, items } = schema;
  const inside = name === '' ? within : [...within, name];
  const named = Object.entries(isMapping(properties) ? properties : {});
  const same = [...(Array.isArray(anyOf) ? anyOf : []), ...(isMapping(items) ? [items] : [])];
  return [
    ...named.map(([key, schema]) => ({ within: inside, name: key, schema })),
    ...(isMapping(additionalProperties) ? [{ within: inside, name: '<name>', schema: additionalProperties }] : []),
    ...same.flatMap((schema) => placedBelow({ within, name, schema })),
  ];
}

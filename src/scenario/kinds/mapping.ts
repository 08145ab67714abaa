import { isMapping, type Mapping } from '../../distributions/written.js';
import { choiceText, nearest } from '../../words.js';
import type { AnyField, Field, Fields } from './field.js';
import { type Complain, type Context, type Kind, mistyped, under, type Value } from './kind.js';

/** What a mapping of these fields becomes: those that may be absent are optional. */
export type MappingValue<F extends Fields> = {
  readonly [K in keyof F as F[K] extends Field<unknown, true> ? K : never]: Value<F[K]['kind']>;
} & {
  readonly [K in keyof F as F[K] extends Field<unknown, true> ? never : K]?: Value<F[K]['kind']>;
};

/** A check over several keys, made once each of them is right by itself. */
export type Rule<T> = (value: T, complain: Complain) => void;

/** A mapping with fixed keys; any other key is refused. */
export function mapping<F extends Fields>(fields: F, rule?: Rule<MappingValue<F>>): Kind<MappingValue<F>> {
  const kind: Kind<MappingValue<F>> = {
    expected: `a mapping of ${Object.keys(fields).join(', ')}`,
    alternatives: [shortly(Object.keys(fields))],
    fits: isMapping,
    check(written, context) {
      if (!isMapping(written)) return mistyped(kind, written, context);
      const allKnown = complainOfUnknown(fields, written, context);
      const value = checkFields(fields, written, context);
      if (value) rule?.(value, context.complain);
      return allKnown ? value : undefined;
    },
    get schema() {
      return schemaOf(fields);
    },
  };
  return kind;
}

/** The same, where a key without a value (`Llama 3.1 70B:`) counts as an empty mapping. */
export function mappingOrNothing<F extends Fields>(fields: F): Kind<MappingValue<F>> {
  const kind = mapping(fields);
  return {
    ...kind,
    check: (written, context) => kind.check(written ?? {}, context),
    get schema() {
      return { ...kind.schema, type: ['object', 'null'] };
    },
  };
}

/** The same, recognised among alternatives by having one of its keys, or nearly so. */
export function mappingWithItsKeys<F extends Fields>(fields: F, rule?: Rule<MappingValue<F>>): Kind<MappingValue<F>> {
  const known = Object.keys(fields);
  const kind = mapping(fields, rule);
  return {
    ...kind,
    fits: (written) => isMapping(written) && hasOneOf(known, written),
    check: kind.check,
    get schema() {
      return kind.schema;
    },
  };
}

function hasOneOf(known: readonly string[], written: Mapping): boolean {
  const keys = Object.keys(written);
  return keys.some((key) => known.includes(key)) || keys.some((key) => nearest(key, known) !== undefined);
}

/**
 * Unknown keys of one mapping that are held against the known ones: of a file of another kind there are ten thousands.
 */
const MOST_HINTED = 100;

function complainOfUnknown(fields: Fields, written: Mapping, { complain, placesOf }: Context): boolean {
  const unknown = Object.keys(written).filter((key) => !Object.hasOwn(fields, key));
  unknown.forEach((key, i) => {
    const hinted = i < MOST_HINTED;
    complain([key], hinted ? unknownKey(key, Object.keys(fields), placesOf(key)) : 'unknown key', 'key');
  });
  return unknown.length === 0;
}

function unknownKey(key: string, known: readonly string[], elsewhere: readonly string[]): string {
  const meant = nearest(key, known);
  if (meant !== undefined) return `unknown key; did you mean ${meant}?`;
  if (elsewhere.length > 0) return `unknown here; it belongs ${choiceText(elsewhere)}`;
  return `unknown key; valid here: ${known.join(', ')}`;
}

/** Keys of a mapping beside other alternatives: `{ coupled: … }`. */
function shortly(keys: readonly string[]): string {
  const more = keys.length > MOST_NAMED ? ', …' : '';
  return `{ ${keys.slice(0, MOST_NAMED).join(': …, ')}: …${more} }`;
}

const MOST_NAMED = 3;

/** Known keys that unknown ones of a mapping were meant for: of those it is enough to say that they are misspelt. */
export function misspeltKeys(written: Mapping, known: readonly string[]): (string | undefined)[] {
  const unknown = Object.keys(written).filter((key) => !known.includes(key));
  return unknown.slice(0, MOST_HINTED).map((key) => nearest(key, known));
}

function checkFields<F extends Fields>(fields: F, written: Mapping, context: Context): MappingValue<F> | undefined {
  const misspelt = misspeltKeys(written, Object.keys(fields));
  const entries = Object.entries(fields).map(([key, field]) => {
    const present = Object.hasOwn(written, key) && written[key] !== undefined;
    if (!present) return missing(key, field, misspelt.includes(key), context);
    return { key, value: field.kind.check(written[key], under(key, context)), absent: false };
  });
  if (entries.some(({ value, absent }) => value === undefined && !absent)) return undefined;
  const present = entries.filter(({ absent }) => !absent);
  // The fields' own checks made each value; that they make up the type is what MappingValue says.
  return Object.fromEntries(present.map(({ key, value }) => [key, value])) as MappingValue<F>;
}

function missing(key: string, { kind, about, fallback, sure }: AnyField, misspelt: boolean, context: Context) {
  if (fallback !== undefined) return { key, value: kind.check(fallback, context), absent: false };
  if (sure && !misspelt) context.complain([], `${key} is missing: ${about}`);
  return { key, value: undefined, absent: !sure };
}

function schemaOf(fields: Fields): object {
  const entries = Object.entries(fields);
  const property = ({ kind, about, fallback }: AnyField) => ({
    description: about,
    ...(fallback !== undefined && { default: fallback }),
    ...kind.schema,
  });
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([key, field]) => [key, property(field)])),
    required: entries.filter(([, { sure, fallback }]) => sure && fallback === undefined).map(([key]) => key),
    additionalProperties: false,
  };
}

/** Just enough of JSON Schema (draft 2020-12) to check scenarios: the keywords that ours uses, and no other. */
type Schema = Readonly<Record<string, unknown>>;
type Check = (value: unknown, schema: Schema, root: Schema) => boolean;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
  null: (value) => value === null,
};

const onNumber =
  (holds: (value: number, limit: number) => boolean, key: string): Check =>
  (value, schema) =>
    typeof value !== 'number' || holds(value, schema[key] as number);

const onLength =
  (
    holds: (length: number, limit: number) => boolean,
    key: string,
    lengthOf: (value: unknown) => number | undefined,
  ): Check =>
  (value, schema) => {
    const length = lengthOf(value);
    return length === undefined || holds(length, schema[key] as number);
  };

const textLength = (value: unknown) => (typeof value === 'string' ? value.length : undefined);
const listLength = (value: unknown) => (Array.isArray(value) ? value.length : undefined);
const keyCount = (value: unknown) => (isObject(value) ? Object.keys(value).length : undefined);

const note: Check = () => true;

const KEYWORDS: Readonly<Record<string, Check>> = {
  $schema: note,
  $defs: note,
  title: note,
  description: note,
  default: note,
  type: (value, { type }) => [type].flat().some((name) => TYPES[name as string](value)),
  enum: (value, schema) => (schema.enum as unknown[]).includes(value),
  const: (value, schema) => schema.const === value,
  anyOf: (value, { anyOf }, root) => (anyOf as Schema[]).some((one) => accepts(one, value, root)),
  oneOf: (value, { oneOf }, root) => (oneOf as Schema[]).filter((one) => accepts(one, value, root)).length === 1,
  $ref: (value, { $ref }, root) => accepts(resolved($ref as string, root), value, root),
  required: (value, { required }) =>
    !isObject(value) || (required as string[]).every((key) => Object.hasOwn(value, key)),
  properties: (value, { properties }, root) =>
    !isObject(value) ||
    Object.entries(properties as Schema).every(
      ([key, one]) => !Object.hasOwn(value, key) || accepts(one as Schema, value[key], root),
    ),
  additionalProperties: (value, { properties = {}, additionalProperties }, root) =>
    !isObject(value) ||
    Object.keys(value)
      .filter((key) => !Object.hasOwn(properties as object, key))
      .every((key) => additionalProperties !== false && accepts(additionalProperties as Schema, value[key], root)),
  items: (value, { items }, root) =>
    !Array.isArray(value) || value.every((entry) => accepts(items as Schema, entry, root)),
  uniqueItems: (value) => !Array.isArray(value) || new Set(value).size === value.length,
  pattern: (value, { pattern }) => typeof value !== 'string' || new RegExp(pattern as string, 'u').test(value),
  minimum: onNumber((value, limit) => value >= limit, 'minimum'),
  maximum: onNumber((value, limit) => value <= limit, 'maximum'),
  exclusiveMinimum: onNumber((value, limit) => value > limit, 'exclusiveMinimum'),
  exclusiveMaximum: onNumber((value, limit) => value < limit, 'exclusiveMaximum'),
  minLength: onLength((length, limit) => length >= limit, 'minLength', textLength),
  maxLength: onLength((length, limit) => length <= limit, 'maxLength', textLength),
  minItems: onLength((length, limit) => length >= limit, 'minItems', listLength),
  maxItems: onLength((length, limit) => length <= limit, 'maxItems', listLength),
  minProperties: onLength((length, limit) => length >= limit, 'minProperties', keyCount),
  maxProperties: onLength((length, limit) => length <= limit, 'maxProperties', keyCount),
};

/** Whether a schema accepts a value; throws on a keyword that is not known here. */
export function accepts(schema: Schema, value: unknown, root: Schema = schema): boolean {
  return Object.keys(schema).every((keyword) => {
    if (!Object.hasOwn(KEYWORDS, keyword)) throw new Error(`unknown keyword ${keyword}`);
    return KEYWORDS[keyword](value, schema, root);
  });
}

function resolved(reference: string, root: Schema): Schema {
  return reference
    .replace('#/', '')
    .split('/')
    .reduce((schema, key) => schema[key] as Schema, root);
}

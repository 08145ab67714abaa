import type { Report } from '../errors.js';
import type { Family } from './distribution.js';
import { type Mapping, parseMapping, parseNumber, sameKeys } from './written.js';

/** Finite numbers by key, as a user wrote them: `{ p5: 0.4, p95: 0.9 }`. */
export type Numbers = Readonly<Record<string, number>>;

/** Parameters that remember how they were written, for texts; absent where they were made by a program. */
export interface Written {
  readonly written?: Numbers;
}

/** Values that a key accepts. */
export interface Range {
  /** Completes "p5 must be …"; absent where each finite number will do. */
  readonly text?: string;
  contains(x: number): boolean;
  readonly schema: object;
}

export const anyNumber: Range = { contains: () => true, schema: { type: 'number' } };

export const positive: Range = {
  text: 'above 0',
  contains: (x) => x > 0,
  schema: { type: 'number', exclusiveMinimum: 0 },
};

/** Two keys whose values must ascend. */
interface Order {
  readonly lower: string;
  readonly upper: string;
  readonly strict: boolean;
}

/** One set of keys that says all about a distribution. */
export interface Form<P> {
  readonly ranges: Readonly<Record<string, Range>>;
  readonly orders: readonly Order[];
  /** What a reader of the schema must know of it. */
  readonly description?: string;
  parameters(values: Numbers): P;
}

export function below<K extends string>(lower: K, upper: K) {
  return { lower, upper, strict: true };
}

export function notAbove<K extends string>(lower: K, upper: K) {
  return { lower, upper, strict: false };
}

/** Types a form: the keys of `ranges` are the ones that `parameters` reads and `orders` compare. */
export function form<K extends string, P>(
  ranges: Readonly<Record<K, Range>>,
  parameters: (values: Readonly<Record<K, number>>) => P,
  ...orders: { lower: NoInfer<K>; upper: NoInfer<K>; strict: boolean }[]
): Form<P> {
  return { ranges, orders, parameters };
}

/** A form with a word for the reader of the schema. */
export function described<P>(description: string, form: Form<P>): Form<P> {
  return { ...form, description };
}

/** The reading half of a family whose parameters are written in one of several forms. */
export function writtenAs<P extends object>(forms: readonly Form<P>[]): Pick<Family<P & Written>, 'parse' | 'schema'> {
  return { parse: (written, report) => parseForms(forms, written, report), schema: schemaOf(forms) };
}

function parseForms<P extends object>(
  forms: readonly Form<P>[],
  written: unknown,
  report: Report,
): (P & Written) | undefined {
  const keySets = forms.map(({ ranges }) => Object.keys(ranges));
  const mapping = parseMapping(written, keySets, report);
  return mapping && parseForm(forms[keySets.findIndex((keys) => sameKeys(keys, mapping))], mapping, report);
}

function parseForm<P extends object>(form: Form<P>, written: Mapping, report: Report): (P & Written) | undefined {
  const values = parseValues(form.ranges, written, report);
  if (!values || !inOrder(form, values, report)) return undefined;
  const parameters = form.parameters(values);
  if (Object.values(parameters).every(Number.isFinite)) return { ...parameters, written: values };
  report([], 'these values are too far apart to compute with');
  return undefined;
}

function parseValues(ranges: Form<unknown>['ranges'], written: Mapping, report: Report): Numbers | undefined {
  const values = Object.entries(ranges).map(
    ([key, range]) => [key, parseIn(range, written[key], report, key)] as const,
  );
  return values.every(([, value]) => value !== undefined) ? (Object.fromEntries(values) as Numbers) : undefined;
}

function parseIn({ text, contains }: Range, written: unknown, report: Report, key: string): number | undefined {
  const value = parseNumber(written, report, key);
  if (value === undefined || contains(value)) return value;
  report([key], `${key} must be ${text}; found ${value}`);
  return undefined;
}

function inOrder({ orders }: Form<unknown>, values: Numbers, report: Report): boolean {
  const wrong = orders.filter(({ lower, upper, strict }) =>
    strict ? values[lower] >= values[upper] : values[lower] > values[upper],
  );
  for (const { lower, upper, strict } of wrong) {
    const rule = strict ? 'must be below' : 'must not be above';
    report([lower], `${lower} (${values[lower]}) ${rule} ${upper} (${values[upper]})`);
  }
  return wrong.length === 0;
}

function schemaOf(forms: readonly Form<unknown>[]): object {
  const schemas = forms.map(({ ranges, description }) => ({
    ...(description && { description }),
    type: 'object',
    properties: Object.fromEntries(Object.entries(ranges).map(([key, { schema }]) => [key, schema])),
    required: Object.keys(ranges),
    additionalProperties: false,
  }));
  return schemas.length === 1 ? schemas[0] : { oneOf: schemas };
}

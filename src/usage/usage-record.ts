/** What one query used, and the model that answered it. */
export interface Usage {
  readonly model: string;
  readonly input_tokens: number;
  readonly output_tokens: number;
  /** Of the input tokens, those that were read from a cache; absent where nobody says. */
  readonly cached_input_tokens?: number;
}

/** A record as JSON has it. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** Attributes of a record by their names. */
type Attributes = ReadonlyMap<string, unknown>;

/**
 * Names by the semantic conventions of OpenTelemetry for generative AI, the present one first: `prompt_tokens` and
 * `completion_tokens` were those of releases before 1.27.
 */
const MODEL = ['gen_ai.response.model', 'gen_ai.request.model'];
const INPUT_TOKENS = ['gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens'];
const OUTPUT_TOKENS = ['gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens'];
const CACHED_TOKENS = ['gen_ai.usage.cache_read.input_tokens'];

/** What a record says of the query's usage, or what it lacks. @param model that of records which name none */
export function usageOf(record: JsonRecord, model?: string): Usage | { readonly lacks: string } {
  const attributes = attributesOf(record);
  const named = first(attributes, MODEL) ?? model;
  if (typeof named !== 'string') return { lacks: MODEL[1] };
  const input_tokens = tokensOf(attributes, INPUT_TOKENS);
  if (input_tokens === undefined) return { lacks: INPUT_TOKENS[0] };
  const output_tokens = tokensOf(attributes, OUTPUT_TOKENS);
  if (output_tokens === undefined) return { lacks: OUTPUT_TOKENS[0] };
  const cached_input_tokens = tokensOf(attributes, CACHED_TOKENS);
  return {
    model: named,
    input_tokens,
    output_tokens,
    ...(cached_input_tokens !== undefined && { cached_input_tokens }),
  };
}

/** The record with more attributes, where and as it has the others. */
export function withAttributes(record: JsonRecord, more: Readonly<Record<string, string | number>>): JsonRecord {
  const { attributes } = record;
  if (Array.isArray(attributes)) {
    const added = Object.entries(more).map(([key, value]) => ({ key, value: otlpValue(value) }));
    return { ...record, attributes: [...attributes, ...added] };
  }
  if (isRecord(attributes)) return { ...record, attributes: { ...attributes, ...more } };
  return { ...record, ...more };
}

/** Whether a value is a mapping. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Attributes of a record: its own keys, a mapping of them, or the list of keys and typed values that OTLP writes. */
function attributesOf(record: JsonRecord): Attributes {
  const { attributes } = record;
  if (Array.isArray(attributes)) {
    const pairs = attributes.filter(isRecord).map(({ key, value }): [string, unknown] => [`${key}`, plainValue(value)]);
    return new Map(pairs);
  }
  return new Map(Object.entries(isRecord(attributes) ? attributes : record));
}

/** What an OTLP value holds: integers are texts there, as JSON's numbers cannot hold all of them. */
function plainValue(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const { stringValue, intValue, doubleValue } = value;
  return stringValue ?? doubleValue ?? (intValue === undefined ? undefined : Number(intValue));
}

function otlpValue(value: string | number): JsonRecord {
  return typeof value === 'string' ? { stringValue: value } : { doubleValue: value };
}

function first(attributes: Attributes, names: readonly string[]): unknown {
  return names.map((name) => attributes.get(name)).find((value) => value !== undefined);
}

/** A count of tokens; undefined where there is none, or something that is none. */
function tokensOf(attributes: Attributes, names: readonly string[]): number | undefined {
  const value = first(attributes, names);
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

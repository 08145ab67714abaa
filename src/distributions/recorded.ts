import type { Family } from './distribution.js';
import { type Recorded, recordWithin, rowChoice, sharesOf, valuesOf } from './record.js';
import { complete, parseMapping, parseText } from './written.js';

/**
 * What a column of a file says, drawn with replacement. The values come once the file is read; they are no part of its text or its
 * JSON, where the hash of the file stands for them.
 */
export interface RecordedParameters {
  /** As written in the scenario. */
  readonly file: string;
  readonly column: string;
  /** Column of weights; absent where every row counts alike. */
  readonly weight?: string;
  /** The variable that chooses a row for several columns at once; absent where the column is drawn by itself. */
  readonly row_of?: string;
  /** What was read; absent until then. */
  readonly record?: Recorded;
}

/** Written as `empirical: { file, column }`; columns that are drawn together come from `lengths`. */
export const recorded: Family<RecordedParameters> = {
  name: 'recorded',
  schema: {
    type: 'object',
    properties: { file: { type: 'string' }, column: { type: 'string' }, weight: { type: 'string' } },
    required: ['file', 'column'],
    additionalProperties: false,
  },
  parse(written, report) {
    const mapping = parseMapping(
      written,
      [
        ['file', 'column'],
        ['file', 'column', 'weight'],
      ],
      report,
    );
    const keys = mapping && Object.keys(mapping);
    const texts = keys && complete(keys.map((key) => parseText(mapping[key], report, key)));
    return texts && (Object.fromEntries(texts.map((text, i) => [keys[i], text])) as unknown as RecordedParameters);
  },
  mean: (parameters) => recordIn(parameters).mean,
  variance: (parameters) => recordIn(parameters).variance,
  support: ({ record }) => (record ? [record.least, record.greatest] : [0, Number.POSITIVE_INFINITY]),
  quantile(parameters) {
    const record = recordIn(parameters);
    const [values, rowOf] = [valuesOf(record), rowChoice(record)];
    return (u) => values[rowOf(u)];
  },
  cdf(parameters) {
    const record = recordIn(parameters);
    const [values, shares] = [valuesOf(record), sharesOf(record)];
    return (x) => {
      const share = (sum: number, value: number, i: number) =>
        value <= x ? sum + shares[i] - (i === 0 ? 0 : shares[i - 1]) : sum;
      return Math.min(1, values.reduce(share, 0));
    };
  },
  restrict(parameters, min, max) {
    if (!parameters.record) return { parameters, mass: 1 };
    const kept = recordWithin(parameters.record, min, max);
    return kept && { parameters: { ...parameters, record: kept.record }, mass: kept.mass };
  },
  async sampler(parameters, uniform) {
    const record = recordIn(parameters);
    const [values, shares] = [valuesOf(record), sharesOf(record)];
    return () => {
      const u = uniform();
      return values[shares.findIndex((share) => share > u)];
    };
  },
};

/** @throws RangeError before the file was read */
export function recordIn({ file, record }: RecordedParameters): Recorded {
  if (record === undefined) throw new RangeError(`${file} was not read before it was drawn from`);
  return record;
}

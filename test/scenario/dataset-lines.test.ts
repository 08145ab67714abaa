// Records of datasets against csv-parse, which reads only what stands outside RFC 4180. What fields mean is tested elsewhere.
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLines } from '../../src/scenario/dataset/lines.js';

async function linesOf(text: string) {
  const complaints: string[] = [];
  const complain = (line: number, message: string) => complaints.push(`${line} ${message}`);
  const lines = await readLines(new TextEncoder().encode(text), complain);
  return { fields: lines.map(({ fields }) => fields), complaints };
}

/** Undefined for what csv-parse refuses. */
function byCsvParse(text: string): string[][] | undefined {
  try {
    return parse(text, { relax_column_count: true, trim: true, record_delimiter: ['\r\n', '\n', '\r'] });
  } catch {
    return undefined;
  }
}

const anything = fc.string({ maxLength: 6 }).map((text) => text.replace(/[\uFEFF\0]/g, ''));
const field = fc.oneof(
  anything.map((text) => text.replace(/[",\r\n]/g, '')),
  anything.map((text) => `"${text.replaceAll('"', '""')}"`),
  fc.constantFrom('', ' a ', '"a,b"', '"a\nb"', '""', '""""', ' "a"', '"a" ', 'a"b', '"a"b'),
);
const line = fc.tuple(fc.array(field, { minLength: 1, maxLength: 4 }), fc.constantFrom('\n', '\r\n', '\r'));
/** After a header, as files of other kinds are told by their first line. */
const file = fc
  .array(line, { maxLength: 5 })
  .map((lines) => ['first,second\n', ...lines.map(([fields, end]) => fields.join(',') + end)].join(''));

test('files of any fields, quotes and ends of lines are read as csv-parse reads them, or refused', () =>
  fc.assert(
    fc.asyncProperty(file, fc.boolean(), async (whole, cut) => {
      const text = cut ? whole.replace(/[\r\n]+$/, '') : whole;
      const { fields, complaints } = await linesOf(text);
      const expected = byCsvParse(text);
      expect(complaints.length === 0).toBe(expected !== undefined);
      expect(fields).toEqual((expected ?? []).filter((record) => record.some((one) => one !== '')));
    }),
    { numRuns: 500, seed: 1 },
  ));

test('a quote in the middle of a field is complained of with its line', async () => {
  expect((await linesOf('a,b\nc,d"e\n')).complaints).toEqual([expect.stringMatching(/^2 not valid CSV: /)]);
});

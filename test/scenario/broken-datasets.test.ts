// What is refused in a dataset, with its line. Not seen here: wrong figures that are possible ones.
import { describe, expect, it } from 'vitest';
import { HEADER, problemsOf, RIGHT, ROWS, resolveText } from './fixtures.js';

const BROKEN: readonly [name: string, csv: string | Uint8Array, ...problems: string[]][] = [
  ['nothing', '', 'data.csv: no rows of data'],
  ['a header alone', `${HEADER}\n`, 'data.csv: no rows of data'],
  [
    'a misspelt column',
    `${HEADER.replace('quantization', 'quantisation')}\nA,FP8,1,1,1\n`,
    'data.csv:1: column quantization is missing (did you mean quantisation?)',
  ],
  ['a column twice', `${HEADER},model\nA,FP8,1,1,1,A\n`, 'data.csv:1: column model stands here 2 times'],
  [
    'wrong fields, all of them',
    `${ROWS}Beta,FP8,1,2\nBeta,FP8,1,2,fast\nBeta,FP8,-1,2,-3\n,FP8,1,2,3\nBeta,FP8,1,2,\n`,
    'data.csv:10: expected 5 fields, as in the header; found 4',
    'data.csv:11: node_tokens_per_second: expected a number above 0; found "fast"',
    'data.csv:12: input_tokens: expected a number of at least 0; found "-1"',
    'data.csv:12: node_tokens_per_second: expected a number above 0; found "-3"',
    'data.csv:13: model is empty',
    'data.csv:14: node_tokens_per_second: expected a number above 0; found nothing',
  ],
  [
    'a wrong field after lines within quotes and blank ones',
    `${HEADER},note\r\nA,FP8,1,1,1,"two\r\nlines"\r\n\r\nA,FP8,1,1,0,\r\n`,
    'data.csv:5: node_tokens_per_second: expected a number above 0; found "0"',
  ],
  ['a NUL byte', `${HEADER}\nA\0,FP8,1,1,1\n`, 'data.csv:2: holds a NUL byte; is this a CSV file?'],
  ['bytes that are not UTF-8', new Uint8Array([0xff, 0xfe, 0x41]), 'data.csv:1: not UTF-8 text'],
  [
    'quotes that are never closed',
    `${HEADER}\n"A,FP8,1,1,1\n`,
    'data.csv:2: not valid CSV: Quote Not Closed: the parsing is finished with an opening quote at line 2',
  ],
];

describe('a broken dataset', () => {
  it.each(BROKEN)('is refused with its lines: %s', async (_, csv, ...problems) => {
    expect(await problemsOf(resolveText(RIGHT, {}, csv))).toEqual(problems);
  });

  it('shows twenty problems and counts the rest', async () => {
    const problems = await problemsOf(resolveText(RIGHT, {}, `${HEADER}\n${'x\n'.repeat(50)}`));
    expect(problems).toHaveLength(21);
    expect(problems[20]).toBe('data.csv: and 30 more problems');
  });
});

describe('a dataset', () => {
  it('may have a byte order mark, Windows line ends, other columns and lengths in words', async () => {
    const csv = `\ufeff${ROWS.replaceAll('\n', ',x\r\n').replace(',x', ',note')}`;
    const scenario = await resolveText(RIGHT, {}, csv);
    expect(scenario.models).toEqual((await resolveText(RIGHT)).models);
    expect(scenario.dataset?.rows).toBe(8);
  });

  it('is known by the SHA-256 of its bytes', async () => {
    const { createHash } = await import('node:crypto');
    expect((await resolveText(RIGHT)).dataset?.sha256).toBe(createHash('sha256').update(ROWS).digest('hex'));
  });
});

// What is refused in a dataset, with its line. Not seen here: wrong figures that are possible ones.
import { gzipSync } from 'node:zlib';
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
  ['a comment among the rows', `${ROWS}# by hand\n`, 'data.csv:10: is a comment; remove it: every line is a row'],
  [
    'a wrong field after lines within quotes and blank ones',
    `${HEADER},note\r\nA,FP8,1,1,1,"two\r\nlines"\r\n\r\nA,FP8,1,1,0,\r\n`,
    'data.csv:5: node_tokens_per_second: expected a number above 0; found "0"',
  ],
  ['a NUL byte', `${HEADER}\nA\0,FP8,1,1,1\n`, 'data.csv:2: holds a NUL byte; is this a CSV file?'],
  [
    'bytes that are not UTF-8',
    Buffer.from(`${HEADER}\nA,FP8,1,1,1,na\xefve\n`, 'latin1'),
    'data.csv:1: not UTF-8 text; expected CSV in UTF-8',
  ],
  [
    'quotes that are never closed',
    `${HEADER}\n"A,FP8,1,1,1\n`,
    'data.csv:2: not valid CSV: Quote Not Closed: the parsing is finished with an opening quote at line 2',
  ],
];

const row = (input: string, output: string, tps: string) => `${HEADER}\nA,FP8,"${input}","${output}","${tps}"\n`;
const LENGTH = 'expected a number of at least 0; found';

/** Text with a digit in it that is no number: refused, as a row left out would make another fit. */
const NEARLY_NUMBERS: readonly [csv: string, ...problems: string[]][] = [
  [
    row('1,024', '1k', '3,732.40'),
    `input_tokens: ${LENGTH} "1,024"; write 1024, or 1.024 if that is meant`,
    `output_tokens: ${LENGTH} "1k"; write 1000, or 1024 if that is meant`,
    'node_tokens_per_second: expected a number above 0; found "3,732.40"; write 3732.4',
  ],
  [
    row('1 024', '1\u202f024', '12 345'),
    `input_tokens: ${LENGTH} "1 024"; write 1024`,
    `output_tokens: ${LENGTH} "1\\u202f024"; write 1024`,
    'node_tokens_per_second: expected a number above 0; found "12 345"; write 12345',
  ],
  [
    row('１２８', '~500', '1.177,80'),
    `input_tokens: ${LENGTH} "１２８"; write 128`,
    `output_tokens: ${LENGTH} "~500"; write 500`,
    'node_tokens_per_second: expected a number above 0; found "1.177,80"; write 1177.8',
  ],
  [
    row('128-2048', '0x80', '900 tok/s'),
    `input_tokens: ${LENGTH} "128-2048"; leave it empty where the source states none`,
    `output_tokens: ${LENGTH} "0x80"; leave it empty where the source states none`,
    'node_tokens_per_second: expected a number above 0; found "900 tok/s"; write 900',
  ],
  [
    row('1e999', '300 tokens', 'Infinity'),
    `input_tokens: ${LENGTH} "1e999"; leave it empty where the source states none`,
    `output_tokens: ${LENGTH} "300 tokens"; write 300`,
    'node_tokens_per_second: expected a number above 0; found "Infinity"',
  ],
];

const OTHER_COLUMNS = 'model,quantization,input_tokens,output_tokens';
const NODE_COLUMN =
  'column node_tokens_per_second is missing: output tokens per second of one whole node, all of its GPUs together; ' +
  'or name yours under throughput.columns';

/** Files that are something else, each known by one complaint. */
const OF_ANOTHER_KIND: readonly [name: string, csv: string | Uint8Array, problem: string][] = [
  [
    'semicolons',
    ROWS.replaceAll(',', ';'),
    'fields are separated by semicolons; separate them by commas, and write decimals with a point',
  ],
  [
    'semicolons and decimal commas',
    `${HEADER.replaceAll(',', ';')}\nA;FP8;385,2;1;9,5\n`,
    'fields are separated by semicolons; separate them by commas, and write decimals with a point',
  ],
  [
    'tabs, with names of its own',
    'Modell\tBits\tTokens\nA\t8\t1\n',
    'fields are separated by tabs; separate them by commas, and write decimals with a point',
  ],
  [
    'bars',
    ROWS.replaceAll(',', '|'),
    'fields are separated by vertical bars; separate them by commas, and write decimals with a point',
  ],
  [
    'a line for spreadsheets',
    `sep=,\n${ROWS}`,
    'begins with sep=,, a line for spreadsheets; remove it: the first line names the columns',
  ],
  ['a comment', `# by hand\n${ROWS}`, 'begins with a comment; remove it: the first line names the columns'],
  [
    'a comment in quotes',
    `"# by hand, 2026"\n${ROWS}`,
    'begins with a comment; remove it: the first line names the columns',
  ],
  ['a remark of SQL', `-- by hand\n${ROWS}`, 'begins with a comment; remove it: the first line names the columns'],
  ['JSON', '[{"model": "A"}]', 'is JSON; expected CSV with a header'],
  ['HTML', '\n<!DOCTYPE html>\n<html></html>', 'is a web page (HTML), not the file that it shows; expected CSV'],
  ['UTF-16 of a little end', utf16(ROWS, true), 'is UTF-16 text; save it as UTF-8'],
  ['UTF-16 of a big end', utf16(ROWS, true).swap16(), 'is UTF-16 text; save it as UTF-8'],
  ['UTF-16 without a mark', utf16(ROWS, false), 'is UTF-16 text; save it as UTF-8'],
  ['gzip', gzipSync(ROWS), 'is compressed (gzip); unpack it first, e.g. with gunzip'],
  [
    'a workbook',
    Buffer.from('PK\x03\x04[Content_Types].xml'),
    'is a ZIP archive, or a workbook of a spreadsheet (.xlsx, .ods); expected CSV',
  ],
  ['Parquet', Buffer.from('PAR1\x15\x04'), 'is a Parquet file; expected CSV'],
  [
    'a pointer of Git LFS',
    'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n',
    'is a pointer of Git LFS, not the file itself; fetch it with git lfs pull',
  ],
];

function utf16(text: string, mark: boolean): Buffer {
  return Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf16le');
}

describe('a number that nearly is one', () => {
  it.each(NEARLY_NUMBERS)('is refused with its column and what to write: %j', async (csv, ...problems) => {
    expect(await problemsOf(resolveText(RIGHT, {}, csv))).toEqual(problems.map((problem) => `data.csv:2: ${problem}`));
  });

  it('is told from words that say that there is none', async () => {
    const csv = `${ROWS}Beta,FP8,Variable,unknown,900\nBeta,FP8,,,900\n`;
    const { models, warnings } = await resolveText(RIGHT, {}, csv);
    expect(models).toEqual((await resolveText(RIGHT)).models);
    expect(warnings.at(-1)).toBe(
      '5 of 10 rows of data.csv are in no fit: 1 of models that are not fitted, ' +
        '2 of FP16 where throughput.quantization is FP8, 2 without numeric lengths',
    );
  });
});

describe('points between thousands', () => {
  const rows = (...numbers: string[]) => `${HEADER}\n${numbers.map((number) => `A,FP8,${number},128,1000\n`).join('')}`;
  const asked = (line: number, text: string, whole: string) =>
    `data.csv:${line}: input_tokens: is ${text} a number of thousands? Write ${whole}, or ${text}0 if that is meant`;

  it('are asked about where all numbers with a point have three digits behind it, beside whole ones', async () => {
    expect(await problemsOf(resolveText(RIGHT, {}, rows('128', '2.048', '16.384')))).toEqual([
      asked(3, '2.048', '2048'),
      asked(4, '16.384', '16384'),
    ]);
  });

  it('are asked about where the number would be very small', async () => {
    expect(await problemsOf(resolveText(RIGHT, {}, rows('1.024', '385.22')))).toEqual([asked(2, '1.024', '1024')]);
  });

  it.each([
    [['385.225', '41.1', '512']],
    [['385.225', '41.125']],
    [['0.125', '100']],
    [['1.0', '2.5']],
    [['2.0480', '128']],
  ])('are decimal points elsewhere: %j', async (numbers) => {
    const problems = await problemsOf(resolveText(RIGHT, {}, rows(...numbers)));
    expect(problems.filter((problem) => problem.includes('thousands'))).toEqual([]);
  });
});

describe('a file of another kind', () => {
  it.each(OF_ANOTHER_KIND)('is named as what it is, once: %s', async (_, csv, problem) => {
    expect(await problemsOf(resolveText(RIGHT, {}, csv))).toEqual([`data.csv:1: ${problem}`]);
  });
});

describe('a missing column', () => {
  it.each([
    'output_tokens_per_second_total',
    'output_tokens_per_second_per_gpu',
    'gpu_tokens_per_second',
    'tokens_per_second',
    'node_tokens_per_minute',
  ])('has no hint to %s, which is another quantity', async (column) => {
    const csv = `${OTHER_COLUMNS},${column}\nA,FP8,1,1,1\n`;
    expect(await problemsOf(resolveText(RIGHT, {}, csv))).toEqual([
      `data.csv:1: ${NODE_COLUMN}`,
      `data.csv:1: the columns here are model, quantization, input_tokens, output_tokens, ${column}`,
    ]);
  });
});

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

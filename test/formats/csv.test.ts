// What a CSV file holds of texts that spreadsheets run, of numbers, and of signs that need quotes. Cannot see a spreadsheet open it.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Float64, Table, tableFromJSON, Utf8, vectorFromArray } from 'apache-arrow';
import { expect, test } from 'vitest';
import { convertCommand } from '../../src/commands/convert.js';
import { csvMetadata, csvPieces } from '../../src/formats/csv.js';
import { inTemporaryFolder, runInto, small } from '../folders.js';
import { recording } from '../surroundings.js';

async function linesOf(texts: readonly string[], rawText = false): Promise<string[]> {
  const { batches } = tableFromJSON(texts.map((text) => ({ text })));
  let csv = '';
  for await (const piece of csvPieces(batches, { rawText })) csv += Buffer.from(piece).toString();
  return csv.split('\r\n').slice(1, -1);
}

/** Cells that spreadsheets take for formulas, and the same as text. */
const FORMULAS = [
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
  ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
  [' =1', "' =1"],
  ['\t=1', "'\t=1"],
  ['\uff1d1', "'\uff1d1"],
  ['\r\nx', `"'\r\nx"`],
] as const;

test.each(FORMULAS)('the text %j is marked as text', async (text, cell) => {
  expect((await linesOf([text])).join('\r\n')).toBe(cell);
});

test.each(['Llama-3.1', 'a=b', 'x@y', "'quoted", 'é', '0.5'])('the text %j stays as it is', async (text) => {
  expect(await linesOf([text])).toEqual([text]);
});

test('with raw text all of it stays as it is', async () => {
  expect(await linesOf(['=1+1', '-1'], true)).toEqual(['=1+1', '-1']);
});

test('numbers are numbers, the negative ones too, and so are the header and the gaps', async () => {
  const table = new Table({
    '-x': vectorFromArray([-1.5, null, -1e-9], new Float64()),
    t: vectorFromArray(['a', '-b', 'c'], new Utf8()),
  });
  let csv = '';
  for await (const piece of csvPieces(table.batches)) csv += Buffer.from(piece).toString();
  expect(csv).toBe("'-x,t\r\n-1.5,a\r\n,'-b\r\n-1e-9,c\r\n");
});

test('the file beside it says that texts are marked, unless they are not', () => {
  expect(JSON.parse(csvMetadata('t', [], {})).notes).toEqual([expect.stringContaining('apostrophe')]);
  expect(JSON.parse(csvMetadata('t', [], {}, { rawText: true })).notes).toBeUndefined();
});

test('convert marks the names of models, and --raw-text does not', () =>
  inTemporaryFolder(async (out) => {
    const folder = await runInto(out, await small({ model: '=1+1', regime: '@night' }));
    const summary = async (...flags: string[]) => {
      await convertCommand([folder, '--to', 'csv', '-q', ...flags], recording());
      return readFile(join(folder, 'summary.csv'), 'utf8');
    };
    expect(await summary()).toContain("small,'@night,model,'=1+1,");
    expect(await summary('--raw-text')).toContain('small,@night,model,=1+1,');
  }));

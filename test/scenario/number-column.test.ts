// One column of numbers from a CSV file: what is read, and the words of every refusal with its line.
// What it cannot see: files on disk, which whoever calls it reads.
import { describe, expect, it } from 'vitest';
import { readNumberColumn } from '../../src/scenario/dataset/number-column.js';

async function read(text: string, column = 'queries') {
  const complaints: string[] = [];
  const values = await readNumberColumn(new TextEncoder().encode(text), column, (line, message) =>
    complaints.push(`${line}: ${message}`),
  );
  return { values, complaints };
}

describe('a column of numbers', () => {
  it('is read in the order of its rows, blank lines left out', async () => {
    const { values, complaints } = await read('hour,queries\n0,12\n\n1,3.5e2\n2,0\n');
    expect([values, complaints]).toEqual([[12, 350, 0], []]);
  });

  it.each([
    [
      'hour,queries\n0,12\n1,many\n2,\n',
      ['3: queries: expected a number; found "many"', '4: queries: expected a number; found nothing'],
    ],
    ['hour,query\n0,12\n', ['1: no column is called queries (did you mean query?); found hour, query']],
    ['', ['1: the file is empty; expected a header row with the column queries']],
    ['hour,queries\n0,1\n"1,2\n', [expect.stringMatching(/^\d: not valid CSV/)]],
    ['hour,queries\n0\n', ['2: queries: expected a number; found nothing']],
  ])('that is wrong is refused: %j', async (text, expected) => {
    const { values, complaints } = await read(text);
    expect(values).toBeUndefined();
    expect(complaints).toEqual(expected);
  });
});

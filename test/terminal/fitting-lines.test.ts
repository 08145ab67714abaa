// Tables of a terminal within its width: which column goes first, and that its going is said. What it cannot see: how wide a
// terminal draws a character that Unicode leaves open.
import { expect, it } from 'vitest';
import { fittingLines } from '../../src/terminal/fitting-lines.js';

const ROWS = [
  ['traditional', 'median Wh', 'quartiles', 'density, log scale      ', 'published'],
  ['  DeepSeek-R1', '0.605', '0.314–1.17', '▁▂▃▄▅▆▇█▇▆▅▄▃▂▁         ', ''],
  ['  frontier, trimmed P14–P86', '0.309', '0.162–0.607', '▁▂▃▄▅▆▇█▇▆▅▄▃▂▁         ', '0.31 (0.16–0.60)'],
];

const widest = (lines: readonly string[]) => Math.max(...lines.map((line) => line.length));

it('has all columns where they fit, or no terminal says how wide it is', () => {
  for (const width of [120, Number.POSITIVE_INFINITY]) {
    const lines = fittingLines(ROWS, width, [3, 4]);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('density');
    expect(lines[0]).toContain('published');
  }
});

it('gives up the densities for 80 columns, then the published figures, and says so', () => {
  const eighty = fittingLines(ROWS, 80, [3, 4]);
  expect(widest(eighty)).toBeLessThanOrEqual(80);
  expect(eighty[0]).not.toContain('density');
  expect(eighty[0]).toContain('published');
  expect(eighty[3]).toBe('  (a column is left out; a wider terminal shows it)');
  const sixty = fittingLines(ROWS, 60, [3, 4]);
  expect(widest(sixty)).toBeLessThanOrEqual(60);
  expect(sixty[0]).not.toContain('published');
  expect(sixty[3]).toBe('  (2 columns are left out; a wider terminal shows them)');
});

it('counts characters of East Asia as the two columns that they take', () => {
  const rows = [
    ['模型模型模型', '1', '▁▂▃'],
    ['a', '2', '▁▂▃'],
  ];
  expect(fittingLines(rows, 17, [2])[0]).not.toContain('▁');
  expect(fittingLines(rows, 20, [2])[0]).toContain('▁');
});

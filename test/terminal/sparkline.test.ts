// Sparklines and colour as text. Whether a terminal's font shows the blocks no test here sees.
import { describe, expect, test } from 'vitest';
import type { HistogramRow, SummaryRow } from '../../src/tables/schema.js';
import { paletteFor } from '../../src/terminal/color.js';
import { sparkline, sparkScale } from '../../src/terminal/sparkline.js';

const bin = (bin_low: number, bin_high: number, count: number) => ({ bin_low, bin_high, count }) as HistogramRow;
const row = (p05: number | null, p95: number | null) => ({ p05, p95 }) as SummaryRow;

describe('a sparkline', () => {
  const scale = { cells: 4, low: 1, high: 10_000 };

  test('has a full block where most draws are, and the others in proportion', () => {
    expect(sparkline([bin(2, 3, 8), bin(20, 30, 4), bin(200, 300, 2), bin(2000, 3000, 1)], scale)).toBe('█▄▂▁');
  });

  test('leaves cells without draws blank, and counts no zeros or values beyond its range', () => {
    expect(sparkline([bin(0, 0, 99), bin(0.1, 0.2, 50), bin(20, 30, 4), bin(1e6, 1e7, 50)], scale)).toBe(' █  ');
  });

  test('adds the bins of one cell', () => {
    expect(sparkline([bin(2, 3, 1), bin(3, 4, 3), bin(20, 30, 4)], scale)).toBe('██  ');
  });

  test('runs from the lowest P5 to the highest P95 of all rows', () => {
    expect(sparkScale([row(2, 5), row(1, 9)])).toEqual({ cells: 24, low: 1, high: 9 });
  });

  test('is left out where nothing varies or nothing is a number', () => {
    expect(sparkScale([row(3, 3)])).toBeUndefined();
    expect(sparkScale([row(null, null)])).toBeUndefined();
  });
});

describe('colour', () => {
  const headingOf = (...args: Parameters<typeof paletteFor>) => paletteFor(...args).heading('x');

  test('is on terminals', () => {
    expect(headingOf({ isTTY: true }, {})).toBe('\x1b[1mx\x1b[0m');
  });

  test('is nowhere else, nor where NO_COLOR or --no-color says no', () => {
    expect(headingOf({}, {})).toBe('x');
    expect(headingOf({ isTTY: true }, { NO_COLOR: '1' })).toBe('x');
    expect(headingOf({ isTTY: true }, {}, true)).toBe('x');
  });

  test('stays where NO_COLOR is empty, as no-color.org has it', () => {
    expect(headingOf({ isTTY: true }, { NO_COLOR: '' })).toBe('\x1b[1mx\x1b[0m');
  });
});

// Tables as CSV, Markdown and LaTeX: what is escaped in each. What it cannot see: whether a TeX installation typesets them.
import { describe, expect, it } from 'vitest';
import { csvText, dataOf, latexTable, markdownTable } from '../../src/report/table-texts.js';

describe('a table of the report', () => {
  it('is CSV with all digits, quoted where it must be, and guarded where a spreadsheet would see a formula', () => {
    const data = dataOf(
      [{ name: '=1+1', p50: 0.1 + 0.2, note: 'a, "b"', none: null }],
      ['name', 'p50', 'note', 'none'],
    );
    expect(csvText(data)).toBe('name,p50,note,none\r\n\'=1+1,0.30000000000000004,"a, ""b""",\r\n');
  });

  it('is Markdown whose names do not end a cell', () => {
    expect(markdownTable('a*b', ['', 'x'], [['m|n', '1']])).toBe(
      '**a\\*b**\n\n|  | x |\n| :-- | --: |\n| m\\|n | 1 |\n',
    );
  });

  it('is LaTeX in which nothing of a name is a command', () => {
    const tex = latexTable('50 % of β', ['', 'Wh'], [['a_b\\c & d', '0.1–0.2']]);
    expect(tex).toContain('\\caption{50 \\% of $\\beta$}');
    expect(tex).toContain('  a\\_b\\textbackslash{}c \\& d & 0.1--0.2 \\\\');
    expect(tex.match(/\\begin\{tabular\}\{lr\}/)).not.toBeNull();
  });
});

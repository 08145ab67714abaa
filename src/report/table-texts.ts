import { csvField } from '../formats/csv.js';

/** A table with its numbers as they are, for files. */
export interface TableData {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** Columns of rows that have more. */
export function dataOf<R extends object>(rows: readonly R[], columns: readonly (keyof R & string)[]): TableData {
  const cell = (value: unknown) => (typeof value === 'number' || typeof value === 'string' ? value : null);
  return { columns, rows: rows.map((row) => columns.map((name) => cell(row[name]))) };
}

/** RFC 4180, with a header; a text that a spreadsheet would take for a formula has an apostrophe before it. */
export function csvText({ columns, rows }: TableData): string {
  return [columns, ...rows].map((row) => `${row.map((value) => csvField(value)).join(',')}\r\n`).join('');
}

type Texts = readonly (readonly string[])[];

/** A pipe table of GitHub's Markdown, the first column to the left, the others to the right. */
export function markdownTable(caption: string, head: readonly string[], rows: Texts): string {
  const line = (cells: readonly string[]) => `| ${cells.map(markdownCell).join(' | ')} |`;
  const rule = head.map((_, i) => (i === 0 ? ':--' : '--:'));
  return [`**${markdownCell(caption)}**`, '', line(head), `| ${rule.join(' | ')} |`, ...rows.map(line), ''].join('\n');
}

function markdownCell(text: string): string {
  return text.replace(/[\\|*_`<[\]]/g, '\\$&').replace(/\s+/g, ' ');
}

/** A table environment that needs the package booktabs, and UTF-8 as input. */
export function latexTable(caption: string, head: readonly string[], rows: Texts): string {
  const line = (cells: readonly string[]) => `  ${cells.map(latexText).join(' & ')} \\\\`;
  return [
    '\\begin{table}',
    `  \\caption{${latexText(caption)}}`,
    `  \\begin{tabular}{l${'r'.repeat(Math.max(0, head.length - 1))}}`,
    '  \\toprule',
    line(head),
    '  \\midrule',
    ...rows.map(line),
    '  \\bottomrule',
    '  \\end{tabular}',
    '\\end{table}',
    '',
  ].join('\n');
}

const LATEX: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '–': '--',
  '·': '$\\cdot$',
  '×': '$\\times$',
  '±': '$\\pm$',
  β: '$\\beta$',
  '²': '$^2$',
  '∞': '$\\infty$',
  '…': '\\ldots{}',
  '’': "'",
};

/** Text as LaTeX takes it. */
export function latexText(text: string): string {
  return text.replace(/[\\~^–·×±β²∞…’]|[&%$#_{}]/g, (one) => LATEX[one] ?? `\\${one}`);
}

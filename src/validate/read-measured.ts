import { InputError, type Problem, shownProblems } from '../errors.js';
import { BOUNDARIES, type Boundary } from '../model/boundary.js';
import { readLines } from '../scenario/dataset/lines.js';
import { choiceText, nearest, nearestHint } from '../words.js';
import { contradictionOf } from './contradiction.js';
import type { MeasuredRow } from './measured-row.js';
import { mixedBoundaries } from './mixed-boundaries.js';

/** A table of measured energies as read. */
export interface MeasuredTable {
  readonly file: string;
  readonly rows: readonly MeasuredRow[];
}

type Complain = (line: number, message: string) => void;

/** Columns without which nothing can be compared. */
const NEEDED = [
  'dataset',
  'model',
  'accelerator',
  'accelerator_count',
  'quantization',
  'output_tokens',
  'concurrency_or_batch',
  'energy_wh_per_request',
  'boundary',
] as const;

const NUMBERS = {
  total_params_b: 'total_params_b',
  active_params_b: 'active_params_b',
  accelerator_count: 'accelerator_count',
  input_tokens: 'input_tokens',
  output_tokens: 'output_tokens',
  concurrency: 'concurrency_or_batch',
  tps: 'output_tokens_per_second_total',
  power_w: 'power_w',
  energy_wh: 'energy_wh_per_request',
  joules_per_token: 'energy_j_per_output_token',
} as const;

/**
 * Measured energies from CSV with the columns of scenarios/data/measured-energy.csv, in any order; those that are not needed may be
 * missing.
 *
 * @throws InputError with all problems: a missing column, a number that is none, a boundary that there is not, boundaries mixed within a
 * curve, an energy that contradicts power and throughput
 */
export async function readMeasured(name: string, bytes: Uint8Array): Promise<MeasuredTable> {
  const problems: Problem[] = [];
  const complain: Complain = (line, message) => problems.push({ file: name, line, key: '', message });
  const [header, ...lines] = await readLines(bytes, complain);
  if (problems.length === 0) complainOfHeader(header?.fields ?? [], header?.line ?? 1, complain);
  if (problems.length > 0) throw new InputError(shownProblems(problems));
  const rows = lines.map(({ line, fields }) => rowOf(header.fields, fields, line, complain));
  if (problems.length === 0) complainOfWhole(rows, complain);
  if (problems.length > 0) throw new InputError(shownProblems(problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0))));
  return { file: name, rows };
}

const ABOUT: Readonly<Partial<Record<(typeof NEEDED)[number], string>>> = {
  boundary: `what the energy counts, ${choiceText(BOUNDARIES)}; figures of different ones do not compare`,
  output_tokens: 'mean output tokens of a request, without which no energy of a request can be foretold',
  concurrency_or_batch:
    'queries in flight on all accelerators of the row; the batch decides the energy before the chip does',
};

function complainOfHeader(header: readonly string[], line: number, complain: Complain): void {
  if (header.length === 0) complain(1, 'the file is empty; expected a header row and rows of measured energies');
  for (const column of header.length === 0 ? [] : NEEDED) {
    if (header.includes(column)) continue;
    const about = ABOUT[column] === undefined ? '' : `: ${ABOUT[column]}`;
    complain(line, `column ${column} is missing${nearestHint(column, header)}${about}`);
  }
}

function rowOf(header: readonly string[], fields: readonly string[], line: number, complain: Complain): MeasuredRow {
  const text = (column: string) => fields[header.indexOf(column)]?.trim() ?? '';
  if (fields.length !== header.length)
    complain(line, `expected ${header.length} fields, as in the header; found ${fields.length}`);
  const numbers = Object.entries(NUMBERS).flatMap(([key, column]) => {
    const value = numberOf(column, text(column), (message) => complain(line, message));
    return value === undefined ? [] : [[key, value] as const];
  });
  const row: MeasuredRow = {
    line,
    dataset: text('dataset'),
    model: text('model'),
    accelerator: text('accelerator'),
    quantization: text('quantization'),
    workload: text('workload'),
    modality: text('modality') || 'text',
    speculative_decoding: text('speculative_decoding'),
    boundary: boundaryOf(text('boundary'), (message) => complain(line, message)),
    ...Object.fromEntries(numbers),
  };
  const contradiction = contradictionOf(row);
  if (contradiction !== undefined) complain(line, contradiction);
  return withEnergy(row);
}

function numberOf(column: string, text: string, complain: (message: string) => void): number | undefined {
  if (text === '') return undefined;
  const value = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  const least = column === 'input_tokens' ? 0 : Number.MIN_VALUE;
  if (value >= least && Number.isFinite(value)) return value;
  const expected = column === 'input_tokens' ? 'of at least 0' : 'above 0';
  complain(`${column}: expected a number ${expected}, or nothing where it is unknown; found ${JSON.stringify(text)}`);
  return undefined;
}

function boundaryOf(text: string, complain: (message: string) => void): Boundary {
  const known = BOUNDARIES.find((one) => one === text);
  if (known !== undefined) return known;
  const found = text === '' ? 'nothing' : JSON.stringify(text);
  const meant = nearest(text, BOUNDARIES);
  const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
  complain(`boundary: expected ${choiceText(BOUNDARIES)}; found ${found}${hint}`);
  return 'unknown';
}

function withEnergy(row: MeasuredRow): MeasuredRow {
  const { energy_wh, joules_per_token, output_tokens } = row;
  if (energy_wh !== undefined || joules_per_token === undefined || output_tokens === undefined) return row;
  return { ...row, energy_wh: (joules_per_token * output_tokens) / 3600 };
}

/** A file in which no row states what all comparisons need. */
function complainOfWhole(rows: readonly MeasuredRow[], complain: Complain): void {
  if (rows.length === 0) complain(1, 'holds a header and no rows');
  else if (rows.every(({ output_tokens }) => output_tokens === undefined))
    complain(1, 'no row states output_tokens, without which no energy of a request can be foretold');
  for (const { line, message } of mixedBoundaries(rows)) complain(line, message);
}

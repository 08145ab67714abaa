import { InputError, keyText, type Path, type Problem } from '../errors.js';
import { counted } from '../words.js';
import type { Dataset, ReadDataset } from './dataset/dataset.js';
import { datasetOf } from './from-text.js';
import type { Overrides } from './overrides.js';
import { orThrow, type ParsedScenario, parseScenario } from './parse-scenario.js';
import { resolveScenario } from './resolve/resolve.js';
import type { ResolvedScenario } from './resolved.js';
import { cellCount, commaHint, type Sweep } from './sections/sweep.js';
import { pathOfKey, unknownName, withValue } from './set-key.js';
import type { AxisValue } from './sweep/axis-value.js';
import { cellValues, type SweptKey, sweptKeys } from './sweep/design.js';
import { type ReadRecords, recordReader } from './trace/load-records.js';
import { validateScenario } from './validate.js';

/** A sweep with nothing left open. */
export interface ResolvedSweep {
  /** The scenario itself, without any swept value. */
  readonly base: ResolvedScenario;
  /** Dotted paths of the swept keys, as written. */
  readonly keys: readonly string[];
  readonly cells: readonly ResolvedCell[];
}

/** One cell: the scenario that a plain run with `--set` for each value would have. */
export interface ResolvedCell {
  readonly scenario: ResolvedScenario;
  /** What stands for the values in tables, in the order of the keys. */
  readonly labels: readonly (string | number)[];
  /** The scenario's plain data with the cell's values, before it was resolved. */
  readonly written: unknown;
}

/** Cells that a sweep may have where neither the file nor an option says otherwise: a guard against a mistyped grid. */
export const DEFAULT_LIMIT = 10_000;

/** Problems shown of one sweep: a wrong value would be one in every cell that has it. */
const MAX_PROBLEMS = 20;

/**
 * A sweep from the text of its scenario file, read once and resolved for every cell; datasets too are read once each.
 *
 * @param limit cells allowed, over the file's
 * @throws InputError with the problems of the scenario, else of the design (no cells, too many), else of its cells
 */
export async function sweepFromText(
  text: string,
  file: string,
  readDataset: ReadDataset,
  overrides: Overrides = {},
  limit?: number,
): Promise<ResolvedSweep> {
  const parsed = await parseScenario(text, file, overrides);
  const datasets = rememberedDatasets(readDataset);
  const base = await resolved(parsed, datasets);
  const sweep = parsed.scenario.sweep ?? {};
  checkCount(cellCount(sweep), limit ?? sweep.limit ?? DEFAULT_LIMIT, parsed);
  const keys = placedKeys(sweep, parsed);
  const cells = await resolveCells(parsed, keys, cellValues(sweep, base.seed), datasets);
  return { base, keys: keys.map(({ key }) => key), cells };
}

type Parsed = Pick<ParsedScenario, 'scenario' | 'problemAt'>;

/** What scenarios name in files. */
interface Datasets {
  readonly dataset: (parsed: Parsed) => Promise<Dataset | undefined>;
  readonly records: (parsed: Parsed) => Promise<ReadRecords>;
}

/** Each dataset read and parsed once, by all that the scenario says of it. */
function rememberedDatasets(readDataset: ReadDataset): Datasets {
  const known = new Map<string, Promise<Dataset | undefined>>();
  return {
    records: recordReader(readDataset),
    dataset: (parsed) => {
      const read = JSON.stringify(parsed.scenario.throughput ?? {});
      const dataset = known.get(read) ?? datasetOf(parsed, readDataset);
      known.set(read, dataset);
      return dataset;
    },
  };
}

async function resolved(parsed: Parsed, datasets: Datasets): Promise<ResolvedScenario> {
  const dataset = await datasets.dataset(parsed);
  const { scenario, ...records } = await datasets.records(parsed);
  return orThrow(parsed.problemAt, (complain) => resolveScenario(scenario, dataset, complain, records));
}

function checkCount(count: number, limit: number, { problemAt }: ParsedScenario): void {
  const refuse = (message: string) => {
    throw new InputError([problemAt(['sweep'], message)]);
  };
  if (count === 0) refuse('no cells: name keys and values under over, zip or sample, or with --over KEY=VALUE,VALUE');
  if (count > limit)
    refuse(
      `${counted(count, 'cell')}, more than the limit of ${limit}; name fewer values, or raise it with --limit ${count}`,
    );
}

interface PlacedKey extends SweptKey {
  readonly path: Path;
}

/** Where in the scenario each swept key points. @throws InputError for keys that lead nowhere */
function placedKeys(sweep: Sweep, { written, problemAt }: ParsedScenario): PlacedKey[] {
  const problems: Problem[] = [];
  const placed = sweptKeys(sweep).flatMap(({ key, place }) => {
    const complain = (message: string) => void problems.push({ ...problemAt(place, message, 'key'), key });
    const path = pathOfKey(key, written, complain);
    const unknown = path && unknownName(path, written);
    if (unknown !== undefined) complain(unknown);
    return path ? [{ key, place, path }] : [];
  });
  if (problems.length > 0) throw new InputError(problems);
  return placed;
}

async function resolveCells(
  base: ParsedScenario,
  keys: readonly PlacedKey[],
  values: readonly (readonly AxisValue[])[],
  datasets: Datasets,
): Promise<ResolvedCell[]> {
  const cells: ResolvedCell[] = [];
  const problems = new Map<string, Problem>();
  for (const cell of values) {
    if (problems.size >= MAX_PROBLEMS) break;
    try {
      cells.push(await resolveCell(base, keys, cell, datasets));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      for (const problem of error.problems) problems.set(JSON.stringify(problem), problem);
    }
  }
  if (problems.size > 0) throw new InputError([...problems.values()].slice(0, MAX_PROBLEMS));
  return cells;
}

async function resolveCell(
  base: ParsedScenario,
  keys: readonly PlacedKey[],
  values: readonly AxisValue[],
  datasets: Datasets,
): Promise<ResolvedCell> {
  const labels = values.map(({ label }) => label);
  const data = keys.reduce((current, { path }, i) => withValue(current, path, values[i].value), base.written);
  const problemAt = cellProblems(base, keys, labels);
  const scenario = await orThrow(problemAt, (complain) => validateScenario(data, complain));
  return { labels, written: data, scenario: await resolved({ scenario, problemAt }, datasets) };
}

/** Problems of a cell stand where the value that made them was swept; others say in which cell they come up. */
function cellProblems(
  { problemAt, scenario: { sweep = {} } }: ParsedScenario,
  keys: readonly PlacedKey[],
  labels: readonly (string | number)[],
): ParsedScenario['problemAt'] {
  return (path, message, at) => {
    const swept = keys.find((one) => one.path.every((part, i) => path[i] === part));
    if (swept) return { ...sweptProblem(problemAt(swept.place, message, 'key'), swept, sweep), key: keyText(path) };
    const cell = keys.map(({ key }, i) => `${key} = ${labels[i]}`).join(', ');
    return problemAt(path, `${message} (with ${cell})`, at);
  };
}

/** In an option a comma between two digits may have been a decimal one. */
function sweptProblem(problem: Problem, { key, place }: PlacedKey, { over = {}, zip = {} }: Sweep): Problem {
  const axis = (place[1] === 'over' ? over : zip)[key];
  const isTyped = /^--(over|zip) /.test(problem.file) && axis !== undefined && 'length' in axis;
  return isTyped ? { ...problem, message: problem.message + commaHint(axis.map(String)) } : problem;
}

import type { Distribution } from '../../distributions/index.js';
import { cumulatedShares, recordOf } from '../../distributions/record.js';
import type { RecordedParameters } from '../../distributions/recorded.js';
import { supportOf } from '../../distributions/support.js';
import { distributionText } from '../../distributions/text.js';
import { InputError, type Path, type Problem, shownProblems } from '../../errors.js';
import { percent } from '../../format.js';
import { profileComplaints } from '../../model/load/profile.js';
import { counted } from '../../words.js';
import type { ReadDataset } from '../dataset/dataset.js';
import { sha256Of } from '../dataset/sha256.js';
import { limitComplaint } from '../kinds/parameter.js';
import type { ParsedScenario } from '../parse-scenario.js';
import type { Scenario } from '../schema.js';
import type { ColumnFile } from './column-file.js';
import { columnOf, type TraceRole } from './column-names.js';
import { openColumns } from './open-columns.js';
import { pendingRecords, withRecords } from './pending-records.js';
import { type TraceColumns, type TraceLengths, type TraceNames, traceLengths } from './trace-lengths.js';

/** Lengths that traces say, at the top level and for regimes by their names. */
export interface ReadLengths {
  readonly top?: TraceLengths;
  readonly regimes: Readonly<Record<string, TraceLengths>>;
}

/** Where a scenario names no trace. */
export const NO_LENGTHS: ReadLengths = { regimes: {} };

/** A scenario with all that it names in files, but for the dataset of throughput. */
export interface ReadRecords {
  readonly scenario: Scenario;
  readonly lengths: ReadLengths;
  /** What a reader must know of the rows, in words. */
  readonly notes: readonly string[];
}

type Parsed = Pick<ParsedScenario, 'scenario' | 'problemAt'>;
type LengthsKey = NonNullable<Scenario['lengths']>;

/** A file's columns, and the hash of its bytes. */
interface OpenedFile {
  readonly name: string;
  readonly sha256: string;
  readonly file: ColumnFile;
}

/** Bytes that a trace may have: some three million rows of Azure's. */
const MOST_BYTES = 2 ** 27;

/**
 * Reads what scenarios name in files, each file once for all of them: cells of a sweep share what was read.
 *
 * @returns a function that rejects with an InputError of all problems of one scenario's files
 */
export function recordReader(readDataset: ReadDataset): (parsed: Parsed) => Promise<ReadRecords> {
  const files = new Map<string, Promise<OpenedFile>>();
  const traces = new Map<string, Promise<{ lengths: TraceLengths; notes: string[] }>>();
  const open = (file: string, refuse: (message: string) => never) => {
    const known = files.get(file) ?? openedFile(file, readDataset, refuse);
    files.set(file, known);
    return known;
  };
  const lengthsAt = (lengths: LengthsKey, path: Path, { problemAt }: Parsed) => {
    const identity = JSON.stringify(lengths);
    const known =
      traces.get(identity) ?? readLengths(lengths, open, (rest, message) => problemAt([...path, ...rest], message));
    traces.set(identity, known);
    return known;
  };
  return async (parsed) => {
    const { scenario, problemAt } = parsed;
    const top = scenario.lengths && (await lengthsAt(scenario.lengths, ['lengths'], parsed));
    const own = Object.entries(scenario.regimes).flatMap(([name, { lengths }]) => (lengths ? [{ name, lengths }] : []));
    const regimes = await Promise.all(
      own.map(async ({ name, lengths }) => ({
        name,
        ...(await lengthsAt(lengths, ['regimes', name, 'lengths'], parsed)),
      })),
    );
    const filled = await withColumns(await withProfile(scenario, open, problemAt), open, problemAt);
    return {
      scenario: filled.scenario,
      lengths: {
        ...(top && { top: top.lengths }),
        regimes: Object.fromEntries(regimes.map(({ name, lengths }) => [name, lengths])),
      },
      notes: [...new Set([...(top?.notes ?? []), ...regimes.flatMap(({ notes }) => notes), ...filled.notes])],
    };
  };
}

type Open = (file: string, refuse: (message: string) => never) => Promise<OpenedFile>;
type ProblemOf = (path: Path, message: string) => Problem;

async function openedFile(written: string, read: ReadDataset, refuse: (message: string) => never): Promise<OpenedFile> {
  const { name, ...content } = await read(written, refuse, MOST_BYTES);
  const file = await openColumns(content);
  if ('instead' in file) return refuse(`${name}: ${file.instead}`);
  return { name, sha256: await sha256Of(content.bytes), file };
}

const ROLES: readonly TraceRole[] = ['input_tokens', 'output_tokens', 'cached_input_tokens', 'weight'];

async function readLengths(lengths: LengthsKey, open: Open, problemAt: ProblemOf) {
  const refuse = (message: string) => {
    throw new InputError([problemAt(['trace'], message)]);
  };
  const { name, sha256, file } = await open(lengths.trace, refuse);
  const found = ROLES.map((role) => ({ role, column: columnOf(role, lengths[role], file.columns) }));
  const problems = found.flatMap(({ role, column }) =>
    column && 'complaint' in column
      ? [problemAt(lengths[role] === undefined ? [] : [role], `${name}: ${column.complaint}`)]
      : [],
  );
  if (problems.length > 0) throw new InputError(problems);
  const names = found.flatMap(({ role, column }) => (column && 'name' in column ? [[role, column.name] as const] : []));
  const columns = readColumns(
    name,
    file,
    names.map(([, column]) => column),
  );
  const byRole = Object.fromEntries(names.map(([role], i) => [role, columns[i]])) as unknown as TraceColumns;
  const outcome = traceLengths(lengths.trace, sha256, Object.fromEntries(names) as TraceNames, byRole);
  if ('complaint' in outcome) return refuse(`${name}: ${outcome.complaint}`);
  return outcome;
}

/** @throws InputError with all rows that say what is no number */
function readColumns(name: string, file: ColumnFile, wanted: readonly string[]): readonly Float64Array[] {
  const problems: Problem[] = [];
  const columns = file.read(wanted, (line, message, column) =>
    problems.push({ file: name, line, ...(column !== undefined && { column }), key: '', message }),
  );
  if (problems.length > 0) throw new InputError(shownProblems(problems));
  return columns;
}

/** The scenario with the hours of its load, where a file has them. */
async function withProfile(scenario: Scenario, open: Open, problemAt: ProblemOf): Promise<Scenario> {
  const { load } = scenario;
  if (load === undefined || typeof load.profile !== 'object' || !('file' in load.profile)) return scenario;
  const { file: written, column } = load.profile;
  const fail = (message: string): never => {
    throw new InputError([problemAt(['load', 'profile'], message)]);
  };
  const { name, file } = await open(written, fail);
  const found = columnOf('weight', column, file.columns);
  if (found && 'complaint' in found) return fail(`${name}: ${found.complaint}`);
  const [hours] = readColumns(name, file, [column]);
  const [complaint] = profileComplaints([...hours]);
  if (complaint) return fail(`${name}: column ${column}: ${complaint.message}`);
  return { ...scenario, load: { ...load, profile: [...hours] } };
}

/** The scenario with the values of columns that it names as distributions. */
async function withColumns(scenario: Scenario, open: Open, problemAt: ProblemOf) {
  const problems: Problem[] = [];
  const notes: string[] = [];
  const read = new Map<Distribution, Distribution>();
  for (const { path, distribution } of pendingRecords(scenario)) {
    const complain = (message: string) => void problems.push(problemAt(path, message));
    const refuse = (message: string) => {
      throw new InputError([problemAt([...path, 'empirical', 'file'], message)]);
    };
    const column = await readColumn(distribution.parameters, open, refuse, complain);
    if (column === undefined) continue;
    notes.push(...column.notes);
    const filled = { ...distribution, parameters: { ...distribution.parameters, record: column.record } };
    const complaint = emptyComplaint(filled) ?? limitComplaint(path, filled);
    if (complaint === undefined) read.set(distribution, filled);
    else complain(complaint);
  }
  if (problems.length > 0) throw new InputError(problems);
  return { scenario: read.size > 0 ? withRecords(scenario, read) : scenario, notes };
}

function emptyComplaint(distribution: Distribution): string | undefined {
  const [low, high] = supportOf(distribution);
  return low <= high ? undefined : `${distributionText(distribution)} has no value within the bounds`;
}

/** A column's values in ascending order, so that a greater uniform number draws no smaller one. */
async function readColumn(
  { file: written, column, weight }: RecordedParameters,
  open: Open,
  refuse: (message: string) => never,
  complain: (message: string) => void,
) {
  const { name, sha256, file } = await open(written, refuse);
  const wanted = [column, ...(weight === undefined ? [] : [weight])];
  const lacking = wanted.flatMap((one) => {
    const found = columnOf('weight', one, file.columns);
    return found && 'complaint' in found ? [found.complaint] : [];
  });
  for (const complaint of lacking) complain(`${name}: ${complaint}`);
  if (lacking.length > 0) return undefined;
  const [values, weights] = readColumns(name, file, wanted);
  const rows = [...values.keys()].filter((row) => !Number.isNaN(values[row]) && !Number.isNaN(weights?.[row] ?? 0));
  rows.sort((a, b) => values[a] - values[b]);
  const ofRows = (from: Float64Array) => Float64Array.from(rows, (row) => from[row]);
  if (rows.length === 0 || weights?.every((one) => !(one > 0))) {
    complain(`${name}: column ${column} has no ${rows.length === 0 ? 'value' : 'weight above 0'}`);
    return undefined;
  }
  const missing = values.length - rows.length;
  const note = `${written}: ${counted(missing, 'row')} without ${column} (${percent(missing / values.length)}), left out`;
  return {
    record: recordOf(sha256, ofRows(values), weights && cumulatedShares(ofRows(weights))),
    notes: missing > 0 ? [note] : [],
  };
}

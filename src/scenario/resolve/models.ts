import type { Aliases } from '../../model/catalogue/aliases.js';
import type { StandIn } from '../../model/hardware/stand-in.js';
import { MODEL_INPUTS, type ModelInput } from '../../model/quantities.js';
import type { MeasuredRow } from '../../model/throughput/request-cost-fit.js';
import type { RequestCostThroughput } from '../../model/throughput/request-cost-throughput.js';
import type { Throughput } from '../../model/throughput/throughput.js';
import type { Measurements } from '../dataset/measurements.js';
import type { Complain } from '../kinds/kind.js';
import { unknownName } from '../kinds/name-of.js';
import type { ResolvedModel } from '../resolved.js';
import type { Scenario } from '../schema.js';
import { checkAccelerator } from './accelerator.js';
import { type Foretold, foretell } from './foretold.js';
import { hardwareFindings } from './hardware.js';
import { knownModel } from './known-model.js';
import { memoryNotes } from './memory.js';
import { modelParameters, shippedParameters } from './model-parameters.js';
import { quantizationsOf } from './quantizations.js';
import { type FittingRow, leftOutBecause, noneBecause, unusedRows } from './rows.js';
import { rowsOfHardware } from './rows-of-hardware.js';
import { FEWEST_ROWS, isFitted, requestCostBeside, throughputOf } from './throughput.js';

/** Names that the rest of a scenario may use for its models. */
export interface ModelNames {
  /** Those of the models that are simulated, and of those that were complained of already. */
  readonly names: readonly string[];
  /** Why each other model that the scenario names cannot be. */
  readonly leftOut: ReadonlyMap<string, string>;
}

interface Models extends ModelNames {
  readonly models: readonly ResolvedModel[];
  readonly warnings: readonly string[];
}

/** A model that may be simulated: what is known of its throughput. */
interface Candidate {
  readonly name: string;
  readonly rows: readonly FittingRow[];
  readonly throughput: Throughput | undefined;
  /** Where there are no rows and the form can do without. */
  readonly foretold?: Foretold;
  /** Where rows of other hardware stand in for those that are missing. */
  readonly standIn?: StandIn;
  /** What a reader must know of its rows. */
  readonly notes?: readonly string[];
}

/** The models that can be simulated, and a warning for each that has too few rows. Complains of unknown ones and of none. */
export function resolveModels(
  scenario: Scenario,
  measured: Measurements,
  aliases: () => Aliases,
  complain: Complain,
): Models {
  const fewest = FEWEST_ROWS[scenario.throughput?.form ?? 'log-log'];
  const quantizations = (name: string) => quantizationsOf(scenario, name);
  const candidates = namesOf(scenario, measured).map((name) => candidateOf(name, scenario, measured, aliases));
  const models = candidates.flatMap((one) => resolvedModels(one, scenario, aliases));
  const others = candidates.filter(({ throughput }) => throughput === undefined);
  const known = new Set(measured.models);
  const unknown = others.filter(({ name }) => !known.has(name));
  const names = [...models, ...unknown].map(({ name }) => name);
  const isHardwareKnown = checkAccelerator(scenario, aliases, complain);
  // What cannot be foretold for want of a known accelerator was complained of there.
  for (const one of unknown.filter(({ foretold }) => isHardwareKnown || foretold === undefined))
    complain(['models', one.name], unknownModelOf(measured, one), 'key');
  const none = measured.file === '' ? NO_DATASET : noneBecause(quantizationsOf(scenario), fewest, measured);
  if (names.length === 0) complain(['throughput'], none);
  const leftOut = new Map(
    others
      .filter(({ name }) => known.has(name))
      .map((one) => {
        const cause = leftOutBecause(one.name, quantizations(one.name), fewest, measured);
        return [one.name, `${cause}${problemOf(one)}`];
      }),
  );
  const simulated = candidates.filter(({ throughput }) => throughput !== undefined);
  const fitted = simulated.filter(({ throughput }) => throughput && isFitted(throughput));
  const hardware = hardwareFindings(fitted.map(({ name, rows }) => [name, rows]));
  if (hardware.complaint !== undefined) complain(['throughput', 'dataset'], hardware.complaint);
  const unused = unusedRows(quantizations, new Set(fitted.flatMap(({ rows }) => rows)), measured);
  const warnings = [...leftOut].map(([name, cause]) => `${name} is left out: ${cause}`);
  const tooSmall = simulated.flatMap((one) => memoryNotes(one, scenario, aliases));
  const told = [
    ...candidates.flatMap(({ notes = [] }) => notes),
    ...candidates.flatMap(foretoldNote),
    ...hardware.notes,
    ...tooSmall,
  ];
  const notes = [...told, unused, shippedParameters(scenario, models, aliases)].filter((note) => note !== undefined);
  return { models, names, leftOut, warnings: [...warnings, ...notes] };
}

/** The candidate as a run needs it; none where nothing is known of its throughput. */
function resolvedModels({ name, rows, throughput, standIn }: Candidate, scenario: Scenario, aliases: () => Aliases) {
  if (throughput === undefined) return [];
  const fitted = requestCostBeside(name, scenario, rows, () => knownModel({ name, rows }, scenario, aliases));
  const beside = standingIn(fitted, standIn);
  const ofNode = { ...nodeOf(name, scenario), ...modelParameters(name, scenario, aliases) };
  const drafted = besideOf(beside && withDrafts(beside, scenario));
  return [
    { name, ...ofNode, throughput: withDrafts(throughput, scenario), ...drafted, ...measuredOf(throughput, rows) },
  ];
}

/** Request costs of a model that is served with drafts, where the scenario states them. */
function withDrafts<T extends Throughput>(throughput: T, scenario: Scenario): T {
  const speculation = scenario.throughput?.speculative_decoding;
  return speculation && throughput.method === 'request-cost' ? { ...throughput, speculation } : throughput;
}

const NO_DATASET = 'names no dataset; name one, or models, whose throughput then follows from their size and hardware';

function namesOf(scenario: Scenario, measured: Measurements): readonly string[] {
  if (scenario.models) return Object.keys(scenario.models);
  const quantization = quantizationsOf(scenario);
  return measured.models.filter((name) => measured.rowsOf(name, quantization).length > 0);
}

/** Only a model that the scenario names is foretold: rows that a fit cannot take are no wish for one. */
function candidateOf(name: string, scenario: Scenario, measured: Measurements, aliases: () => Aliases): Candidate {
  const { rows, standIn, notes: ofRows } = rowsOfHardware(name, scenario, measured, aliases);
  const fitted = throughputOf(name, scenario, rows, () => knownModel({ name, rows }, scenario, aliases));
  const throughput = standingIn(fitted, standIn);
  const notes = throughput && isFitted(throughput) ? ofRows : [];
  const isNamed = scenario.models !== undefined && rows.length === 0;
  if (throughput !== undefined || !isNamed || scenario.throughput?.form !== 'request-cost')
    return { name, rows, throughput, notes, ...(standIn && { standIn }) };
  const foretold = foretell(name, scenario, measured, aliases());
  return { name, rows, throughput: 'throughput' in foretold ? foretold.throughput : undefined, foretold };
}

/** A fit to rows of other hardware, with the factors that lead to the node's own. */
function standingIn<T extends Throughput | undefined>(throughput: T, standIn: StandIn | undefined): T {
  if (throughput === undefined || standIn === undefined || !isFitted(throughput)) return throughput;
  return { ...throughput, hardware_factors: standIn.factors };
}

function foretoldNote({ name, foretold }: Candidate): string[] {
  return foretold && 'note' in foretold ? [`${name}: ${foretold.note}`] : [];
}

function problemOf({ foretold }: Candidate): string {
  return foretold && 'problem' in foretold ? `; ${foretold.problem}` : '';
}

function measuredOf(throughput: Throughput, rows: readonly MeasuredRow[]): Pick<ResolvedModel, 'measured'> {
  if (!isFitted(throughput)) return {};
  const measured = rows.map(({ input_tokens, output_tokens, tps, concurrency }) => ({
    ...{ input_tokens, output_tokens, tps },
    ...(concurrency !== undefined && { concurrency }),
  }));
  return { measured };
}

function besideOf(request_cost: RequestCostThroughput | undefined): Pick<ResolvedModel, 'request_cost'> {
  return request_cost ? { request_cost } : {};
}

/** What describes a model's node: checked before to be stated for the model or at the top level. */
function nodeOf(name: string, scenario: Scenario): Pick<ResolvedModel, ModelInput> {
  const inputs = MODEL_INPUTS.map((input) => [input, scenario.models?.[name][input] ?? scenario[input]]);
  return Object.fromEntries(inputs) as Pick<ResolvedModel, ModelInput>;
}

function unknownModelOf({ models, file }: Measurements, one: Candidate): string {
  const problem = problemOf(one);
  if (file === '') return `no dataset, and ${problem.slice(2) || 'no throughput'}; or state its tps`;
  return `${unknownName('model', one.name, models)} (models of ${file})${problem}; or state its tps`;
}

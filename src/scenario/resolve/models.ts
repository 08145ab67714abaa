import { MODEL_INPUTS, MODEL_PARAMETER_NAMES, type ModelInput, type ModelParameter } from '../../model/quantities.js';
import type { RequestCostThroughput } from '../../model/throughput/request-cost-throughput.js';
import type { Throughput, ThroughputRow } from '../../model/throughput/throughput.js';
import type { Measurements } from '../dataset/measurements.js';
import type { Complain } from '../kinds/kind.js';
import { unknownName } from '../kinds/name-of.js';
import type { ResolvedModel } from '../resolved.js';
import type { Scenario } from '../schema.js';
import { hardwareFindings } from './hardware.js';
import { quantizationsOf } from './quantizations.js';
import { leftOutBecause, noneBecause, unusedRows, usableRows } from './rows.js';
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

/** The models that can be simulated, and a warning for each that has too few rows. Complains of unknown ones and of none. */
export function resolveModels(scenario: Scenario, measured: Measurements, complain: Complain): Models {
  const fewest = FEWEST_ROWS[scenario.throughput?.form ?? 'log-log'];
  const quantizations = (name: string) => quantizationsOf(scenario, name);
  const candidates = namesOf(scenario, measured).map((name) => {
    const rows = usableRows(name, quantizations(name), measured);
    return { name, rows, throughput: throughputOf(name, scenario, rows) };
  });
  const models = candidates.flatMap(({ name, rows, throughput }) =>
    throughput
      ? [
          {
            name,
            ...nodeOf(name, scenario),
            ...parametersOf(name, scenario),
            throughput,
            ...besideOf(requestCostBeside(name, scenario, rows)),
            ...measuredOf(throughput, rows),
          },
        ]
      : [],
  );
  const others = candidates.filter(({ throughput }) => throughput === undefined).map(({ name }) => name);
  const known = new Set(measured.models);
  const unknown = others.filter((name) => !known.has(name));
  const names = [...models.map(({ name }) => name), ...unknown];
  for (const name of unknown) complain(['models', name], unknownModelOf(measured, name), 'key');
  if (names.length === 0) complain(['throughput'], noneBecause(quantizationsOf(scenario), fewest, measured));
  const leftOut = new Map(
    others
      .filter((name) => known.has(name))
      .map((name) => [name, leftOutBecause(name, quantizations(name), fewest, measured)]),
  );
  const fitted = candidates.filter(({ throughput }) => throughput && isFitted(throughput));
  const hardware = hardwareFindings(fitted.map(({ name, rows }) => [name, rows]));
  if (hardware.complaint !== undefined) complain(['throughput', 'dataset'], hardware.complaint);
  const unused = unusedRows(quantizations, new Set(fitted.map(({ name }) => name)), measured);
  const warnings = [...leftOut].map(([name, cause]) => `${name} is left out: ${cause}`);
  return { models, names, leftOut, warnings: [...warnings, ...hardware.notes, ...(unused ? [unused] : [])] };
}

function namesOf(scenario: Scenario, measured: Measurements): readonly string[] {
  if (scenario.models) return Object.keys(scenario.models);
  const quantization = quantizationsOf(scenario);
  return measured.models.filter((name) => measured.rowsOf(name, quantization).length > 0);
}

function measuredOf(throughput: Throughput, rows: readonly ThroughputRow[]): Pick<ResolvedModel, 'measured'> {
  if (!isFitted(throughput)) return {};
  return { measured: rows.map(({ input_tokens, output_tokens, tps }) => ({ input_tokens, output_tokens, tps })) };
}

function besideOf(request_cost: RequestCostThroughput | undefined): Pick<ResolvedModel, 'request_cost'> {
  return request_cost ? { request_cost } : {};
}

/** What the scenario states of a model by itself. */
function parametersOf(name: string, { models }: Scenario): Pick<ResolvedModel, ModelParameter> {
  const stated = MODEL_PARAMETER_NAMES.flatMap((parameter) => {
    const distribution = models?.[name]?.[parameter];
    return distribution ? [[parameter, distribution] as const] : [];
  });
  return Object.fromEntries(stated);
}

/** What describes a model's node: checked before to be stated for the model or at the top level. */
function nodeOf(name: string, scenario: Scenario): Pick<ResolvedModel, ModelInput> {
  const inputs = MODEL_INPUTS.map((input) => [input, scenario.models?.[name][input] ?? scenario[input]]);
  return Object.fromEntries(inputs) as Pick<ResolvedModel, ModelInput>;
}

function unknownModelOf({ models, file }: Measurements, name: string): string {
  return `${unknownName('model', name, models)} (models of ${file}); or state its tps`;
}

import type { Distribution } from '../../distributions/index.js';
import { fitThroughput, MAXIMUM_ROWS, type Throughput, type ThroughputRow } from '../../model/throughput/throughput.js';
import type { DatasetRow } from '../dataset/dataset.js';
import type { Measurements } from '../dataset/measurements.js';
import type { Complain } from '../kinds/kind.js';
import { unknownName } from '../kinds/name-of.js';
import type { ResolvedModel } from '../resolved.js';
import type { Scenario } from '../schema.js';

interface Models {
  readonly models: readonly ResolvedModel[];
  /** Names of these models, and of those that were complained of already. */
  readonly names: readonly string[];
  readonly warnings: readonly string[];
}

/** The models that can be simulated, and a warning for each that has too few rows. Complains of unknown ones and of none. */
export function resolveModels(scenario: Scenario, measured: Measurements, complain: Complain): Models {
  const quantization = scenario.throughput?.quantization ?? '';
  const candidates = namesOf(scenario, measured, quantization).map((name) => {
    const rows = usableRows(name, quantization, measured);
    return { name, rows, throughput: throughputOf(name, scenario, rows) };
  });
  const models = candidates.flatMap(({ name, rows, throughput }) =>
    throughput
      ? [{ name, node_power_kw: nodePowerOf(name, scenario), throughput, ...measuredOf(throughput, rows) }]
      : [],
  );
  const others = candidates.filter(({ throughput }) => throughput === undefined);
  const known = new Set(measured.models);
  const unknown = others.map(({ name }) => name).filter((name) => !known.has(name));
  const names = [...models.map(({ name }) => name), ...unknown];
  for (const name of unknown) complain(['models', name], unknownModelOf(measured, name), 'key');
  if (names.length === 0) complain(['throughput'], noModel(quantization, measured));
  const short = others.filter(({ name }) => known.has(name));
  return { models, names, warnings: short.map(({ name, rows }) => leftOut(name, rows.length, quantization, measured)) };
}

function namesOf({ models }: Scenario, measured: Measurements, quantization: string): readonly string[] {
  if (models) return Object.keys(models);
  return measured.models.filter((name) => measured.rowsOf(name, quantization).length > 0);
}

/** Rows with numeric lengths. Source: Oviedo et al., authors' code, `to_numeric(errors='coerce')`. */
function usableRows(name: string, quantization: string, measured: Measurements): ThroughputRow[] {
  return measured.rowsOf(name, quantization).filter(hasLengths);
}

function hasLengths(row: DatasetRow): row is DatasetRow & ThroughputRow {
  return row.input_tokens !== undefined && row.output_tokens !== undefined;
}

function throughputOf(name: string, { models }: Scenario, rows: readonly ThroughputRow[]): Throughput | undefined {
  const tps = models?.[name].tps;
  return tps ? { method: 'given', tps } : fitThroughput(rows);
}

function measuredOf({ method }: Throughput, rows: readonly ThroughputRow[]): Pick<ResolvedModel, 'measured'> {
  if (method === 'given') return {};
  return { measured: rows.map(({ input_tokens, output_tokens, tps }) => ({ input_tokens, output_tokens, tps })) };
}

/** Checked before to be stated for the model or at the top level. */
function nodePowerOf(name: string, { models, node_power_kw }: Scenario): Distribution {
  return (models?.[name].node_power_kw ?? node_power_kw)!;
}

function leftOut(name: string, count: number, quantization: string, { file }: Measurements): string {
  const rows = `${count} ${quantization} ${count === 1 ? 'row' : 'rows'} with numeric lengths in ${file}`;
  return `${name} is left out: ${rows}, ${MAXIMUM_ROWS} needed; add rows, or state its tps under models`;
}

function unknownModelOf({ models, file }: Measurements, name: string): string {
  return `${unknownName('model', name, models)} (models of ${file}); or state its tps`;
}

function noModel(quantization: string, { file, quantizations }: Measurements): string {
  const needed = `${MAXIMUM_ROWS} ${quantization} rows with numeric lengths`;
  return `no model has ${needed}; ${file} has rows of ${quantizations.join(', ')}`;
}

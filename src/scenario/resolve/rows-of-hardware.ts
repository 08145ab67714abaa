import { significant } from '../../format.js';
import type { Aliases } from '../../model/catalogue/aliases.js';
import { hardware as hardwareRow } from '../../model/catalogue/hardware.js';
import { type HardwareNames, type StandIn, standIns } from '../../model/hardware/stand-in.js';
import type { Measurements } from '../dataset/measurements.js';
import type { Scenario } from '../schema.js';
import { quantizationsOf } from './quantizations.js';
import { type FittingRow, usableRows } from './rows.js';

/** A model's rows for the hardware that a scenario asks for. */
export interface RowsOfHardware {
  readonly rows: readonly FittingRow[];
  /** How rows of other hardware stand in for it. */
  readonly standIn?: StandIn;
  readonly notes: readonly string[];
}

/**
 * The rows of a model on the chip that `hardware` names, in its number format. Where there are none, rows of other hardware from which a
 * measured ratio leads there; where there is no such ratio either, none if the model can be foretold, else those of the number format
 * as they are, which is said. Rows that tell no chip are taken as they are.
 */
export function rowsOfHardware(
  name: string,
  scenario: Scenario,
  measured: Measurements,
  names: () => Aliases,
): RowsOfHardware {
  const quantizations = quantizationsOf(scenario, name);
  const rows = usableRows(name, quantizations, measured);
  const { hardware } = scenario;
  if (hardware === undefined || measured.file === '') return { rows, notes: [] };
  const aliases = names();
  const accelerator = aliases.find('accelerator', hardware.accelerator)?.canonical_name;
  const precision = aliases.find('precision', quantizations[0])?.canonical_name;
  const all = usableRows(name, measured.quantizations, measured);
  if (accelerator === undefined || precision === undefined || !all.some((row) => chipOf(row, aliases)))
    return { rows, notes: [] };
  const on = (asked: HardwareNames) => all.filter((row) => isOn(row, asked, aliases));
  const own = rows.filter((row) => chipOf(row, aliases) === accelerator);
  if (own.length > 0) return { rows: own, notes: [] };
  const ways = standIns({ accelerator, precision }, concurrencyOf(scenario), (chip) => nodePowerKw(chip, aliases));
  const found = ways.map((standIn) => ({ standIn, rows: on(standIn.from) })).find((way) => way.rows.length > 0);
  if (found) return { ...found, notes: [standInNote(name, { accelerator, precision }, found.standIn, aliases)] };
  const isForetold = scenario.throughput?.form === 'request-cost' && scenario.models !== undefined;
  if (isForetold) return { rows: [], notes: [] };
  return { rows, notes: rows.length > 0 ? [asTheyAre(name, accelerator, rows, aliases)] : [] };
}

function chipOf({ hardware }: FittingRow, aliases: Aliases): string | undefined {
  const known = Object.values(hardware).map((text) => aliases.find('accelerator', text)?.canonical_name);
  return known.find((chip) => chip !== undefined);
}

function isOn(row: FittingRow, { accelerator, precision }: HardwareNames, aliases: Aliases): boolean {
  if (chipOf(row, aliases) !== accelerator) return false;
  return aliases.find('precision', row.quantization)?.canonical_name === precision;
}

/** Queries in flight where the scenario states one number of them. */
function concurrencyOf({ concurrency, regimes }: Scenario): number | undefined {
  const stated = [concurrency, ...Object.values(regimes).map((regime) => regime.concurrency)];
  const numbers = stated.flatMap((one) => (one?.family === 'constant' ? [one.parameters.value] : []));
  return numbers[0];
}

function nodePowerKw(accelerator: string, aliases: Aliases): number {
  const looked = hardwareRow(accelerator, aliases);
  return 'found' in looked ? Number(looked.found.node_max_power_kw) : Number.NaN;
}

function standInNote(name: string, asked: HardwareNames, { from, ratios }: StandIn, aliases: Aliases): string {
  const of = ({ accelerator, precision }: HardwareNames) => `${accelerator} in ${precision}`;
  const told = ratios.map(({ ratio, condition, n, median, p10, p90, source_title }) => {
    const range = p10 === undefined || p90 === undefined ? '' : ` (P10–P90 ${p10}–${p90})`;
    return `${ratio} ${significant(median)}${range}, n = ${n}, ${condition}; ${source_title}`;
  });
  const power = nodePowerKw(asked.accelerator, aliases);
  const node = from.accelerator === asked.accelerator ? '' : `; for nodes of ${power} kW`;
  return `${name}: no rows of ${of(asked)}; those of ${of(from)} stand in, times measured ratios${node}: ${told.join('; ')}`;
}

function asTheyAre(name: string, asked: string, rows: readonly FittingRow[], aliases: Aliases): string {
  const chips = [...new Set(rows.map((row) => chipOf(row, aliases) ?? 'an unknown chip'))].join(' and ');
  return `${name}: its rows are of ${chips} and not of ${asked}, no measured ratio leads there, and they are taken as they are`;
}

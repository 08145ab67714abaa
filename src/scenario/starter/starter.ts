import type { Aliases } from '../../model/catalogue/aliases.js';
import { type Hardware, hardware } from '../../model/catalogue/hardware.js';
import { catalogueModel } from '../../model/catalogue/models.js';
import { unknownText } from '../../model/catalogue/names.js';
import { figure } from '../../model/catalogue/records.js';
import { type ServiceNames, unmeasuredService } from '../../model/catalogue/unmeasured.js';
import { nodePowerW } from '../../model/hardware/chassis.js';
import type { CsvRecord } from '../../model/throughput/pool/configurations.js';
import { bestRows, WAY_COLUMNS } from './configuration.js';

/** What a first scenario is of, by any of its names; the precision may be left to what was measured. */
export interface StarterWish {
  readonly model: string;
  readonly accelerator: string;
  readonly precision?: string;
}

/** A scenario's text, or why there is none. */
export type Starter = { readonly text: string } | { readonly problem: string };

/** Number formats in the order in which they are tried. */
const PRECISIONS = ['FP8', 'FP4', 'FP16', 'MXFP4'] as const;

/**
 * A small commented scenario that runs: with rows of throughput-tensorrt-llm.csv where it has some of the model on the accelerator,
 * else with what the size and the hardware foretell.
 */
export function starterScenario(wish: StarterWish, records: readonly CsvRecord[], aliases: Aliases): Starter {
  const model = catalogueModel(wish.model, aliases);
  if ('unknown' in model) return { problem: unknownText('model', wish.model, 'models.csv', model.unknown) };
  const chip = hardware(wish.accelerator, aliases);
  if ('unknown' in chip) return { problem: unknownText('accelerator', wish.accelerator, 'hardware.csv', chip.unknown) };
  const node = nodeOf(chip.found);
  if (node === undefined) return { problem: `hardware.csv has no power of a node of ${chip.found.accelerator}` };
  const names = { model: model.found.model, accelerator: chip.found.accelerator };
  const wished = wish.precision === undefined ? PRECISIONS : [wish.precision];
  const services = wished.map((precision) => serviceOf({ ...names, precision }, node, records, aliases));
  const usable = services.filter((one) => 'names' in one);
  const best = usable.find(({ rows }) => rows.length > 0) ?? usable[0];
  if (best !== undefined) return { text: starterText(best.names, node, best.rows) };
  return { problem: services.flatMap((one) => ('problem' in one ? one.problem : []))[0] };
}

/** GPUs of a node and its power, kW. */
interface StarterNode {
  readonly gpus: number;
  readonly power_kw: number;
}

function nodeOf(chip: Hardware): StarterNode | undefined {
  const [gpus, power_kw] = [figure(chip, 'node_accelerators'), figure(chip, 'node_max_power_kw') ?? fullPowerKw(chip)];
  return gpus === undefined || power_kw === undefined ? undefined : { gpus, power_kw };
}

/** Of a node without a rating, what it draws while its accelerators draw most: the chassis line of hardware.csv. */
function fullPowerKw(chip: Hardware): number | undefined {
  const [fixed_w, slope] = [figure(chip, 'host_fixed_w_per_node'), figure(chip, 'node_w_per_gpu_w')];
  const full_w = figure(chip, 'gpu_full_w');
  if (fixed_w === undefined || slope === undefined || full_w === undefined) return undefined;
  return Math.round(nodePowerW({ fixed_w, slope, full_accelerator_w: full_w }, full_w) / 100) / 10;
}

type Service = { readonly names: ServiceNames; readonly rows: readonly CsvRecord[] } | { readonly problem: string };

function serviceOf(
  names: ServiceNames,
  { gpus }: StarterNode,
  records: readonly CsvRecord[],
  aliases: Aliases,
): Service {
  const precision = aliases.find('precision', names.precision)?.canonical_name;
  const rows = precision === undefined ? [] : bestRows(records, { ...names, precision }, gpus, aliases);
  if (precision !== undefined && rows.length > 0) return { names: { ...names, precision }, rows };
  const unmeasured = unmeasuredService(names, gpus, aliases);
  return 'problem' in unmeasured ? unmeasured : { names: unmeasured.names, rows };
}

function starterText(names: ServiceNames, node: StarterNode, rows: readonly CsvRecord[]): string {
  const { model, accelerator, precision } = names;
  const name = `${model} ${accelerator}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return `# What one query of ${model} (${precision}) uses on a node of ${node.gpus} ${accelerator}.
# Every number may be replaced by your own; distributions may stand for numbers anywhere.
version: 1
name: ${name}
samples: 100000

throughput:
${rows.length > 0 ? measuredText(rows) : FORETOLD}
  gpus_per_node: ${node.gpus}

hardware: { accelerator: ${quoted(accelerator)}, precision: ${precision} }
node_power_kw: ${node.power_kw} # most that the node draws: tokenjoule catalogue hardware
models:
  ${quoted(rows[0]?.model ?? model)}:

power_utilization: { lognormal: { p5: 0.4, p95: 0.9 } } # share of that power that a busy node draws: Oviedo et al., 2026
pue: { lognormal: { p5: 1.05, p95: 1.6 } } # of the facility: Oviedo et al., 2026; operators': tokenjoule catalogue pue

regimes:
  chat:
    input_tokens: 500
    output_tokens: { exponential: { median: 300 } }
  long: # reasoning
    input_tokens: 500
    output_tokens: { exponential: { median: 5000 }, max: 32768 }
`;
}

const FORETOLD =
  '  form: request-cost # no rows of this model here: its costs follow from its size and the hardware, to a factor of about 3';

function measuredText(rows: readonly CsvRecord[]): string {
  const [row] = rows;
  const where = WAY_COLUMNS.filter((column) => row[column] !== '').map(
    (column) => `    ${column}: ${quoted(row[column])}`,
  );
  return `  dataset: tensorrt-llm # NVIDIA's published tables, which ship (${row.source_title}); or a CSV file of your own
  form: request-cost # what input, output and context cost the node
  where: # ${rows.length} rows
${where.join('\n')}
  offline_to_service: { lognormal: { p5: 0.45, p95: 0.95 } } # the rows are offline maxima; a service reaches less`;
}

/** A text as YAML reads it back: quoted unless it is plain words. */
function quoted(text: string): string {
  return /^[A-Za-z][A-Za-z0-9 .+-]*$/.test(text) && !/^(yes|no|on|off|true|false|null|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text);
}

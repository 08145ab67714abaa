import { ln, square } from '../distributions/elementary.js';
import { sizeAndHardware } from '../model/catalogue/size-and-hardware.js';
import type { Deployment } from '../model/serving/deployment.js';
import type { CsvRecord } from '../model/throughput/pool/configurations.js';
import { listText, nearestHint } from '../words.js';
import { type Catalogue, hardwareOf, modelOf } from './catalogue.js';
import type { MeasuredRow } from './measured-row.js';
import { speculation } from './speculation.js';

/** A measured row with what it was measured on. */
export interface IdentifiedRow {
  readonly row: MeasuredRow;
  /** Canonical names. */
  readonly model: string;
  readonly family: string;
  readonly accelerator: string;
  readonly precision: string;
  readonly deployment: Deployment;
  readonly hardware: CsvRecord;
  /** What was taken for what the catalogue does not have; empty for a strict match. */
  readonly loosely: readonly string[];
}

/** Why a row cannot be matched. Rows are counted by `cause`; `detail` names what it is about. */
export interface Unmatched {
  readonly row: MeasuredRow;
  readonly cause: string;
  readonly detail: string;
}

/** Finds model, accelerator and precision of a row in the catalogue, or says why it cannot be matched. */
export function identify(row: MeasuredRow, catalogue: Catalogue): IdentifiedRow | Unmatched {
  const unmatched = (cause: string, detail: string): Unmatched => ({ row, cause, detail });
  if (row.modality !== 'text') return unmatched('reads images or video, which are encoded besides', row.modality);
  if (row.energy_wh === undefined) return unmatched('states no energy per request', row.model);
  if (row.accelerator_count === undefined) return unmatched('states no number of accelerators', row.accelerator);
  const chip = catalogue.aliases.find('accelerator', row.accelerator);
  if (chip === undefined) return unmatched('unknown accelerator', nearestName(row, 'accelerator', catalogue));
  const hardware = hardwareOf(catalogue, chip.canonical_name);
  if (hardware === undefined || !(Number(hardware.tdp_w) > 0))
    return unmatched('accelerator without figures in hardware.csv', chip.canonical_name);
  const found = modelFor(row, catalogue);
  const precision = precisionOf(row.quantization, found?.family, catalogue);
  if (precision === undefined) return unmatched('precision unknown or not stated', row.quantization || 'blank');
  if (found === undefined)
    return unmatched('unknown model without parameter counts', nearestName(row, 'model', catalogue));
  const sizes = sizeAndHardware(found.record, hardware, precision.name, row.accelerator_count);
  if ('missing' in sizes) return unmatched('sizes are missing', sizes.missing.join(', '));
  const drafts = speculation(row.speculative_decoding);
  return {
    row,
    model: found.name,
    family: found.family,
    accelerator: chip.canonical_name,
    precision: precision.name,
    deployment: {
      ...sizes.found,
      layers: Number(found.record.layers),
      hidden_size: Number(found.record.hidden_size),
      casts_activations: CASTING.includes(precision.name),
      tdp_w: Number(hardware.tdp_w),
      ...drafts,
    },
    hardware,
    loosely: [...found.loosely, ...precision.loosely, ...(drafts.tokens_per_step > 1 ? [SPECULATIVE] : [])],
  };
}

const SPECULATIVE = 'speculative decoding at an acceptance published for another service';

/** A name with the nearest of those that have figures; of accelerators, which are few, all of these where none is near. */
function nearestName(
  row: MeasuredRow,
  kind: 'accelerator' | 'model',
  { aliases, models, hardware }: Catalogue,
): string {
  const known = new Set(
    kind === 'model' ? models.filter(isWhole).map(({ model }) => model) : hardware.map((one) => one.accelerator),
  );
  const names = aliases.names(kind).filter((name) => known.has(aliases.find(kind, name)?.canonical_name ?? name));
  const hint = nearestHint(row[kind], [...new Set([...known, ...names])]);
  const all = hint === '' && kind === 'accelerator' ? ` (none is near; known are ${listText([...known])})` : hint;
  return `${row[kind]}${all}`;
}

/** Precisions in which activations are multiplied as well; of the others weights alone are stored in fewer bits, or nothing is cast. */
const CASTING = ['FP8', 'INT8', 'FP4'];

/** Its weights are published in MXFP4 alone (arXiv 2508.10925): four bits of it are these, whatever a table calls them. */
const IN_MXFP4 = 'gpt-oss';

/** A precision by its canonical name; of mixed ones that of the weights, which comes first. */
function precisionOf(
  written: string,
  family: string | undefined,
  { aliases }: Catalogue,
): { name: string; loosely: string[] } | undefined {
  const known = aliases.find('precision', written);
  if (known === undefined || known.family === 'not stated') return undefined;
  const [weights] = known.canonical_name.split(',');
  if (family === IN_MXFP4 && known.family === '4-bit') return { name: 'MXFP4', loosely: [] };
  const isMixed = weights !== known.canonical_name;
  return { name: weights, loosely: isMixed ? [`${known.canonical_name} taken as ${weights}`] : [] };
}

interface FoundModel {
  readonly name: string;
  readonly family: string;
  readonly record: CsvRecord;
  readonly loosely: readonly string[];
}

/** The catalogue's row of a model; for one that it lacks, the row's own parameters with the shape of the model nearest in size. */
function modelFor(row: MeasuredRow, catalogue: Catalogue): FoundModel | undefined {
  const alias = catalogue.aliases.find('model', row.model);
  const name = alias?.canonical_name ?? row.model;
  const family = alias?.family ?? row.model;
  const known = modelOf(catalogue, name);
  if (known !== undefined && isWhole(known)) return { name, family, record: known, loosely: [] };
  const { total_params_b = Number(known?.total_params_b), active_params_b = total_params_b } = row;
  if (!(total_params_b > 0 && active_params_b > 0)) return undefined;
  const shape = nearestInSize(catalogue.models.filter(isWhole), total_params_b, active_params_b);
  const record = { ...shape, total_params_b: String(total_params_b), active_params_b: String(active_params_b) };
  return { name, family, record, loosely: [`${name} taken to have the layers and cache of ${shape.model}`] };
}

function isWhole(record: CsvRecord): boolean {
  const needed = [
    'total_params_b',
    'active_params_b',
    'layers',
    'hidden_size',
    'kv_bytes_per_token_fp16',
    'kv_bytes_per_token_fp8',
  ];
  return needed.every((column) => Number(record[column]) > 0);
}

function nearestInSize(models: readonly CsvRecord[], total: number, active: number): CsvRecord {
  const distance = ({ total_params_b, active_params_b }: CsvRecord) =>
    square(ln(Number(total_params_b) / total)) + square(ln(Number(active_params_b) / active));
  return models.reduce((best, one) => (distance(one) < distance(best) ? one : best));
}

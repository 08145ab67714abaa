import type { Catalogue } from './catalogue.js';
import { type IdentifiedRow, identify } from './identify.js';
import type { MeasuredTable } from './read-measured.js';

/** Rows measured alike: one model at one precision on one number of one chip. */
export interface MeasuredConfiguration {
  readonly name: string;
  readonly rows: readonly IdentifiedRow[];
}

/** What to calibrate, where a table has rows of several configurations: canonical names, or as the table writes them. */
export interface WantedConfiguration {
  readonly model?: string;
  readonly accelerator?: string;
  readonly quantization?: string;
}

/** The configurations of a table that fit what is wanted, in the order of their first rows. */
export function configurationsOf(
  { rows }: MeasuredTable,
  catalogue: Catalogue,
  wanted: WantedConfiguration,
): MeasuredConfiguration[] {
  const groups = new Map<string, IdentifiedRow[]>();
  for (const row of rows) {
    const one = identify(row, catalogue);
    if ('cause' in one || !isWanted(one, wanted)) continue;
    const name = nameOf(one);
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups].map(([name, members]) => ({ name, rows: members }));
}

function nameOf({ model, accelerator, precision, deployment }: IdentifiedRow): string {
  return `${model}, ${precision}, ${deployment.gpu_count} × ${accelerator}`;
}

function isWanted(one: IdentifiedRow, { model, accelerator, quantization }: WantedConfiguration): boolean {
  return (
    isNamed(model, one.model, one.row.model) &&
    isNamed(accelerator, one.accelerator, one.row.accelerator) &&
    isNamed(quantization, one.precision, one.row.quantization)
  );
}

function isNamed(wanted: string | undefined, ...names: readonly string[]): boolean {
  return wanted === undefined || names.includes(wanted);
}

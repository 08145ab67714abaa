import { listText, nearestHint } from '../../words.js';
import { countColumn } from './hardware-columns.js';
import type { Reading } from './reading.js';

/** What turns a row's tokens per second into those of a node; undefined, and complained of, where the row does not tell. */
export type NodeFactor = (fields: readonly string[], complain: (message: string) => void) => number | undefined;

/** How the rows of a file become those of a node. Complains where a group's GPUs are counted in no column. */
export function nodeFactor(
  header: readonly string[],
  { per, gpus_per_node, columns }: Reading,
  complain: (message: string) => void,
): NodeFactor {
  if (per === 'node') return () => 1;
  if (per === 'gpu') return () => gpus_per_node;
  const named = columns?.gpu_count;
  const position = named === undefined ? countColumn(header) : header.indexOf(named);
  if (position < 0) {
    const missing = named === undefined ? 'none here does' : `none is called ${named}${nearestHint(named, header)}`;
    const remedy = 'name it under throughput.columns.gpu_count';
    complain(
      `throughput.per is group, so a column must count the GPUs of a row; ${missing}; ${remedy}; the columns here are ${listText(header)}`,
    );
    return () => undefined;
  }
  return (fields, complainOfRow) => {
    const gpus = Number(fields[position]);
    if (fields[position] !== '' && Number.isInteger(gpus) && gpus > 0) return gpus_per_node / gpus;
    complainOfRow(
      `${header[position]}: expected a whole number of GPUs from 1 on; found ${JSON.stringify(fields[position])}`,
    );
    return undefined;
  };
}

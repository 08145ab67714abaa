import { listText } from '../../words.js';
import { hardwareColumns } from './hardware-columns.js';
import type { CsvLine } from './lines.js';

/** What several kinds or numbers of accelerators in one file ask of its scenario; undefined where there is one, or none says. */
export function mixedHardware(header: CsvLine, lines: readonly CsvLine[]): string | undefined {
  const mixed = hardwareColumns(header.fields).flatMap(({ name, position }) => {
    const values = [...new Set(lines.map(({ fields }) => fields[position] || 'none'))];
    return values.length < 2 ? [] : [`${name} ${shortList(values)}`];
  });
  if (mixed.length === 0) return undefined;
  const remedy = 'choose those of one node with throughput.where, and say with throughput.per what their rates count';
  return `rows are of different hardware: ${mixed.join('; ')}; ${remedy} (node, gpu or group)`;
}

const MOST_SHOWN = 6;

function shortList(values: readonly string[]): string {
  const rest = values.length - MOST_SHOWN;
  return rest > 1 ? `${values.slice(0, MOST_SHOWN).join(', ')} and ${rest} more` : listText(values);
}

import { csvField } from '../formats/csv.js';
import type { RunSide } from './whole-rows.js';

/** Hands a file to whoever looks at the page. */
export function saveAs(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // Browsers read it a moment later.
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}

const KEPT_MS = 60_000;

/** All results of both sides as rows, in the columns of summary.arrow after that which names the side. */
export function csvOf(sides: readonly RunSide[]): string {
  const columns = Object.keys(sides[0]?.whole.run.summary[0] ?? {});
  const lines = sides.flatMap(({ name, whole }) =>
    whole.run.summary.map((row) => [name, ...columns.map((column) => Reflect.get(row, column))]),
  );
  return [['side', ...columns], ...lines]
    .map((cells) => `${cells.map((cell) => csvField(cell)).join(',')}\r\n`)
    .join('');
}

import { printableLine } from './printable.js';

/** A number in `digits` significant digits, without exponent between 1e-4 and 1e15: 0.313, 3.91, 17,500. */
export function significant(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '–' : value > 0 ? '∞' : '-∞';
  if (value === 0) return '0';
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  if (magnitude < -4 || magnitude >= 15) return value.toExponential(digits - 1);
  const rounded = Number(value.toPrecision(digits));
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(rounded))));
  return grouped(rounded.toFixed(decimals));
}

/** Two ends of a range: 0.163–0.601. */
export function rangeText(low: number, high: number, digits = 3): string {
  return `${significant(low, digits)}–${significant(high, digits)}`;
}

/** A share in percent: 2.1 %. */
export function percent(share: number): string {
  return `${significant(share * 100, 2)} %`;
}

/** A whole number with thousands separated: 2,000,000; or ∞. */
export function count(value: number): string {
  return Number.isFinite(value) ? grouped(value.toFixed(0)) : significant(value);
}

/** As `toLocaleString('en-US')` does, whose first call takes a browser as long as a whole figure (70 ms of loading). */
function grouped(decimal: string): string {
  const [whole, fraction] = decimal.split('.');
  const thousands = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? thousands : `${thousands}.${fraction}`;
}

/** A duration in seconds: 850 ms, 12 s, 3 min 20 s, 2 h 5 min. */
export function duration(seconds: number): string {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** A rate with its magnitude: 12.3 M/s. */
export function rate(perSecond: number): string {
  const [scale, letter] =
    perSecond >= 1e9 ? [1e9, ' G'] : perSecond >= 1e6 ? [1e6, ' M'] : perSecond >= 1e3 ? [1e3, ' k'] : [1, ' '];
  return `${significant(perSecond / scale)}${letter}/s`;
}

/** Rows of cells as aligned lines: the first column to the left, the others to the right, trailing blanks cut. */
export function alignedLines(written: readonly (readonly string[])[]): string[] {
  const rows = written.map((row) => row.map(printableLine));
  const widths = rows.reduce<number[]>((all, row) => {
    row.forEach((cell, i) => {
      all[i] = Math.max(all[i] ?? 0, cell.length);
    });
    return all;
  }, []);
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
      .join('  ')
      .trimEnd(),
  );
}

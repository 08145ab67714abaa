import { numberRemedy } from '../distributions/number-meant.js';
import { quantileNameOf } from '../sketch/quantile-name.js';
import type { Precision } from './resolved.js';

/** What `--until` takes. */
export const UNTIL_EXPECTED = 'expected QUANTILE=SHARE, e.g. p50=0.1% or p99=0.01';

/** The precision of energy that `--until p50=0.1%` asks for; undefined if it is not written so. Its size is checked with the scenario. */
export function precisionOf(text: string): Precision | undefined {
  const [, written = '', digits, percent] = /^\s*(p[\d.]+)\s*=\s*([\d.]+(?:e-?\d+)?)\s*(%?)\s*$/i.exec(text) ?? [];
  const quantile = quantileNameOf(written);
  const value = Number(digits);
  if (digits === undefined || Number.isNaN(value) || quantile === undefined) return undefined;
  return { metric: 'energy', quantile, relative: percent ? value / 100 : value };
}

/** What to write where the share has a decimal comma. */
export function untilHint(text: string): string {
  const [, name, share, percent] = /^\s*(p[\d.]+)\s*=\s*([\d.,]+)\s*(%?)\s*$/i.exec(text) ?? [];
  const remedy = share === undefined ? '' : numberRemedy(share, '', (value) => value < 100);
  const [, number] = /^write ([\d.]+)$/.exec(remedy) ?? [];
  return number === undefined ? '' : `; write ${name}=${number}${percent}`;
}

import type { Path } from '../errors.js';
import { nearestHint } from '../words.js';
import { ASSIGNMENT } from './set-key.js';

/** Sweep options of the command line, as typed, without their flags. */
export interface SweepOptions {
  /** `key=1,2,3`, `key=linear:FROM:TO:POINTS` or `key=log:FROM:TO:POINTS` each; without POINTS where `sample` is given. */
  readonly over?: readonly string[];
  /** The same, moved together. */
  readonly zip?: readonly string[];
  /** `sobol:POINTS` or `latin-hypercube:POINTS`: ranges of `over` without points are sampled. */
  readonly sample?: string;
}

/** One option as what it puts into the scenario's `sweep` block. */
export interface SweepEntry {
  readonly option: string;
  readonly path: Path;
  /** YAML, for a list of values; plain data else. */
  readonly list?: string;
  readonly value?: unknown;
}

const FORMS = ['linear', 'log'];

/** The entries of a `sweep` block that options stand for; complains of those that cannot be read. */
export function sweepEntries(
  { over = [], zip = [], sample }: SweepOptions,
  complain: (option: string, message: string) => void,
): SweepEntry[] {
  const sampled = sample === undefined ? [] : sampleEntries(sample, complain);
  return [
    ...over.flatMap((text) => axisEntry('over', text, sampled.length > 0, complain) ?? []),
    ...zip.flatMap((text) => axisEntry('zip', text, false, complain) ?? []),
    ...sampled,
  ];
}

function sampleEntries(text: string, complain: (option: string, message: string) => void): SweepEntry[] {
  const option = `--sample ${text}`;
  const [method, points, ...rest] = text.split(':');
  if (points === undefined || rest.length > 0) complain(option, 'expected METHOD:POINTS, e.g. sobol:256');
  return [
    { option, path: ['sweep', 'sample', 'method'], value: method },
    { option, path: ['sweep', 'sample', 'points'], value: numberOrText(points ?? '') },
  ];
}

function axisEntry(
  section: 'over' | 'zip',
  text: string,
  sampled: boolean,
  complain: (option: string, message: string) => void,
): SweepEntry | undefined {
  const option = `--${section} ${text}`;
  const [, key, values] = ASSIGNMENT.exec(text) ?? [];
  if (key === undefined || values === undefined) return void complain(option, 'expected key=value,value,…');
  const [, form, numbers] = /^([a-z]+):(.*)$/.exec(values) ?? [];
  if (form === undefined) return { option, path: ['sweep', section, key.trim()], list: `[${values}]` };
  if (!FORMS.includes(form)) {
    return void complain(option, `no range is called ${form}${nearestHint(form, FORMS)}; expected linear: or log:`);
  }
  const [from, to, points] = numbers.split(':').map(numberOrText);
  const inSample = sampled && points === undefined;
  return {
    option,
    path: ['sweep', ...(inSample ? ['sample', 'over'] : [section]), key.trim()],
    value: { [form]: { from, to, ...(points === undefined ? {} : { points }) } },
  };
}

/** What is no number stays as typed, for the complaint about it. */
function numberOrText(text: string): number | string {
  return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
}

import { type Input, inputsBy } from '../model/quantities.js';

/** Quantities with a slider, under the scenario file's own keys: the most telling ones first. */
export const QUANTITIES: readonly Quantity[] = inputsBy('page');

export type Quantity = Input;

/** What one side of the page is set to. A quantity that is absent is the preset's own. */
export interface Choice {
  readonly preset: string;
  readonly regime: string;
  /** A model or a blend. */
  readonly subject: string;
  readonly samples: number;
  readonly quantities: { readonly [Q in Quantity]?: number };
}

/** Settings as a URL's fragment, e.g. `a.preset=oviedo-2026&a.pue=1.1`. */
export function toFragment(choices: Readonly<Record<string, Choice>>): string {
  const parameters = new URLSearchParams();
  for (const [side, { quantities, ...names }] of Object.entries(choices)) {
    for (const [key, value] of Object.entries({ ...names, ...quantities }))
      parameters.set(`${side}.${key}`, `${value}`);
  }
  return parameters.toString();
}

/** One side's settings from a fragment; whatever is missing or senseless there is left as in `fallback`. */
export function fromFragment(fragment: string, side: string, fallback: Choice): Choice {
  const parameters = new URLSearchParams(fragment.replace(/^#/, ''));
  const text = (key: string, otherwise: string) => parameters.get(`${side}.${key}`) ?? otherwise;
  const number = (key: string) => finiteNumber(parameters.get(`${side}.${key}`));
  const samples = number('samples') ?? fallback.samples;
  return {
    preset: text('preset', fallback.preset),
    regime: text('regime', fallback.regime),
    subject: text('subject', fallback.subject),
    samples: Number.isInteger(samples) && samples >= 1 && samples <= MOST_SAMPLES ? samples : fallback.samples,
    quantities: Object.fromEntries(
      QUANTITIES.flatMap((quantity) => {
        const value = number(quantity) ?? fallback.quantities[quantity];
        return value === undefined ? [] : [[quantity, value]];
      }),
    ),
  };
}

/** What a page should not take up without being asked twice: seconds of a core. */
export const MOST_SAMPLES = 10_000_000;

function finiteNumber(text: string | null): number | undefined {
  const value = text === null || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

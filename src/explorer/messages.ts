import type { Dataset } from '../scenario/dataset/dataset.js';
import type { Distribution, Outcome } from './outcome.js';
import type { PresetData } from './preset.js';

/** What the page asks of its workers; the newest request ends the one before. */
export type Request =
  | { readonly id: number; readonly kind: 'scenario'; readonly side: SideData }
  | { readonly id: number; readonly kind: 'ratio'; readonly a: SideData; readonly b: SideData };

/** One side as the page knows it. `members` are known once its scenario has been run. */
export interface SideData {
  readonly scenario: object;
  readonly dataset: Dataset;
  readonly subject: string;
  readonly samples: number;
  readonly members: readonly string[];
}

/** What a worker answers: a result for each number of samples, or what is wrong. */
export type Answer =
  | { readonly id: number; readonly kind: 'scenario'; readonly samples: number; readonly outcome: Outcome }
  | { readonly id: number; readonly kind: 'ratio'; readonly samples: number; readonly ratio: Distribution }
  | { readonly id: number; readonly kind: 'problem'; readonly message: string };

/** What the page fetches to begin with, made by its build: the presets' scenarios and their dataset, parsed. */
export interface PresetsFile {
  readonly scenarios: Readonly<Record<string, PresetData>>;
  readonly dataset: Dataset;
}

import type { Distribution, Outcome } from './outcome.js';

/** What the page asks of its workers; the newest request ends the one before. */
export type Request =
  | { readonly id: number; readonly kind: 'scenario'; readonly side: SideText }
  | { readonly id: number; readonly kind: 'ratio'; readonly a: SideText; readonly b: SideText };

/** One side as the page knows it. `members` are known once its scenario has been run. */
export interface SideText {
  readonly text: string;
  readonly dataset: string;
  readonly subject: string;
  readonly samples: number;
  readonly members: readonly string[];
}

/** What a worker answers: a result for each number of samples, or what is wrong. */
export type Answer =
  | { readonly id: number; readonly kind: 'scenario'; readonly samples: number; readonly outcome: Outcome }
  | { readonly id: number; readonly kind: 'ratio'; readonly samples: number; readonly ratio: Distribution }
  | { readonly id: number; readonly kind: 'problem'; readonly message: string };

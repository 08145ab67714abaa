import type { ResolvedScenario } from '../scenario/resolved.js';

/** A scenario as the page has it: plain data that whoever makes the page writes into it. */
export interface Opened {
  /** As links and the list of scenarios call it; no two of a page are alike. */
  readonly name: string;
  readonly origin: 'shipped' | 'file' | 'run';
  /** Hash of the scenario: a link knows by it whether the scenario has changed since. */
  readonly hash: string;
  /** With nothing left open: what the page draws, its settings moved. */
  readonly scenario: ResolvedScenario;
  /** The file it was written in; absent for a run whose file is gone or has changed since. */
  readonly text?: string;
  /** Tables that the file names, by these names, where they are small enough to be handed on. */
  readonly datasets: Readonly<Record<string, string>>;
}

/** All that a page is made with. */
export interface PageData {
  readonly version: string;
  /** The first one is shown; against the second where the page was made of several. */
  readonly scenarios: readonly Opened[];
  /** Whether the second one is shown beside the first. */
  readonly compared: boolean;
}

/** Where the page carries its data. */
export const DATA_ELEMENT = '<script type="application/json" id="data">';

import type { Passes } from '../plan/stages.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { PrecisionReached } from './precision-reached.js';

/** All that a run found. */
export interface Result extends Passes {
  /** What was run: `samples` are those drawn. */
  readonly scenario: ResolvedScenario;
  /** What a run to a precision asked for and used. */
  readonly precision?: PrecisionReached;
}

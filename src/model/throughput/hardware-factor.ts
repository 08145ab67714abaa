import type { Distribution } from '../../distributions/index.js';

/** What node-seconds of rows on other hardware are multiplied by, under the name of its stream. */
export interface HardwareFactor {
  readonly variable: string;
  readonly distribution: Distribution;
}

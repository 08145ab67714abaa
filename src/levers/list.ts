import type { Lever } from './lever.js';
import { HARDWARE, PRECISION } from './proposals/hardware.js';
import { CAP, CLOCK } from './proposals/power.js';
import { BATCH, CACHING, SHORTER_OUTPUTS } from './proposals/queries.js';
import { AUTOSCALE, PEAK_LOAD, PUE } from './proposals/site.js';

/** Every lever that is looked at; in this order where they save the same. */
export const LEVERS: readonly Lever[] = [
  CLOCK,
  CAP,
  AUTOSCALE,
  PEAK_LOAD,
  PRECISION,
  HARDWARE,
  BATCH,
  PUE,
  SHORTER_OUTPUTS,
  CACHING,
];

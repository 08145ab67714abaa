import { CARBON } from './carbon.js';
import { COST } from './cost.js';
import type { Impact } from './impact.js';
import { WATER } from './water.js';

/** All impacts, in the order in which tables show them. */
export const IMPACTS: readonly Impact[] = [CARBON, WATER, COST];

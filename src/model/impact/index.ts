import type { ResultName } from '../quantities.js';
import { CARBON } from './carbon.js';
import { COST } from './cost.js';
import type { Impact } from './impact.js';
import { WATER } from './water.js';

/** All impacts, in the order in which tables show them. */
export const IMPACTS: readonly Impact[] = [CARBON, WATER, COST];

/** What a query comes to, as readers are shown it and analyses ask for it: its energy first, then what it causes. */
export const SHOWN_METRICS: readonly ResultName[] = ['energy', ...IMPACTS.map(({ metric }) => metric)];

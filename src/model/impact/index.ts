import { CARBON } from './carbon.js';
import type { Impact } from './impact.js';

/** All impacts, in the order in which tables show them. */
export const IMPACTS: readonly Impact[] = [CARBON];

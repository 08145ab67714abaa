import { named } from '../kinds/named.js';
import { number } from '../kinds/number.js';

/** Rank correlations of drawn variables: a variable, then others with their Spearman correlation to it. */
export const correlation = named(named(number({ min: -1, max: 1 }), { thing: 'variable' }), { thing: 'variable' });

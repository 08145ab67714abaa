import { FORMULA_NAMES } from '../../model/formulas/index.js';
import { listOfDistinct } from '../kinds/list.js';
import { oneOf } from '../kinds/one-of.js';

/** What energy is computed by, each formula over the same draws. */
export const formulas = listOfDistinct(oneOf(...FORMULA_NAMES));

import { ECOLOGITS, ECOLOGITS_BATCH_4, ECOLOGITS_BATCH_16 } from './ecologits.js';
import { EPOCH } from './epoch.js';
import type { Formula } from './formula.js';
import { JEGHAM } from './jegham.js';
import { LOGISTIC_POWER } from './logistic-power.js';
import { OVIEDO } from './oviedo.js';
import { REQUEST_COST } from './request-cost.js';

/** All formulas by the names that a scenario's `formulas` gives them. */
export const FORMULAS = {
  oviedo: OVIEDO,
  'request-cost': REQUEST_COST,
  ecologits: ECOLOGITS,
  'ecologits-batch-16': ECOLOGITS_BATCH_16,
  'ecologits-batch-4': ECOLOGITS_BATCH_4,
  jegham: JEGHAM,
  epoch: EPOCH,
  'logistic-power': LOGISTIC_POWER,
} as const satisfies Readonly<Record<string, Formula>>;

/** Name of a formula. */
export type FormulaName = keyof typeof FORMULAS;

/** The names of all formulas. */
export const FORMULA_NAMES = Object.keys(FORMULAS) as readonly FormulaName[];

/** What a scenario means that names no formula: its own form of throughput, whichever that is. */
export const OWN_FORM = 'oviedo' satisfies FormulaName;

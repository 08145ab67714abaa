import { EPOCH } from './epoch.js';
import type { Formula } from './formula.js';
import { OVIEDO } from './oviedo.js';
import { REQUEST_COST } from './request-cost.js';

/** All formulas by the names that a scenario's `formulas` gives them. */
export const FORMULAS = { oviedo: OVIEDO, 'request-cost': REQUEST_COST, epoch: EPOCH } as const satisfies Readonly<
  Record<string, Formula>
>;

/** Name of a formula. */
export type FormulaName = keyof typeof FORMULAS;

/** The names of all formulas. */
export const FORMULA_NAMES = Object.keys(FORMULAS) as readonly FormulaName[];

/** What a scenario means that names no formula: its own form of throughput, whichever that is. */
export const OWN_FORM = 'oviedo' satisfies FormulaName;

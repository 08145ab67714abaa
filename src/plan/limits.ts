import { InputError } from '../errors.js';
import { TRIMS } from '../model/blend.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { ResolvedSweep } from '../scenario/sweep-from-text.js';
import { checkIntegrable } from './integrable.js';
import { planModels } from './plan-models.js';

/** What a scenario may ask of the machine it runs on. */
export interface Limits {
  /** Draws per model and regime. */
  readonly samples: number;
  /** Distributions counted in both passes: each takes some 0.5 to 1 MB in each thread. */
  readonly outputs: number;
}

/** As much as the scenario format allows, and memory of a few GB a thread. */
export const DEFAULT_LIMITS: Limits = { samples: 1e12, outputs: 10_000 };

const VARIABLES = { samples: 'TOKENJOULE_MAX_SAMPLES', outputs: 'TOKENJOULE_MAX_OUTPUTS' } as const;

/** Limits of the environment, the default where it says none. @throws InputError for what is no whole number from 1 on */
export function limitsOf(environment: Readonly<Record<string, string | undefined>>): Limits {
  const limit = (key: keyof Limits) => {
    const text = environment[VARIABLES[key]];
    if (text === undefined || text === '') return DEFAULT_LIMITS[key];
    if (/^\d{1,15}$/.test(text) && Number(text) > 0) return Number(text);
    const message = `takes a whole number from 1 on; found ${JSON.stringify(text)}`;
    throw new InputError([{ file: VARIABLES[key], key: '', message }]);
  };
  return { samples: limit('samples'), outputs: limit('outputs') };
}

/** @throws InputError naming each limit that a scenario is over, and the variable that moves it */
export function checkLimits(file: string, scenario: ResolvedScenario, limits: Limits): void {
  const most = mostOutputs(scenario);
  const outputs = most <= limits.outputs ? most : outputsOf(scenario);
  check(file, { samples: scenario.samples, outputs }, limits);
}

/** The base scenario and every cell: each may ask for more than the others. @throws InputError as `checkLimits` */
export function checkSweepLimits(file: string, { base, cells }: ResolvedSweep, limits: Limits): void {
  for (const scenario of [base, ...cells.map((cell) => cell.scenario)]) {
    checkLimits(file, scenario, limits);
    checkIntegrable(file, scenario);
  }
}

/** For draws that an option asks for. @throws InputError as `checkLimits` */
export function checkSamples(file: string, samples: number, limits: Limits): void {
  check(file, { samples, outputs: 0 }, limits);
}

function check(file: string, asked: Limits, limits: Limits): void {
  const over = (['samples', 'outputs'] as const).filter((key) => asked[key] > limits[key]);
  if (over.length === 0) return;
  throw new InputError(
    over.map((key) => ({
      file,
      key: '',
      message: `asks for ${asked[key]} ${key}, at most ${limits[key]} allowed; ${VARIABLES[key]} moves the limit`,
    })),
  );
}

/** More than the quantities and shares that are counted of a model in a regime, its ratios to non-production apart. */
const MOST_OF_SERVICE = 64;

/** No fewer than `outputsOf`, without a plan: to make one takes longer than to read most scenarios. */
export function mostOutputs(scenario: ResolvedScenario): number {
  const { models, regimes, non_production } = scenario;
  const services = models.length * regimes.length;
  return services * (MOST_OF_SERVICE + 2 * non_production.length) + pathwayOutputs(scenario);
}

/** Distributions that both passes count. */
export function outputsOf(scenario: ResolvedScenario): number {
  // Nothing is drawn, and making keys takes most of the time.
  return planModels(scenario, () => [0, 0]).counted.length + pathwayOutputs(scenario);
}

/** Distributions that the second pass counts, at most: baseline and line of sight come beside the scenario's pathways. */
export function pathwayOutputs({ regimes, blends, pathways }: ResolvedScenario): number {
  return regimes.length * blends.length * (pathways.length + 2) * TRIMS.length;
}

import { ln } from '../distributions/elementary.js';
import { unitOf } from '../model/quantities.js';
import { ROWS } from '../random/point-source.js';
import { pointsOf } from '../random/points.js';
import { finite, type GivenData } from '../sensitivity/given-data.js';
import { DUMMY } from '../sensitivity/problem.js';
import type { SensitivityRow } from '../tables/studies.js';
import { effectRows } from './effect-rows.js';
import { METHODS } from './methods.js';
import type { SubjectOptions } from './subject-job.js';
import type { Target } from './target.js';

/** Draws of one model in one regime, as a run kept them: columns of one length, in the order of the draws. */
export interface Draws {
  readonly regime: string;
  readonly model: string;
  /** By name, as in `samples.arrow`. */
  readonly inputs: ReadonlyMap<string, Float64Array>;
  readonly energyWh: Float64Array;
}

/**
 * Influence of each input on the energy of every model in every regime, from the draws of a run: nothing is drawn anew.
 * Inputs are the columns that vary and are no function of the tokens, as a fitted throughput is.
 *
 * @param scenario name of the scenario they were drawn from
 * @throws RangeError for a method that needs a design of its own
 */
export function analyzeDraws(scenario: string, draws: readonly Draws[], options: SubjectOptions): SensitivityRow[] {
  const { ofDraws } = METHODS[options.method];
  if (ofDraws === undefined) throw new RangeError(needsDesign(options.method));
  return draws.flatMap((one) => {
    const outputs = outputsOf(one.energyWh, options.targets);
    const results = ofDraws(givenBy(one, [...outputs.values()], options.seed), [...outputs.keys()], options);
    const names = { scenario, regime: one.regime, kind: 'model', subject: one.model, ...OF_ENERGY } as const;
    return results.flatMap((result) => effectRows(names, result, options));
  });
}

/** A run keeps the energies of its draws alone, and not by which formula. */
const OF_ENERGY = { metric: 'energy', unit: unitOf('energy'), formula: '' } as const;

function needsDesign(method: string): string {
  const able = Object.entries(METHODS).filter(([, { ofDraws }]) => ofDraws !== undefined);
  const which = able.map(([name]) => name).join(' or ');
  return `${method} draws points of its own and cannot use a run's; take --method ${which}, or name the scenario file`;
}

/** Energy, its logarithm, and an indicator for each target: percentiles are those of these draws. */
function outputsOf(energy: Float64Array, targets: readonly Target[]): Map<string, Float64Array> {
  const sorted = energy.filter(Number.isFinite).sort();
  const limitOf = (target: Target) =>
    target.kind === 'above' ? target.value : sorted[Math.floor(target.probability * sorted.length)];
  const above = targets.map((target) => {
    const limit = limitOf(target);
    return [target.text, energy.map((wh) => (wh > limit ? 1 : Number.isFinite(wh) ? 0 : Number.NaN))] as const;
  });
  return new Map([['energy', energy], ['ln_energy', energy.map(ln)], ...above]);
}

function givenBy({ inputs, model }: Draws, outputs: readonly Float64Array[], seed: string): GivenData {
  const tokens = ['input_tokens', 'output_tokens'].map((name) => inputs.get(name)!);
  const varying = [...inputs].filter(
    ([, column]) => !isFunctionOf([], column) && (tokens.includes(column) || !isFunctionOf(tokens, column)),
  );
  return {
    parameters: [...varying.map(([name]) => (name === 'tps' ? `models.${model}.tps` : name)), DUMMY],
    inputs: [...varying.map(([, column]) => column), dummyOf(outputs[0].length, seed)],
    outputs,
    usable: outputs.map(finite),
  };
}

/** Whether rows that agree in all `arguments` agree in the column; of no arguments: whether it is constant. */
function isFunctionOf(args: readonly Float64Array[], column: Float64Array): boolean {
  const known = new Map<string, number>();
  return column.every((value, row) => {
    const key = args.map((one) => one[row]).join();
    if (!known.has(key)) known.set(key, value);
    return Object.is(known.get(key), value);
  });
}

function dummyOf(length: number, seed: string): Float64Array {
  const column = new Float64Array(length);
  const next = pointsOf('random', `${seed} dummy`, 1, length);
  for (let row = 0; row < length; row += ROWS) {
    const n = Math.min(ROWS, length - row);
    next([column.subarray(row, row + n)], n);
  }
  return column;
}

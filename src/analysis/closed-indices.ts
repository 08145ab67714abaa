import { pointsOfLaw } from '../kernel/integration/draw-points.js';
import { LawMemory } from '../kernel/integration/law-memory.js';
import type { LnLaw } from '../kernel/integration/ln-law.js';
import { splitter, variablesOf } from '../plan/split.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { DUMMY, type Effect, type OutputEffects } from '../sensitivity/problem.js';
import { energyProblem, planOf } from '../subjects/energy-problem.js';
import type { Subject } from '../subjects/subjects.js';

/** Step in ln x of the laws whose moments are taken, and width of the points that stand for them: right to 1e-9. */
const STEP = 1 / 64;

/** What the indices are off by at most: moments of parts are right to 1e-6 where a cap bends them, and better elsewhere. */
const NUMERICAL_ERROR = 1e-5;

/** What an independent factor adds: its squared coefficient of variation, and the variance of its logarithm where it has one. */
interface Factor {
  readonly variable: string;
  readonly squaredVariation: number;
  readonly lnVariance: number;
}

/**
 * Sobol indices of an energy that is a product of independent factors of one uncertain input each, in closed form: with squared
 * coefficients of variation c, the variance over the squared mean is V = Π(1 + c) - 1, the first-order index c / V, the total one
 * c / (1 + c) · (1 + V) / V, that of a pair the product of theirs over V; of ln energy, variances add up (Sobol, Math. Comput. Simul. 55,
 * 2001, on products). Half-widths are numerical error.
 *
 * @returns undefined where energy is no such product, and is to be sampled: blends, correlated inputs, sums of several inputs
 */
export async function closedIndices(
  scenario: ResolvedScenario,
  subject: Subject,
  secondOrder: boolean,
): Promise<OutputEffects[] | undefined> {
  if (subject.members.length > 1) return undefined;
  const factors = await factorsOf(scenario, subject);
  if (factors === undefined) return undefined;
  const { parameters } = await energyProblem(scenario, subject);
  const factorFor = (name: string) => factors.find(({ variable }) => variable === name);
  if (!factors.every(({ variable }) => parameters.includes(variable))) return undefined;
  return [
    effects('energy', parameters, secondOrder, (name) => factorFor(name)?.squaredVariation ?? 0, ofProduct),
    effects('ln_energy', parameters, secondOrder, (name) => factorFor(name)?.lnVariance ?? 0, ofSum),
  ];
}

async function factorsOf(scenario: ResolvedScenario, subject: Subject): Promise<Factor[] | undefined> {
  const { nodes, services } = planOf(scenario, subject);
  const [{ quantities }] = services;
  if (quantities.energy === undefined) return undefined;
  const { parts } = splitter(nodes)([{ node: quantities.energy, power: 1 }]);
  const memory = new LawMemory();
  const factors: Factor[] = [];
  for (const part of parts) {
    const [variable, ...others] = variablesOf(nodes, part);
    if (part.obstacle || variable === undefined || others.length > 0) return undefined;
    const { law, mean } = await memory.partLaw(nodes, part);
    const [first, second] = [await mean(1), await mean(2)];
    if (law(STEP).non_finite > 0 || !(first > 0)) return undefined;
    factors.push({
      variable,
      squaredVariation: Math.max(0, second / first ** 2 - 1),
      lnVariance: lnVarianceOf(law(STEP)),
    });
  }
  return factors;
}

/** Over the draws that are above 0. */
function lnVarianceOf(law: LnLaw): number {
  const { lnValues, shares } = pointsOfLaw(law, STEP);
  let [total, sum, squares] = [0, 0, 0];
  lnValues.forEach((lnValue, i) => {
    if (!Number.isFinite(lnValue)) return;
    total += shares[i];
    sum += shares[i] * lnValue;
    squares += shares[i] * lnValue * lnValue;
  });
  return Math.max(0, squares / total - (sum / total) ** 2);
}

/** Indices from what factors add: of one, of one with all that it takes part in, and of a pair. */
type Indices = (own: number, all: readonly number[]) => { readonly s1: number; readonly st: number };

const varianceOfProduct = (all: readonly number[]) => all.reduce((product, one) => product * (1 + one), 1) - 1;

const ofProduct: Indices = (own, all) => {
  const variance = varianceOfProduct(all);
  return { s1: own / variance, st: ((own / (1 + own)) * (1 + variance)) / variance };
};

const ofSum: Indices = (own, all) => {
  const share = own / all.reduce((sum, one) => sum + one, 0);
  return { s1: share, st: share };
};

function effects(
  output: string,
  parameters: readonly string[],
  secondOrder: boolean,
  added: (parameter: string) => number,
  indicesOf: Indices,
): OutputEffects {
  const all = parameters.map(added);
  const own = parameters.map((parameter, i): Effect => {
    const { s1, st } = indicesOf(all[i], all);
    return { parameter, numbers: { s1, s1_conf: NUMERICAL_ERROR, st, st_conf: NUMERICAL_ERROR } };
  });
  const dummy = { parameter: DUMMY, numbers: { s1: 0, s1_conf: 0, st: 0, st_conf: 0 } };
  const pairs = secondOrder ? pairEffects(parameters, (i, k) => (output === 'energy' ? all[i] * all[k] : 0), all) : [];
  return { output, effects: [...own, dummy, ...pairs], n: 0, n_dropped: 0 };
}

function pairEffects(
  parameters: readonly string[],
  shared: (one: number, other: number) => number,
  all: readonly number[],
): Effect[] {
  const variance = varianceOfProduct(all);
  return parameters.flatMap((one, i) =>
    parameters.slice(i + 1).map((other, k) => ({
      parameter: `${one} × ${other}`,
      numbers: { s2: shared(i, i + 1 + k) / variance, s2_conf: NUMERICAL_ERROR },
    })),
  );
}

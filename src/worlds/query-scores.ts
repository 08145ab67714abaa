import { compileDistribution } from '../distributions/compile.js';
import { ln } from '../distributions/elementary.js';
import type { Distribution } from '../distributions/index.js';
import type { FormulaName } from '../model/formulas/index.js';
import { scoreMatrix } from '../random/correlated-streams.js';
import { uniformOf } from '../random/gaussian-copula.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { ScoreProblem } from '../sensitivity/group-shapley.js';
import { columnsOf, type SensitivityProblem } from '../sensitivity/problem.js';
import { energyProblem, MEMBER } from '../subjects/energy-problem.js';
import type { Subject } from '../subjects/subjects.js';
import { FORMULA, QUERIES, sourceOf } from './sources.js';

/** A multiplier that energy is divided by. */
export interface Divisor {
  readonly variable: string;
  readonly distribution: Distribution;
}

/** What is asked of a subject. */
export interface AskedVariance {
  readonly subject: Subject;
  /** Of several, each query takes one by chance: a source of its own. */
  readonly formulas: readonly FormulaName[];
  readonly divisors: readonly Divisor[];
  /** Variables that stay at their median. */
  readonly fixed: ReadonlySet<string>;
}

/** ln energy as a function of scores, and whose they are. */
export interface QueryScores extends ScoreProblem {
  /** Names of the groups. */
  readonly sources: readonly string[];
}

/** One normal score behind a variable: of the world, or of the query. */
interface Score {
  readonly variable: string;
  readonly source: string;
  readonly weight: number;
}

/** ln of one query's energy as a function of the normal scores of worlds and queries. */
export async function queryScores(scenario: ResolvedScenario, asked: AskedVariance): Promise<QueryScores> {
  const { subject, formulas, divisors, fixed } = asked;
  const problems = await Promise.all(
    formulas.map((formula) => energyProblem({ ...scenario, formulas: [formula] }, subject)),
  );
  const quantiles = await Promise.all(
    divisors.map(async ({ distribution }) => (await compileDistribution(distribution)).quantile),
  );
  const drawn = new Set(problems.flatMap(({ parameters }) => parameters));
  const variables = [...drawn, ...divisors.map(({ variable }) => variable)].filter((name) => !fixed.has(name));
  const scores = variables.flatMap((variable) => scoresOf(variable, scenario));
  if (formulas.length > 1) scores.push({ variable: FORMULA, source: FORMULA, weight: 1 });
  const sources = [...new Set(scores.map(({ source }) => source))];
  const columns = new Map([...drawn, ...variables, FORMULA].map((name) => [name, columnsOf(1)[0]]));
  return {
    sources,
    correlation: correlationOf(scenario, scores),
    groups: sources.map((source) => scores.flatMap((score, i) => (score.source === source ? [i] : []))),
    evaluate: (columnsOfScores, n, output) => {
      fillUniforms(columns, scores, columnsOfScores, n);
      lnEnergies(problems, columns, n, output);
      divisors.forEach(({ variable }, d) => {
        const uniforms = columns.get(variable);
        for (let i = 0; i < n && uniforms; i++) output[i] -= ln(quantiles[d](uniforms[i]));
      });
    },
  };
}

function scoresOf(variable: string, scenario: ResolvedScenario): Score[] {
  const share = variable === MEMBER ? 0 : (scenario.shared?.[variable] ?? 0);
  const world = { variable, source: sourceOf(variable, scenario), weight: Math.sqrt(share) };
  const query = { variable, source: QUERIES, weight: Math.sqrt(1 - share) };
  return [...(share > 0 ? [world] : []), ...(share < 1 ? [query] : [])];
}

/** A copula holds within each level. */
function correlationOf({ correlation }: ResolvedScenario, scores: readonly Score[]): number[][] {
  const matrix = correlation && scoreMatrix(correlation.rank);
  const positions = scores.map(({ variable }) => correlation?.variables.indexOf(variable) ?? -1);
  const isOfQueries = ({ source }: Score) => source === QUERIES;
  return scores.map((one, i) =>
    scores.map((other, k) => {
      if (i === k) return 1;
      if (isOfQueries(one) !== isOfQueries(other) || positions[i] < 0 || positions[k] < 0) return 0;
      return matrix?.[positions[i]][positions[k]] ?? 0;
    }),
  );
}

type Columns = ReadonlyMap<string, Float64Array>;

/** Uniform numbers of all variables; those that have no score stay in the middle. */
function fillUniforms(columns: Columns, scores: readonly Score[], values: readonly Float64Array[], n: number): void {
  for (const column of columns.values()) column.fill(0);
  scores.forEach(({ variable, weight }, s) => {
    const column = columns.get(variable);
    for (let i = 0; i < n && column; i++) column[i] += weight * values[s][i];
  });
  for (const column of columns.values()) for (let i = 0; i < n; i++) column[i] = uniformOf(column[i]);
}

/** By each formula, or by the one that a row's uniform number chooses. */
function lnEnergies(problems: readonly SensitivityProblem[], columns: Columns, n: number, output: Float64Array): void {
  const choice = columns.get(FORMULA);
  problems.forEach((problem, p) => {
    const values = columnsOf(problem.parameters.length);
    problem.parameters.forEach((name, j) => {
      const uniforms = columns.get(name);
      if (uniforms) problem.quantile?.(j, uniforms.subarray(0, n), values[j], n);
    });
    const outputs = columnsOf(problem.outputs.length);
    problem.evaluate(values, n, outputs);
    const lnEnergy = outputs[problem.outputs.indexOf('ln_energy')];
    for (let i = 0; i < n; i++) {
      const isChosen = problems.length === 1 || Math.floor((choice?.[i] ?? 0) * problems.length) === p;
      if (isChosen) output[i] = lnEnergy[i];
    }
  });
}

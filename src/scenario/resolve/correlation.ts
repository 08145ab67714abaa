import { INPUT_NAMES } from '../../model/quantities.js';
import { impossiblePair } from '../../random/admissible.js';
import { scoreMatrix } from '../../random/correlated-streams.js';
import { rankCorrelation } from '../../random/gaussian-copula.js';
import type { Complain } from '../kinds/kind.js';
import { unknownName } from '../kinds/name-of.js';
import type { ResolvedCorrelation } from '../resolved.js';
import type { Scenario } from '../schema.js';

type Written = NonNullable<Scenario['correlation']>;

/** The correlation matrix; complains of unknown variables, of pairs stated twice, and of a matrix that cannot be. */
export function resolveCorrelation(scenario: Scenario, written: Written, complain: Complain): ResolvedCorrelation {
  const at: Complain = (path, message, key) => complain(['correlation', ...path], message, key);
  const known = variablesOf(scenario);
  const variables = [...new Set(Object.entries(written).flatMap(([one, others]) => [one, ...Object.keys(others)]))];
  complainOfNames(written, known, at);
  complainOfPairs(written, at);
  const rank = variables.map((one) => variables.map((other) => rankOf(written, one, other)));
  if (variables.every((name) => known.includes(name))) complainOfMatrix({ variables, rank }, written, at);
  return { variables, rank };
}

function variablesOf({ throughput, models = {}, pathways = {} }: Scenario): string[] {
  const given = Object.entries(models).filter(([, { tps }]) => tps !== undefined);
  const costs = Object.entries(models).flatMap(([name, { node_seconds = {} }]) =>
    Object.keys(node_seconds).map((cost) => `models.${name}.node_seconds.${cost}`),
  );
  const single = Object.entries(pathways).filter(([, pathway]) => !('product' in pathway));
  return [
    ...INPUT_NAMES,
    ...(throughput?.offline_to_service ? ['throughput.offline_to_service'] : []),
    ...given.map(([name]) => `models.${name}.tps`),
    ...costs,
    ...single.map(([name]) => `pathways.${name}`),
  ];
}

function complainOfNames(written: Written, known: readonly string[], complain: Complain): void {
  for (const [one, others] of Object.entries(written)) {
    if (!known.includes(one)) complain([one], unknownName('variable', one, known), 'key');
    for (const other of Object.keys(others)) {
      if (!known.includes(other)) complain([one, other], unknownName('variable', other, known), 'key');
    }
  }
}

function complainOfPairs(written: Written, complain: Complain): void {
  for (const [one, others] of Object.entries(written)) {
    for (const other of Object.keys(others)) {
      if (other === one) complain([one, other], 'correlates a variable with itself; leave it out');
      else if (written[other]?.[one] !== undefined && one > other)
        complain([one, other], `is stated twice, here and as ${other}.${one}; leave one out`);
    }
  }
}

function rankOf(written: Written, one: string, other: string): number {
  return one === other ? 1 : (written[one]?.[other] ?? written[other]?.[one] ?? 0);
}

function complainOfMatrix({ variables, rank }: ResolvedCorrelation, written: Written, complain: Complain): void {
  const impossible = impossiblePair(scoreMatrix(rank));
  if (!impossible) return;
  const { row, column, range } = impossible;
  const [one, other] = [variables[row], variables[column]];
  const path = written[one]?.[other] === undefined ? [other, one] : [one, other];
  const cause = 'no joint distribution has these correlations (the matrix is not positive definite)';
  complain(path, `${cause}; found ${rank[row][column]}, ${remedyOf(range)}`);
}

function remedyOf(range: readonly [number, number] | undefined): string {
  if (!range) return 'and changing this one alone does not help: bring the correlations of this variable nearer to 0';
  const [low, high] = range.map((score) => rankCorrelation(Math.max(-1, Math.min(1, score))).toFixed(3));
  return `expected strictly between ${low} and ${high} with the others as stated`;
}

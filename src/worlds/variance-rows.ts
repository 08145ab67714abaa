import type { FormulaName } from '../model/formulas/index.js';
import { BASELINE, LINE_OF_SIGHT } from '../model/pathway.js';
import type { BlendMembers } from '../plan/plan.js';
import { formulaShown, formulasOf } from '../plan/services.js';
import type { ResolvedRegime, ResolvedScenario } from '../scenario/resolved.js';
import type { Subject } from '../subjects/subjects.js';
import type { VarianceRow } from '../tables/worlds.js';
import type { Divisor } from './query-scores.js';
import { dividedVariance, energyVariance, type SourceVariances } from './query-variance.js';
import { isCorrelated } from './sources.js';

/** The rows of `variance.arrow` about queries, and what a reader must know of them. */
export interface QueryVariance {
  readonly rows: readonly VarianceRow[];
  readonly notes: readonly string[];
}

/** Stands for all formulas together. */
export const ALL_FORMULAS = 'all';

/**
 * What makes the log-variance of each energy: shares of what queries draw and of each thing that they share, which add up to 1.
 *
 * @param chosen which models each blend pools
 */
export async function queryVarianceRows(
  scenario: ResolvedScenario,
  chosen: readonly BlendMembers[],
): Promise<QueryVariance> {
  const rows: VarianceRow[] = [];
  const notes: string[] = [];
  for (const regime of scenario.regimes) {
    if (regime.session) {
      notes.push(`variance leaves ${regime.name} out: turns of a session draw anew, no fixed number of times`);
      continue;
    }
    for (const subject of subjectsIn(regime, scenario, chosen))
      for (const { names, formulas } of formulaChoices(scenario, subject))
        rows.push(...(await subjectRows(scenario, subject, { names, formulas }, notes)));
  }
  return { rows, notes };
}

function subjectsIn(regime: ResolvedRegime, { models }: ResolvedScenario, chosen: readonly BlendMembers[]): Subject[] {
  const blends = new Map(
    chosen.flatMap(({ blend, regime: of, metric, members }) =>
      of === regime.name && metric === 'energy' ? [[blend, members.map(({ model }) => model)] as const] : [],
    ),
  );
  return [
    ...models.map(({ name }) => ({ regime, kind: 'model', name, members: [name] }) as const),
    ...[...blends].map(([name, members]) => ({ regime, kind: 'blend', name, members }) as const),
  ];
}

interface Formulas {
  /** As rows name them. */
  readonly names: string;
  readonly formulas: readonly FormulaName[];
}

/** Each formula by itself, then all of them, each as likely as the others. */
function formulaChoices(scenario: ResolvedScenario, { members }: Subject): Formulas[] {
  const formulas = formulasOf(scenario);
  const each = formulas.map((formula) => ({
    names: formulaShown({ ...scenario, formulas: [formula] }, members),
    formulas: [formula],
  }));
  return formulas.length > 1 ? [...each, { names: ALL_FORMULAS, formulas }] : each;
}

async function subjectRows(
  scenario: ResolvedScenario,
  subject: Subject,
  { names: formula, formulas }: Formulas,
  notes: string[],
): Promise<VarianceRow[]> {
  const rows: VarianceRow[] = [];
  const isTogether = ({ variable }: Divisor) => isCorrelated(variable, scenario.correlation);
  const undivided = await energyVariance(scenario, { subject, formulas, divisors: [] });
  for (const { pathway, divisors } of pathwaysOf(scenario, subject)) {
    const together = divisors.filter(isTogether);
    const base =
      together.length === 0 ? undivided : await energyVariance(scenario, { subject, formulas, divisors: together });
    const alone = divisors.filter((divisor) => !isTogether(divisor));
    const found = await dividedVariance(scenario, base, alone);
    if (found.dropped > 0 && pathway === BASELINE) notes.push(droppedText(subject, found));
    const names = { scenario: scenario.name, regime: subject.regime.name, subject: subject.name, pathway };
    rows.push(...shareRows({ ...names, metric: 'energy', formula }, found.bySource));
  }
  return rows;
}

function droppedText({ name, regime }: Subject, { dropped }: SourceVariances): string {
  return `variance leaves out the ${(dropped * 100).toPrecision(2)} % of ${name}, ${regime.name} without energy, which have no logarithm`;
}

interface DividedBy {
  readonly pathway: string;
  readonly divisors: readonly Divisor[];
}

function pathwaysOf({ pathways, fleet }: ResolvedScenario, { kind, name, regime }: Subject): DividedBy[] {
  const baseline = { pathway: BASELINE, divisors: [] };
  if (kind === 'model') return [baseline];
  const stated = pathways.map(({ name: pathway, multipliers }) => ({
    pathway,
    divisors: multipliers.map((one) => ({ variable: `pathways.${one.name}`, distribution: one.distribution })),
  }));
  const distribution = name === fleet?.blend ? fleet.line_of_sight[regime.name] : undefined;
  const variable = `pathways.${LINE_OF_SIGHT}`;
  return [
    baseline,
    ...stated,
    ...(distribution ? [{ pathway: LINE_OF_SIGHT, divisors: [{ variable, distribution }] }] : []),
  ];
}

/** One row for each source, the largest share first; null where nothing varies. */
export function shareRows(
  names: Omit<VarianceRow, 'source' | 'share'>,
  variances: ReadonlyMap<string, number>,
): VarianceRow[] {
  const total = [...variances.values()].reduce((sum, variance) => sum + variance, 0);
  const sorted = [...variances].sort(([, one], [, other]) => other - one);
  return sorted.map(([source, variance]) => ({ ...names, source, share: total > 0 ? variance / total : null }));
}

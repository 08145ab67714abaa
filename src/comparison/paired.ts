import { type Subject, subjectsOf } from '../analysis/subjects.js';
import { exp } from '../distributions/elementary.js';
import { referenceKernel } from '../kernel/reference.js';
import { BLOCK_SIZE } from '../kernel/uniforms.js';
import { type Plan, planModels, samplesInBlock } from '../plan.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { Histogram } from '../sketch/histogram.js';
import { SignedHistogram } from '../sketch/signed-histogram.js';

/** One subject in both scenarios, and its distributions over the same draws. */
export interface PairedSubject {
  readonly regime: string;
  readonly kind: 'model' | 'blend';
  readonly name: string;
  /** Energy in B over energy in A, draw by draw. */
  readonly ratio: Histogram;
  /** Energy in B less energy in A, Wh, draw by draw. */
  readonly difference: SignedHistogram;
}

/**
 * Energies of both scenarios for the same draws: every subject that both have in a regime that both have. A blend's models
 * are paired by name where both pool the same ones, else by rank of their medians.
 */
export async function pairedSubjects(
  a: ResolvedScenario,
  b: ResolvedScenario,
  samples: number,
): Promise<PairedSubject[]> {
  const [planA, planB] = [planFor(a, samples), planFor(b, samples)];
  const [kernelA, kernelB] = await Promise.all([referenceKernel(planA), referenceKernel(planB)]);
  const [inA, inB] = await Promise.all([subjectsOf(a), subjectsOf(b)]);
  const pairs = inA.flatMap((one) => {
    const other = inB.find((subject) => keyOf(subject) === keyOf(one));
    return other && one.members.length === other.members.length ? [pairOf(planA, planB, one, other)] : [];
  });
  const scratch = new Float64Array(BLOCK_SIZE);
  for (let block = 0; block * BLOCK_SIZE < samples; block++) {
    const n = samplesInBlock(planA, block);
    kernelA.evaluate(block, n);
    kernelB.evaluate(block, n);
    for (const { subject, cells } of pairs) {
      for (const [cellA, cellB] of cells) {
        addPair(subject, kernelA.layout.lnEnergy[cellA], kernelB.layout.lnEnergy[cellB], n, scratch);
      }
    }
  }
  return pairs.map(({ subject }) => subject);
}

/** Pseudo-random whatever the scenario says: both sides must share their draws, and the intervals take them for independent. */
function planFor(scenario: ResolvedScenario, samples: number): Plan {
  return { ...planModels({ ...scenario, non_production: [], samples }), sampler: 'pseudo' };
}

function keyOf({ regime, kind, name }: Subject): string {
  return JSON.stringify([regime.name, kind, name]);
}

function pairOf(planA: Plan, planB: Plan, one: Subject, other: Subject) {
  const { regime, kind, name } = one;
  const same = one.members.every((member) => other.members.includes(member));
  const partners = same ? one.members : other.members;
  const cells = one.members.map(
    (member, i) => [cellOf(planA, regime.name, member), cellOf(planB, regime.name, partners[i])] as const,
  );
  const subject = { regime: regime.name, kind, name, ratio: new Histogram(), difference: new SignedHistogram() };
  return { subject, cells };
}

function cellOf(plan: Plan, regime: string, model: string): number {
  return plan.cells.findIndex((cell) => plan.regimes[cell.regime].name === regime && cell.model === model);
}

function addPair(
  { ratio, difference }: PairedSubject,
  lnA: Float64Array,
  lnB: Float64Array,
  n: number,
  values: Float64Array,
): void {
  for (let i = 0; i < n; i++) values[i] = lnB[i] - lnA[i];
  ratio.add(values, n);
  for (let i = 0; i < n; i++) values[i] = exp(lnB[i]) - exp(lnA[i]);
  difference.add(values, n);
}

import type { Plan } from '../../plan/plan.js';
import type { Part, Split } from '../../plan/split.js';
import { type CountedSplit, partText } from '../../plan/split-counted.js';
import type { HistogramData } from '../../sketch/histogram.js';
import type { Integrated } from '../../sketch/integrated.js';
import type { Distributed } from './distributed.js';
import { drawnPart } from './drawn-part.js';
import type { LawMemory } from './law-memory.js';

/** What was drawn for a plan: each part's draws, by `partText`, and how many they are. */
export interface DrawnParts {
  readonly draws: number;
  readonly histograms: ReadonlyMap<string, HistogramData>;
}

/** Finds the distributions of what a plan counts, in its order; nothing for what is drawn and counted as ever. */
export async function integrate(
  { nodes }: Pick<Plan, 'nodes'>,
  splits: readonly CountedSplit[],
  drawn: DrawnParts,
  memory: LawMemory,
): Promise<(Integrated | undefined)[]> {
  const parts = new Map<string, Promise<Distributed>>();
  const found: (Integrated | undefined)[] = [];
  for (const split of splits) {
    found.push(split.kind === 'drawn' ? undefined : await memory.integrated(await distributedOf(split)));
  }
  return found;

  async function distributedOf(split: Exclude<CountedSplit, { kind: 'drawn' }>): Promise<Distributed> {
    if (split.kind === 'product') return productOfSplit(split.of);
    const pool = memory.pool(await Promise.all(split.members.map(productOfSplit)), split.keep);
    const { parts: own, lnConstant } = split.divisor;
    if (own.length === 0 && lnConstant === 0) return pool;
    return memory.product([pool, ...(await Promise.all(own.map(partDistributed)))], lnConstant);
  }

  async function productOfSplit({ parts: own, lnConstant }: Split): Promise<Distributed> {
    return memory.product(await Promise.all(own.map(partDistributed)), lnConstant);
  }

  function partDistributed(part: Part): Promise<Distributed> {
    const text = partText(part);
    const known = parts.get(text) ?? lawOfPart(part, drawn.histograms.get(text));
    parts.set(text, known);
    return known;
  }

  async function lawOfPart(part: Part, histogram: HistogramData | undefined): Promise<Distributed> {
    return histogram ? drawnPart(histogram, drawn.draws) : memory.partLaw(nodes, part);
  }
}

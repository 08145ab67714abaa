import type { Plan } from '../../plan/plan.js';
import type { Part, Split } from '../../plan/split.js';
import { type CountedSplit, partText } from '../../plan/split-counted.js';
import type { HistogramData } from '../../sketch/histogram.js';
import type { Integrated } from '../../sketch/integrated.js';
import { type Distributed, productDistributed } from './distributed.js';
import { drawnPart } from './drawn-part.js';
import { integratedOf } from './integrated-of.js';
import type { LawMemory } from './law-memory.js';
import { pooledDistributed, trimmedDistributed } from './pooled-distributed.js';

/** What was drawn for a plan: each part's draws, by `partText`, and how many they are. */
export interface DrawnParts {
  readonly draws: number;
  readonly histograms: ReadonlyMap<string, HistogramData>;
}

/**
 * Finds the distributions of what a plan counts, in its order; nothing for what is drawn and counted as ever. Equal
 * products are found once.
 */
export async function integrate(
  { nodes }: Pick<Plan, 'nodes'>,
  splits: readonly CountedSplit[],
  drawn: DrawnParts,
  memory: LawMemory,
): Promise<(Integrated | undefined)[]> {
  const parts = new Map<string, Promise<Distributed>>();
  const products = new Map<string, Promise<Distributed>>();
  const pools = new Map<string, Promise<Distributed>>();
  const found: (Integrated | undefined)[] = [];
  for (const split of splits) {
    found.push(split.kind === 'drawn' ? undefined : await integratedOf(await distributedOf(split)));
  }
  return found;

  async function distributedOf(split: Exclude<CountedSplit, { kind: 'drawn' }>): Promise<Distributed> {
    if (split.kind === 'product') return productOfSplit(split.of);
    const pool = await poolOf(split);
    const divisor = await Promise.all(split.divisor.parts.map(partDistributed));
    if (divisor.length === 0 && split.divisor.lnConstant === 0) return pool;
    return productDistributed([pool, ...divisor], split.divisor.lnConstant, memory.spectra);
  }

  function poolOf({ members, keep }: Extract<CountedSplit, { kind: 'pool' }>): Promise<Distributed> {
    return remembered(pools, [keep, ...members.map(splitText)].join('; '), async () => {
      const own = await Promise.all(members.map(productOfSplit));
      return pooledDistributed(keep === 'all' ? own : own.map(trimmedDistributed));
    });
  }

  function productOfSplit(split: Split): Promise<Distributed> {
    return remembered(products, splitText(split), async () => {
      const factors = await Promise.all(split.parts.map(partDistributed));
      return productDistributed(factors, split.lnConstant, memory.spectra);
    });
  }

  function partDistributed(part: Part): Promise<Distributed> {
    return remembered(parts, partText(part), async () => {
      const histogram = drawn.histograms.get(partText(part));
      return histogram ? drawnPart(histogram, drawn.draws) : memory.partLaw(nodes, part);
    });
  }
}

function splitText({ lnConstant, parts }: Split): string {
  return [lnConstant, ...parts.map(partText)].join(' ');
}

function remembered<K, V>(known: Map<K, V>, of: K, make: () => V): V {
  const found = known.get(of) ?? make();
  known.set(of, found);
  return found;
}

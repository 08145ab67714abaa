import { clamp } from '../../distributions/bounds.js';
import type { CumulativeFunction } from '../../distributions/distribution.js';
import { exp } from '../../distributions/elementary.js';
import { type Distribution, type FamilyName, families, type Mixture, type Simple } from '../../distributions/index.js';
import { normalCumulative } from '../../distributions/normal-cumulative.js';
import { type Recorded, sharesOf, valuesOf } from '../../distributions/record.js';
import { recordIn } from '../../distributions/recorded.js';
import { supportOf } from '../../distributions/support.js';
import { isTruncated, probabilitiesBetween, withBoundsInside } from '../../distributions/truncation.js';
import { normalized } from '../../distributions/weights.js';

/** A distribution taken apart: single values and continuous families, whose shares add up to 1. */
export interface Components {
  readonly atoms: readonly { readonly value: number; readonly share: number }[];
  readonly continuous: readonly Continuous[];
}

/** One continuous family of a distribution, bounds respected. */
export interface Continuous {
  readonly share: number;
  /** Probability that its draw is at most x. */
  readonly cumulative: CumulativeFunction;
  /** Probability that its draw is at most e^t. */
  readonly lnCumulative: CumulativeFunction;
  /** A value not far from what is drawn, without regard to bounds: the mean. */
  readonly middle: number;
  /** Ends of what can be drawn, perhaps infinite, and where the density jumps or bends between them; ascending. */
  readonly breaks: readonly number[];
}

/** Loads what the families need. Rejects as `compileDistribution` does where bounds leave nothing to draw. */
export async function componentsOf(distribution: Distribution): Promise<Components> {
  const inside = await withBoundsInside(distribution);
  return inside.family === 'mixture' ? ofMixture(inside) : ofSimple(inside);
}

async function ofMixture({ parameters }: Mixture): Promise<Components> {
  const drawn = parameters.components.filter(({ weight }) => weight > 0);
  const weights = normalized(drawn.map(({ weight }) => weight));
  const parts = await Promise.all(drawn.map(({ distribution }) => componentsOf(distribution)));
  const scaled = <T extends { readonly share: number }>(list: readonly T[], i: number) =>
    list.map((one) => ({ ...one, share: one.share * weights[i] }));
  return {
    atoms: parts.flatMap(({ atoms }, i) => scaled(atoms, i)),
    continuous: parts.flatMap(({ continuous }, i) => scaled(continuous, i)),
  };
}

async function ofSimple(simple: Simple): Promise<Components> {
  if (simple.family === 'constant') return { atoms: [{ value: simple.parameters.value, share: 1 }], continuous: [] };
  if (simple.family === 'recorded') return { atoms: recordedAtoms(recordIn(simple.parameters)), continuous: [] };
  if (simple.family !== 'empirical') return { atoms: [], continuous: [await continuous(simple)] };
  const { values, weights } = simple.parameters;
  return { atoms: values.map((value, i) => ({ value, share: weights[i] })), continuous: [] };
}

function recordedAtoms(record: Recorded): Components['atoms'] {
  const shares = sharesOf(record);
  return Array.from(valuesOf(record), (value, i) => ({ value, share: shares[i] - (i === 0 ? 0 : shares[i - 1]) }));
}

async function continuous(simple: Simple): Promise<Continuous> {
  const [low, high] = supportOf(simple);
  const cumulative = await cumulativeOf(simple);
  const lnCumulative = lnCumulativeOf(simple) ?? ((t) => cumulative(exp(t)));
  const [below, above] = isTruncated(simple) ? await probabilitiesBetween(simple) : [0, 1];
  const within = (whole: CumulativeFunction): CumulativeFunction =>
    isTruncated(simple) ? (x) => clamp((whole(x) - below) / (above - below), 0, 1) : whole;
  const inside = breaksInside(simple).filter((place) => low < place && place < high);
  return {
    share: 1,
    cumulative: within(cumulative),
    lnCumulative: within(lnCumulative),
    middle: meanOf(simple),
    breaks: [low, ...inside, high],
  };
}

function meanOf<K extends FamilyName>({ family, parameters }: Simple<K>): number {
  return families[family].mean(parameters);
}

async function cumulativeOf<K extends FamilyName>({ family, parameters }: Simple<K>): Promise<CumulativeFunction> {
  return families[family].cdf(parameters);
}

/** Where it needs no exponential. */
function lnCumulativeOf(simple: Simple): CumulativeFunction | undefined {
  if (simple.family === 'lognormal') {
    const { mu, sigma } = simple.parameters;
    return (t) => normalCumulative((t - mu) / sigma);
  }
  return undefined;
}

function breaksInside(simple: Simple): number[] {
  if (simple.family === 'cdf') return [...simple.parameters.values];
  return simple.family === 'triangular' ? [simple.parameters.mode] : [];
}

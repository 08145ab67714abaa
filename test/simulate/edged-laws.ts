import { gaussLegendre } from '../oracle/gauss-legendre.js';
import { standardNormalCdf } from '../oracle/normal.js';

/** Between two edges nothing of a density bends more than this many points can follow. */
const RULE = gaussLegendre(48, 0, 1);

/** A distribution of positive numbers by its atoms, its density, and where that begins, breaks and ends. */
export interface EdgedLaw {
  readonly atoms: readonly (readonly [value: number, weight: number])[];
  readonly density: (x: number) => number;
  readonly edges: readonly number[];
  readonly cdf: (x: number) => number;
}

const within = (x: number, low: number, high: number) => Math.min(high, Math.max(low, x));

export function uniformLaw(low: number, high: number): EdgedLaw {
  return {
    atoms: [],
    density: (x) => (x < low || x > high ? 0 : 1 / (high - low)),
    edges: [low, high],
    cdf: (x) => (within(x, low, high) - low) / (high - low),
  };
}

export function triangularLaw(low: number, mode: number, high: number): EdgedLaw {
  const span = high - low;
  return {
    atoms: [],
    density: (x) => (2 * (x < mode ? (x - low) / (mode - low) : (high - x) / (high - mode))) / span,
    edges: [low, mode, high],
    cdf: (x) => {
      const at = within(x, low, high);
      return at < mode ? (at - low) ** 2 / (span * (mode - low)) : 1 - (high - at) ** 2 / (span * (high - mode));
    },
  };
}

/** A lognormal of which only what lies between two ends is left. */
export function cutLognormalLaw(mu: number, sigma: number, low: number, high: number): EdgedLaw {
  const below = (x: number) => standardNormalCdf((Math.log(x) - mu) / sigma);
  const mass = below(high) - below(low);
  const density = (x: number) =>
    Math.exp(-0.5 * ((Math.log(x) - mu) / sigma) ** 2) / (x * sigma * Math.sqrt(2 * Math.PI) * mass);
  return { atoms: [], density, edges: [low, high], cdf: (x) => (below(within(x, low, high)) - below(low)) / mass };
}

export function atomsLaw(atoms: EdgedLaw['atoms']): EdgedLaw {
  const cdf = (x: number) => atoms.reduce((sum, [value, weight]) => (value <= x ? sum + weight : sum), 0);
  return { atoms, density: () => 0, edges: [], cdf };
}

/** A share of one distribution, the rest another. */
export function mixedLaw(share: number, one: EdgedLaw, other: EdgedLaw): EdgedLaw {
  const shared = ({ atoms }: EdgedLaw, of: number) => atoms.map(([value, weight]) => [value, of * weight] as const);
  const inside = ({ density, edges }: EdgedLaw, x: number) =>
    edges.length > 0 && x >= edges[0] && x <= edges[edges.length - 1] ? density(x) : 0;
  return {
    atoms: [...shared(one, share), ...shared(other, 1 - share)],
    density: (x) => share * inside(one, x) + (1 - share) * inside(other, x),
    edges: [...one.edges, ...other.edges].sort((a, b) => a - b),
    cdf: (x) => share * one.cdf(x) + (1 - share) * other.cdf(x),
  };
}

/** P(X · Y ≤ z) of independent X and Y: Y's distribution function over X's atoms and, between all edges, by quadrature. */
export function productCdf(x: EdgedLaw, y: EdgedLaw, z: number): number {
  const ofAtoms = x.atoms.reduce((sum, [value, weight]) => sum + weight * y.cdf(z / value), 0);
  if (x.edges.length === 0) return ofAtoms;
  const [first, last] = [x.edges[0], x.edges[x.edges.length - 1]];
  const breaks = [...y.edges, ...y.atoms.map(([value]) => value)].map((edge) => within(z / edge, first, last));
  const ends = [...x.edges, ...breaks].sort((a, b) => a - b);
  const ofPieces = ends.slice(1).map((end, i) => {
    const span = end - ends[i];
    const valueAt = (at: number) => x.density(at) * y.cdf(z / at);
    return span > 0 ? RULE.reduce((sum, { at, weight }) => sum + weight * span * valueAt(ends[i] + span * at), 0) : 0;
  });
  return ofPieces.reduce((sum, piece) => sum + piece, ofAtoms);
}

/** P(X / Y ≤ z) of independent X and Y > 0 without atoms. */
export function ratioCdf(x: EdgedLaw, y: EdgedLaw, z: number): number {
  const reciprocal: EdgedLaw = {
    atoms: [],
    density: (t) => y.density(1 / t) / t ** 2,
    edges: y.edges.map((edge) => 1 / edge).reverse(),
    cdf: (t) => 1 - y.cdf(1 / t),
  };
  return productCdf(x, reciprocal, z);
}

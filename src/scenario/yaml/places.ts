import { type Document, isCollection, isMap, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';
import type { Path } from '../../errors.js';
import { keyOf, offsetOf } from './nodes.js';

/** A position in a text; both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Where the value at a path stands, or its key; for what is not in the text, the nearest parent that is. */
export type Places = (path: Path, at?: 'key') => Place;

/** The places of a document. A mapping or list stands where its key does, since its own place is that of its first entry. */
export function placesIn(document: Document, placeOf: (offset: number) => Place): Places {
  const pairsOf = rememberedPairs();
  return (path, at) => {
    let found: Found = { node: document.contents, key: undefined };
    for (const part of path) {
      const next = step(found.node, part, pairsOf);
      if (!next) return placeOf(keyOrValue(found));
      found = next;
    }
    return placeOf(at === 'key' ? (offsetOf(found.key) ?? keyOrValue(found)) : keyOrValue(found));
  };
}

interface Found {
  readonly node: unknown;
  readonly key: unknown;
}

type PairsOf = (map: YAMLMap) => ReadonlyMap<string, Pair>;

function step(node: unknown, part: string | number, pairsOf: PairsOf): Found | undefined {
  if (isSeq(node))
    return typeof part === 'number' && part in node.items ? { node: node.items[part], key: undefined } : undefined;
  const pair = isMap(node) ? pairsOf(node).get(String(part)) : undefined;
  return pair && { node: pair.value, key: pair.key };
}

function keyOrValue({ node, key }: Found): number {
  const [first, second] = isCollection(node) || isNothing(node) ? [key, node] : [node, key];
  return offsetOf(first) ?? offsetOf(second) ?? 0;
}

/** A key without a value: what stands in its place starts somewhere after it. */
function isNothing(node: unknown): boolean {
  return isScalar(node) && node.value === null && !node.source;
}

/** The pairs of a mapping by key, listed once: a file with a thousand problems is not searched a thousand times. */
function rememberedPairs(): PairsOf {
  const known = new Map<YAMLMap, ReadonlyMap<string, Pair>>();
  return (map) => {
    const pairs = known.get(map) ?? new Map(map.items.map((pair) => [keyOf(pair), pair]));
    known.set(map, pairs);
    return pairs;
  };
}

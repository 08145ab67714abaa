import { isNode, isScalar, type Pair } from 'yaml';

/** The text of a key. */
export function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value ?? '') : '';
}

/** Where a node starts in the text; undefined if it was not written. */
export function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

import { type Document, type Pair, visit } from 'yaml';
import { keyOf, offsetOf } from './nodes.js';
import type { Place } from './places.js';
import type { SyntaxProblem } from './syntax-problem.js';

/** Every key that its mapping has already. */
export function repeatedKeys(document: Document, placeOf: (offset: number) => Place): SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  visit(document, {
    Map(_, { items }) {
      problems.push(...repeatedIn(items, placeOf));
    },
  });
  return problems;
}

function repeatedIn(items: readonly Pair[], placeOf: (offset: number) => Place): SyntaxProblem[] {
  const firsts = new Map<string, number>();
  return items.flatMap((pair) => {
    const key = keyOf(pair);
    const offset = offsetOf(pair.key) ?? 0;
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, offset);
    return first === undefined ? [] : [{ offset, message: `repeats the key ${key} of line ${placeOf(first).line}` }];
  });
}

import { type Document, isAlias, isMap, isScalar, isSeq, type Pair, Scalar, visit } from 'yaml';
import { keyOf, offsetOf } from './nodes.js';
import type { SyntaxProblem } from './syntax-problem.js';

/** Merge keys (`<<`) of what has no keys. Source: YAML 1.1 type repository, "Merge Key Language-Independent Type". */
export function mergeProblems(document: Document): SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  visit(document, {
    Pair(_, pair) {
      if (!isMergeKey(pair) || isMergeable(pair.value, document)) return;
      const message = '<< takes a mapping that has an anchor (<<: *name), or a list of such: their keys are taken over';
      problems.push({ offset: offsetOf(pair.key) ?? 0, message });
    },
  });
  return problems;
}

/** Within quotes it is a name like any other. */
function isMergeKey(pair: Pair): boolean {
  return keyOf(pair) === '<<' && isScalar(pair.key) && (pair.key.type ?? Scalar.PLAIN) === Scalar.PLAIN;
}

function isMergeable(value: unknown, document: Document): boolean {
  return isSeq(value) ? value.items.every((item) => isMapOrAlias(item, document)) : isMapOrAlias(value, document);
}

/** An alias without its anchor has a complaint of its own. */
function isMapOrAlias(value: unknown, document: Document): boolean {
  const meant = isAlias(value) ? value.resolve(document) : value;
  return (isAlias(value) && meant === undefined) || isMap(meant);
}

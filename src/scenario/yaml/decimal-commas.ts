import { type Document, isScalar, type Pair, visit } from 'yaml';
import { keyOf, offsetOf } from './nodes.js';
import type { SyntaxProblem } from './syntax-problem.js';

/**
 * Decimal commas that YAML takes for something else: `[1,05]` is a list of 1 and 5, `{ p5: 0,4 }` has a key 4. A comma
 * between `[1,2, 1,3]` that has no space behind it where its neighbours have one is told from a list by that.
 */
export function decimalCommas(document: Document, text: string): SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  visit(document, {
    Seq(_, { flow, items }) {
      if (flow) problems.push(...inList(items, text));
    },
    Map(_, { flow, items }) {
      if (flow) problems.push(...inMapping(items));
    },
  });
  return problems;
}

function inList(items: readonly unknown[], text: string): SyntaxProblem[] {
  const alternating = areSpacedInPairs(items, text);
  return items.flatMap((item, i) => {
    const [whole, fraction] = [digitsOf(items[i - 1]), digitsOf(item)];
    if (whole === undefined || fraction === undefined) return [];
    const isFraction = /^0\d/.test(fraction) || (alternating && i % 2 === 1);
    return isFraction ? [problemOf(whole, fraction, items[i - 1])] : [];
  });
}

/** Whether every second comma of numbers has a space behind it, and the others none: `[0,5, 0,7]`. */
function areSpacedInPairs(items: readonly unknown[], text: string): boolean {
  if (items.length < 4 || items.length % 2 !== 0 || !items.every((item) => digitsOf(item) !== undefined)) return false;
  return items.every((item, i) => i === 0 || /,$/.test(text.slice(0, offsetOf(item))) === (i % 2 === 1));
}

function inMapping(pairs: readonly Pair[]): SyntaxProblem[] {
  return pairs.flatMap((pair, i) => {
    const [whole, fraction] = [digitsOf(pairs[i - 1]?.value), keyOf(pair)];
    const isFraction = whole !== undefined && /^\d+$/.test(fraction) && isNothing(pair.value);
    return isFraction ? [problemOf(whole, fraction, pairs[i - 1].value)] : [];
  });
}

function isNothing(value: unknown): boolean {
  return value === null || (isScalar(value) && value.value === null && !value.source);
}

/** The text of a whole number; undefined for all else. */
function digitsOf(node: unknown): string | undefined {
  if (!isScalar(node) || typeof node.value !== 'number') return undefined;
  return /^[+-]?\d+$/.test(node.source ?? '') ? node.source : undefined;
}

function problemOf(whole: string, fraction: string, node: unknown): SyntaxProblem {
  const message = `${whole},${fraction} is read as ${whole} and ${fraction}; write ${whole}.${fraction}`;
  return { offset: offsetOf(node) ?? 0, message };
}

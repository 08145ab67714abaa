import { distance } from 'fastest-levenshtein';

/** The candidate that a mistyped word most likely meant; undefined if none shares half of its letters. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const [best] = candidates
    .map((candidate) => ({ candidate, edits: distance(word, candidate) }))
    .filter(({ candidate, edits }) => 2 * edits <= Math.max(word.length, candidate.length) + 1)
    .sort((a, b) => a.edits - b.edits);
  return best?.candidate;
}

/** ` (did you mean p95?)`, or nothing where no candidate is near. */
export function nearestHint(word: string, candidates: readonly string[]): string {
  const candidate = nearest(word, candidates);
  return candidate === undefined ? '' : ` (did you mean ${candidate}?)`;
}

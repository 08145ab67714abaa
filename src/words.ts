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

const LONGEST = 40;

/** What a user wrote in place of something else, short enough for one line of a complaint. */
export function foundText(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'string') return `the text ${JSON.stringify(shortened(value))}`;
  if (typeof value === 'object' && value !== null) return shortened(keysText(Object.keys(value)));
  return String(value);
}

/** `{p5, p95}` */
export function keysText(keys: readonly string[]): string {
  return `{${keys.join(', ')}}`;
}

/** `a, b or c` */
export function choiceText(choices: readonly string[]): string {
  const last = choices[choices.length - 1];
  return choices.length < 2 ? last : `${choices.slice(0, -1).join(', ')} or ${last}`;
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}

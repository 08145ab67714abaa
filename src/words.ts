import { distance } from 'fastest-levenshtein';
import { count } from './format.js';

/**
 * Words that are no misspelling of one another, however near their letters are: units, what a number is per,
 * statistics, and what stands next to them in tables. Who wrote node_power_w did not mean node_power_kw.
 */
const OWN_MEANING: ReadonlySet<string> = new Set(
  (
    'w kw mw gw wh kwh mwh gwh j kj mj s ms h b g kg t ml l gb mb ' +
    'node gpu chip accelerator device server rack host user request query session fleet total per each ' +
    'second minute hour day week month year mean median mode min max sum low high average std sd var ' +
    'input output prompt completion cached reasoning model note date rate cost price'
  ).split(' '),
);

/** One letter is no typing error of another; of longer words so many letters of each three may differ. */
const SHORTEST_MISTYPED = 3;

/**
 * The candidate that a mistyped word most likely meant: one spelt alike word by word, with the same numbers in it, else
 * the only one that begins with it. Undefined if there is none, or several are equally near: a hint is given where
 * following it helps.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  return spelledAlike(word, candidates) ?? begunBy(word, candidates);
}

/** The same without what only begins alike: where a longer name may be another quantity. */
export function spelledAlike(word: string, candidates: readonly string[]): string | undefined {
  const written = wordsOf(word);
  const near = candidates
    .map((candidate) => ({ candidate, edits: editsBetween(written, wordsOf(candidate)) }))
    .filter((one): one is { candidate: string; edits: number } => one.edits !== undefined)
    .sort((a, b) => a.edits - b.edits);
  const [best, second] = near;
  return second !== undefined && second.edits === best.edits ? undefined : best?.candidate;
}

function begunBy(word: string, candidates: readonly string[]): string | undefined {
  const start = word.toLowerCase();
  if (start.length < SHORTEST_MISTYPED) return undefined;
  const [only, another] = candidates.filter((candidate) => candidate.toLowerCase().startsWith(start));
  return another === undefined ? only : undefined;
}

/** ` (did you mean p95?)`, or nothing where no candidate is near. */
export function nearestHint(word: string, candidates: readonly string[]): string {
  const candidate = nearest(word, candidates);
  return candidate === undefined ? '' : ` (did you mean ${candidate}?)`;
}

/**
 * The words of a name in small letters, without the s of a plural and zeros in front, the letter O among digits as a
 * zero: `NodeTokens_per second` has node, token, per and second.
 */
function wordsOf(name: string): string[] {
  return name
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}.]+/u)
    .map((word) => word.replaceAll(/(?<=\d)o|o(?=\d)/g, '0').replaceAll(/(?<![\d.])0+(?=\d)|(?<=..)s$/g, ''))
    .filter((word) => word !== '');
}

/** Letters to change between two names, word by word; undefined where a word is not alike. */
function editsBetween(written: readonly string[], meant: readonly string[]): number | undefined {
  if (written.join('') === meant.join('')) return 0;
  if (written.length !== meant.length) return undefined;
  const edits = written.map((word, i) => wordEdits(word, meant[i]));
  return edits.every((one) => one !== undefined) ? edits.reduce((sum, one) => sum + one, 0) : undefined;
}

function wordEdits(written: string, meant: string): number | undefined {
  if (written === meant) return 0;
  if (OWN_MEANING.has(written) && OWN_MEANING.has(meant)) return undefined;
  if (numbersIn(written) !== numbersIn(meant)) return undefined;
  const longest = Math.max(written.length, meant.length);
  const edits = swapped(written, meant) ? 1 : distance(written, meant);
  const allowed = Math.max(1, Math.floor((longest + 1) / 3));
  return longest >= SHORTEST_MISTYPED && edits <= allowed ? edits : undefined;
}

/** Digits and points, letters left out: 8x22b has 8 and 22. */
function numbersIn(word: string): string {
  return word.match(/[\p{N}.]+/gu)?.join(' ') ?? '';
}

/** Whether two neighbours stand in the wrong order. */
function swapped(written: string, meant: string): boolean {
  if (written.length !== meant.length) return false;
  const at = [...written].findIndex((letter, i) => letter !== meant[i]);
  return written.slice(0, at) + written[at + 1] + written[at] + written.slice(at + 2) === meant;
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

/** `1 row`, `2,000 rows`. @param many where that is not `one` with an s */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** So many names in a complaint, and how many more there are. */
const MOST_LISTED = 20;

/** `a, b, c`, of a long list its beginning and how many more there are. */
export function listText(names: readonly string[]): string {
  const more = names.length - MOST_LISTED;
  return more <= 0 ? names.join(', ') : `${names.slice(0, MOST_LISTED).join(', ')} and ${more} more`;
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}

import { type BlockSet, endOf } from '../blocks/block-set.js';
import type { BlockRange } from '../blocks/blocks.js';
import { BytesError } from '../sketch/byte-reader.js';
import type { RunIdentity } from './identity.js';

/** What a saved state says of its counts. */
export interface StateHeader {
  readonly run: RunIdentity;
  /** Blocks that are counted. */
  readonly blocks: BlockSet;
}

const TEXTS = ['engine_version', 'kernel', 'scenario', 'seed', 'scenario_hash', 'plan_hash'] as const;
const LONGEST_TEXT = 1000;

/**
 * The header of a state, nothing taken on trust.
 *
 * @throws BytesError naming the key that is wrong
 */
export function stateHeader(header: unknown): StateHeader {
  const { run, blocks } = recordOf(header, 'header');
  return { run: identity(recordOf(run, 'run')), blocks: blockSet(blocks) };
}

/** A JSON object. @throws BytesError for anything else */
export function recordOf(value: unknown, key: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(key, 'an object');
  return value as Readonly<Record<string, unknown>>;
}

/** A whole number from `min` to 2^53 - 1. @throws BytesError for anything else */
export function wholeOf(value: unknown, key: string, min = 0): number {
  if (!Number.isSafeInteger(value) || (value as number) < min) throw wrong(key, `a whole number from ${min} on`);
  return value as number;
}

/** A text of at most `longest` characters. @throws BytesError for anything else */
export function textOf(value: unknown, key: string, longest = LONGEST_TEXT): string {
  if (typeof value !== 'string' || value.length > longest) throw wrong(key, `a text of at most ${longest} characters`);
  return value;
}

/** @throws BytesError unless it is a run identity */
export function identity(run: Readonly<Record<string, unknown>>): RunIdentity {
  const texts = Object.fromEntries(TEXTS.map((key) => [key, textOf(run[key], key)]));
  if (run.pass !== 1 && run.pass !== 2) throw wrong('pass', '1 or 2');
  return {
    ...(texts as Record<(typeof TEXTS)[number], string>),
    samples: wholeOf(run.samples, 'samples', 1),
    pass: run.pass,
  };
}

/** @throws BytesError unless it is a range of at least one block */
export function blockRange(value: unknown, key: string): BlockRange {
  const { firstBlock, blocks } = recordOf(value, key);
  const range = { firstBlock: wholeOf(firstBlock, `${key}.firstBlock`), blocks: wholeOf(blocks, `${key}.blocks`, 1) };
  wholeOf(endOf(range), key);
  return range;
}

function blockSet(value: unknown): BlockSet {
  if (!Array.isArray(value)) throw wrong('blocks', 'a list');
  const ranges = value.map((range, i) => blockRange(range, `blocks[${i}]`));
  if (ranges.some((range, i) => i > 0 && range.firstBlock <= endOf(ranges[i - 1]))) {
    throw wrong('blocks', 'ascending ranges that do not touch');
  }
  return ranges;
}

function wrong(key: string, expected: string): BytesError {
  return new BytesError(`has a wrong ${key}; expected ${expected}`);
}

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type BlockSet, isWithin, missingFrom, withRange } from '../blocks/block-set.js';
import { allBlocks } from '../blocks/blocks.js';
import { MAX_SHARDS, type Shard, shardBlocks } from '../blocks/shard.js';
import { emptySketches } from '../counting/empty-sketches.js';
import { InputError } from '../errors.js';
import type { PassNumber, Plan } from '../plan/plan.js';
import { FileError, readRegularFile } from '../regular-file.js';
import { checkedSource } from '../scenario/check-source.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { type ScenarioSource, scenarioFromSource } from '../scenario/source.js';
import { BytesError } from '../sketch/byte-reader.js';
import type { Sketches } from '../sketch/sketches.js';
import { recordOf, stateHeader, wholeOf } from '../state/header.js';
import { identityDifference, identityOf } from '../state/identity.js';
import { decodeState, encodeState, MAX_STATE_BYTES } from '../state/state-bytes.js';

/** What a part's file is called: `pass-1.003-of-016.tjstate`. */
export function partName(pass: PassNumber, { index, count }: Shard): string {
  const width = Math.max(3, `${count}`.length);
  return `pass-${pass}.${`${index}`.padStart(width, '0')}-of-${`${count}`.padStart(width, '0')}.tjstate`;
}

/** A shard's counts of a plan, with the scenario as it was written, so that a merge needs no other file. */
export function encodePart(
  scenario: ResolvedScenario,
  source: ScenarioSource,
  plan: Plan,
  kernel: string,
  shard: Shard,
  sketches: Sketches,
): Uint8Array {
  const range = shardBlocks(shard, scenario.samples);
  const blocks: BlockSet = range.blocks > 0 ? [range] : [];
  return encodeState({ run: identityOf(scenario, plan, kernel), blocks, shard, source }, sketches);
}

/** Part files in folders, of either pass (this file needs Node). @throws InputError for a folder that cannot be read */
export async function partFiles(folders: readonly string[]): Promise<string[]> {
  const lists = await Promise.all(folders.map(filesIn));
  return lists.flat();
}

/** The scenario of the first part of the first pass, checked as a file is. @throws InputError if there is none */
export async function scenarioOfParts(
  files: readonly string[],
): Promise<{ scenario: ResolvedScenario; source: ScenarioSource }> {
  const first = ofPass(files, 1)[0];
  if (first === undefined)
    throw problem(files[0] ?? 'tokenjoule merge', 'no part of the first pass (pass-1.*.tjstate) here');
  const header = await readPart(first, ({ header }) => recordOf(header, 'header'));
  const source = checkedSource(header.source);
  if (source === undefined) throw problem(first, 'carries no scenario');
  return { scenario: await scenarioFromSource(source), source };
}

/**
 * The merged counts of a plan, or undefined where there is no part of its pass.
 *
 * @throws InputError for a damaged part, one of another run, parts that share blocks, or blocks in no part
 */
export async function mergeParts(
  files: readonly string[],
  scenario: ResolvedScenario,
  plan: Plan,
  kernel: string,
): Promise<Sketches | undefined> {
  const parts = ofPass(files, plan.pass);
  if (parts.length === 0) return undefined;
  const merged = emptySketches(plan);
  let done: BlockSet = [];
  let count = 0;
  const seen = new Map<number, string>();
  for (const file of parts) {
    const part = await readPart(file, (state) => checkedPart(state, scenario, plan, kernel));
    const twin = seen.get(part.shard.index);
    if (count > 0 && part.shard.count !== count)
      throw problem(file, `is one of ${part.shard.count} parts, others of ${count}`);
    if (twin !== undefined) throw problem(file, `is part ${part.shard.index}, as is ${twin}; remove one`);
    seen.set(part.shard.index, file);
    count = part.shard.count;
    done = part.blocks.reduce(withRange, done);
    merged.merge(part.sketches);
  }
  const gaps = missingFrom(done, allBlocks(scenario.samples));
  if (gaps.length > 0) throw problem(parts[0], `${missingText(plan.pass, seen, count)}; run them, then merge again`);
  return merged;
}

function checkedPart(state: ReturnType<typeof decodeState>, scenario: ResolvedScenario, plan: Plan, kernel: string) {
  const { run, blocks } = stateHeader(state.header);
  const difference = identityDifference(run, identityOf(scenario, plan, kernel));
  if (difference) throw new BytesError(`is of another run; ${difference}`);
  const shard = checkedShard(recordOf(state.header, 'header').shard);
  const range = shardBlocks(shard, scenario.samples);
  const own: BlockSet = range.blocks > 0 ? [range] : [];
  if (JSON.stringify(blocks) !== JSON.stringify(own) || !isWithin(blocks, scenario.samples)) {
    throw new BytesError(`does not count the blocks of part ${shard.index} of ${shard.count}`);
  }
  return { shard, blocks, sketches: state.sketches(plan.counted.length) };
}

function checkedShard(value: unknown): Shard {
  const { index, count } = recordOf(value, 'shard');
  const shard = { index: wholeOf(index, 'shard.index', 1), count: wholeOf(count, 'shard.count', 1) };
  if (shard.index > shard.count || shard.count > MAX_SHARDS) throw new BytesError('has a wrong shard');
  return shard;
}

async function readPart<T>(file: string, read: (state: ReturnType<typeof decodeState>) => T): Promise<T> {
  try {
    return read(decodeState(await readRegularFile(file, MAX_STATE_BYTES)));
  } catch (error) {
    if (error instanceof BytesError || error instanceof FileError) throw problem(file, error.message);
    throw error;
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw problem(folder, `cannot be read as a folder of parts (${error.code})`);
  });
  return names
    .filter((name) => /^pass-[12]\..+-of-.+\.tjstate$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

function ofPass(files: readonly string[], pass: PassNumber): string[] {
  return files.filter((file) => file.split(/[\\/]/).at(-1)?.startsWith(`pass-${pass}.`));
}

const LONGEST_LIST = 20;

function missingText(pass: PassNumber, seen: ReadonlyMap<number, string>, count: number): string {
  const missing = Array.from({ length: count }, (_, i) => i + 1).filter((index) => !seen.has(index));
  const shown = missing.slice(0, LONGEST_LIST).join(', ') + (missing.length > LONGEST_LIST ? ', …' : '');
  return `pass ${pass} lacks ${missing.length} of ${count} parts: ${shown}`;
}

function problem(file: string, message: string): InputError {
  return new InputError([{ file, key: '', message }]);
}

import { randomBytes } from 'node:crypto';
import { readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { lifeOf, OWNER_PATTERN, type Owner, ownerOf, ownerText, thisProcess } from './owner.js';

// Needs Node, which has no lock that an operating system would release for a process that is killed. So nothing is locked:
// whoever wants a folder to itself draws a number there, as a file of its own that bears its owner's name, and waits for the
// lower ones (Lamport's bakery, CACM 17, 8 (1974), 453-455). A number whose process has died counts for nothing, and may be removed
// by anyone: no two processes ever fight for one file.

/** One who waits: the file `.tokenjoule-turn-NUMBER-OWNER-RANDOM`, where NUMBER is 0 while the number is being chosen. */
interface Claim {
  readonly name: string;
  readonly number: number;
  /** Owner and random part: which of two claims of one number goes first. */
  readonly id: string;
  readonly owner: Owner;
}

/** How to wait. */
export interface Waiting {
  readonly signal?: AbortSignal | undefined;
  /** Takes a sentence for the user, should it take long. */
  readonly tell?: ((sentence: string) => void) | undefined;
}

const CLAIM = new RegExp(`^\\.tokenjoule-turn-(\\d{9})-(${OWNER_PATTERN}-[0-9a-f]{12})$`);

const POLL_MS = 20;
/** Who waits shows that often that it lives: on another machine nothing else does. */
const SIGN_MS = 1000;
/** Another machine's claim that shows no sign for so long is one that a crash left: to put files in place takes milliseconds. */
const SILENT_MS = 60_000;
/** Waiting that a user has to know the reason of. */
const LONG_MS = 2000;

/**
 * Calls `act` while no other process, and nobody else in this one, is in `folder`'s turn. Waits for those that came before.
 *
 * @throws what the file system or `act` throws; the signal's reason, if aborted while it waits
 */
export async function inTurn<T>(folder: string, waiting: Waiting, act: () => Promise<T>): Promise<T> {
  const id = `${ownerText(thisProcess())}-${randomBytes(6).toString('hex')}`;
  const own = await draw(folder, id);
  try {
    await turnOf(folder, own, waiting);
    return await act();
  } finally {
    await rm(join(folder, own), { force: true });
  }
}

/** Draws a number above all that are there. Its file is made before that of the choosing goes, so that one of them is always there. */
async function draw(folder: string, id: string): Promise<string> {
  const choosing = nameOf(0, id);
  await writeFile(join(folder, choosing), '', { flag: 'wx' });
  try {
    const numbers = (await claimsIn(folder)).map(({ number }) => number);
    const own = nameOf(1 + Math.max(...numbers), id);
    await writeFile(join(folder, own), '', { flag: 'wx' });
    return own;
  } finally {
    await rm(join(folder, choosing), { force: true });
  }
}

async function turnOf(folder: string, own: string, { signal, tell }: Waiting): Promise<void> {
  const signs = new Map<string, Sign>();
  const began = performance.now();
  let told = false;
  let shown = began;
  // A file that is made while a folder is listed may be missed, and the one that it replaces, too: what was listed twice was there.
  for (let clear = 0; clear < 2; ) {
    signal?.throwIfAborted();
    const before = await firstBefore(folder, own, signs);
    clear = before === undefined ? clear + 1 : 0;
    if (before === undefined) continue;
    const now = performance.now();
    if (!told && now - began > LONG_MS) {
      tell?.(`waits for process ${before.owner.pid}, which puts its results into ${folder}`);
      told = true;
    }
    if (now - shown > SIGN_MS) {
      await utimes(join(folder, own), new Date(), new Date());
      shown = now;
    }
    await setTimeout(POLL_MS);
  }
}

/** What was last seen of another machine's claim. */
interface Sign {
  readonly changed: number;
  /** On this process's clock, ms. */
  readonly seen: number;
}

/** A living claim that goes before `own`; what dead ones left is removed. */
async function firstBefore(folder: string, own: string, signs: Map<string, Sign>): Promise<Claim | undefined> {
  const self = thisProcess();
  const mine = claimOf(own)!;
  for (const claim of await claimsIn(folder)) {
    if (claim.id === mine.id || !goesBefore(claim, mine)) continue;
    if (!(await isGone(folder, claim, self, signs))) return claim;
    await rm(join(folder, claim.name), { force: true });
  }
  return undefined;
}

/** Who still chooses may get a lower number. */
function goesBefore(one: Claim, other: Claim): boolean {
  return one.number < other.number || (one.number === other.number && one.id < other.id);
}

async function isGone(folder: string, { name, owner }: Claim, self: Owner, signs: Map<string, Sign>): Promise<boolean> {
  const life = lifeOf(owner, self);
  if (life !== 'unknown') return life === 'gone';
  const stats = await stat(join(folder, name)).catch(() => undefined);
  if (stats === undefined) return true;
  const last = signs.get(name);
  const now = performance.now();
  if (last?.changed === stats.mtimeMs) return now - last.seen > SILENT_MS;
  signs.set(name, { changed: stats.mtimeMs, seen: now });
  return false;
}

async function claimsIn(folder: string): Promise<Claim[]> {
  return (await readdir(folder)).flatMap((name) => claimOf(name) ?? []);
}

function claimOf(name: string): Claim | undefined {
  const match = CLAIM.exec(name);
  return match ? { name, number: Number(match[1]), id: match[2], owner: ownerOf(match.slice(3)) } : undefined;
}

function nameOf(number: number, id: string): string {
  return `.tokenjoule-turn-${`${number}`.padStart(9, '0')}-${id}`;
}

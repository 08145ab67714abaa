import { mkdir, open, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PassNumber } from '../plan/plan.js';
import { readRegularFile } from '../regular-file.js';
import { lifeOf, OWNER_PATTERN, type Owner, ownerOf, ownerText, thisProcess } from '../tables/owner.js';
import { inTurn } from '../tables/turns.js';
import { MAX_STATE_BYTES } from './state-bytes.js';

// Needs Node. Files are `pass-1.000042.tjstate`: the pass, and a number that grows with each one saved.
const NAME = /^pass-([12])\.(\d{6,15})\.tjstate$/;
/** Whose states these are. */
const OWNER = new RegExp(`^run-${OWNER_PATTERN}\\.owner$`);
const PART = /^pass-[12]\.\d{6,15}\.tjstate\.\d+\.part$/;

/** How many checkpoints of a pass are kept: one more than the newest, should that be damaged. */
const KEPT = 2;

/** The checkpoints of one run, newest first; reads and writes whole files and knows nothing of what is in them. */
export class CheckpointFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** File names of a pass, newest first; none where the folder does not exist. */
  async list(pass: PassNumber): Promise<string[]> {
    const names = await readdir(this.path).catch(ifMissing<string[]>([]));
    const numbered = names.flatMap((name) => {
      const match = NAME.exec(name);
      return match && Number(match[1]) === pass ? [{ name, number: Number(match[2]) }] : [];
    });
    return numbered.sort((a, b) => b.number - a.number).map(({ name }) => name);
  }

  /** @throws FileError for what is no regular file, too large, or cannot be read */
  read(name: string): Promise<Uint8Array> {
    return readRegularFile(join(this.path, name), MAX_STATE_BYTES);
  }

  /** Saves bytes as the newest of a pass: written beside and synced, then renamed, then the ones that are too old removed. */
  async save(pass: PassNumber, bytes: Uint8Array): Promise<void> {
    await mkdir(this.path, { recursive: true });
    const before = await this.list(pass);
    const number = 1 + Number(NAME.exec(before[0] ?? '')?.[2] ?? 0);
    const file = join(this.path, `pass-${pass}.${`${number}`.padStart(6, '0')}.tjstate`);
    await writeSynced(`${file}.${process.pid}.part`, file, bytes);
    await Promise.all(before.slice(KEPT - 1).map((name) => rm(join(this.path, name), { force: true })));
  }

  /** Puts a damaged file aside, under a name that is not read again. Returns that name. */
  async setAside(name: string): Promise<string> {
    const aside = `${name}.damaged`;
    await rename(join(this.path, name), join(this.path, aside));
    return join(this.path, aside);
  }

  /** Another process of this machine that runs and saves its states here. */
  async otherOwner(): Promise<Owner | undefined> {
    return (await this.#owners()).find(({ running, own }) => running && !own)?.owner;
  }

  /** Makes this process the owner of the states here, unless another one is that runs; returns that one. */
  async take(): Promise<Owner | undefined> {
    await mkdir(this.path, { recursive: true });
    return inTurn(this.path, {}, async () => {
      const other = await this.otherOwner();
      if (other !== undefined) return other;
      const gone = (await this.#owners()).filter(({ own }) => !own);
      await Promise.all(gone.map(({ name }) => rm(join(this.path, name), { force: true })));
      await writeFile(join(this.path, `run-${ownerText(thisProcess())}.owner`), '');
      return undefined;
    });
  }

  async #owners() {
    const self = thisProcess();
    const names = await readdir(this.path).catch(ifMissing<string[]>([]));
    return names.flatMap((name) => {
      const match = OWNER.exec(name);
      if (match === null) return [];
      const owner = ownerOf(match.slice(1));
      return [{ name, owner, running: lifeOf(owner, self) === 'running', own: ownerText(owner) === ownerText(self) }];
    });
  }

  /**
   * Removes all checkpoints, and the folder if nothing else is in it; what was set aside stays for its owner to look at. Leaves all as
   * it is where another process saves its states.
   */
  async clear(): Promise<void> {
    if ((await this.otherOwner()) !== undefined) return;
    const names = await readdir(this.path).catch(ifMissing<string[]>([]));
    const own = names.filter((name) => NAME.test(name) || PART.test(name) || OWNER.test(name));
    await Promise.all(own.map((name) => rm(join(this.path, name), { force: true })));
    if (names.length > own.length) return;
    await rmdir(this.path).catch(ifMissing(undefined));
  }
}

async function writeSynced(part: string, file: string, bytes: Uint8Array): Promise<void> {
  try {
    // A new file, whatever lies there: to write through a link, or into a pipe, could go anywhere or wait for ever.
    await rm(part, { force: true });
    const handle = await open(part, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

function ifMissing<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return value;
    throw error;
  };
}

import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { lifeOf, OWNER_PATTERN, ownerOf, ownerText, thisProcess } from './owner.js';

/** A staging folder's name: the process that fills it, then six characters of `mkdtemp`, so that no two are the same. */
const STAGING = new RegExp(`^\\.tokenjoule-${OWNER_PATTERN}-\\w{6}$`);

/** Another machine's folder that nobody has added a file to for so long is one that a crash left. */
const ABANDONED_MS = 7 * 86_400_000;

/** Makes a hidden folder within `folder`, where files are written until all are complete. Throws what `mkdtemp` throws. */
export function makeStaging(folder: string): Promise<string> {
  return mkdtemp(join(folder, `.tokenjoule-${ownerText(thisProcess())}-`));
}

/** Removes the staging folders in `folder` whose process has died; those of another machine when they are a week old. */
export async function removeStale(folder: string, now: Date): Promise<void> {
  const self = thisProcess();
  const names = await readdir(folder);
  await Promise.all(
    names.map(async (name) => {
      const match = STAGING.exec(name);
      if (match === null) return;
      const path = join(folder, name);
      const life = lifeOf(ownerOf(match.slice(1)), self);
      const gone = life === 'gone' || (life === 'unknown' && (await ageOf(path, now)) > ABANDONED_MS);
      if (gone) await rm(path, { recursive: true, force: true });
    }),
  );
}

async function ageOf(path: string, now: Date): Promise<number> {
  const stats = await stat(path).catch(() => undefined);
  return stats ? now.getTime() - stats.mtimeMs : 0;
}

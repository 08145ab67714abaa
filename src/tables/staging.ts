import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A staging folder's name: the process that fills it, then six characters of `mkdtemp`, so that no two are the same. */
const STAGING = /^\.tokenjoule-(\d+)-\w{6}$/;

/** Makes a hidden folder within `folder`, where files are written until all are complete. Throws what `mkdtemp` throws. */
export function makeStaging(folder: string): Promise<string> {
  return mkdtemp(join(folder, `.tokenjoule-${process.pid}-`));
}

/** Removes the staging folders in `folder` whose process has died. Those of another machine on a shared disk look dead too. */
export async function removeStale(folder: string): Promise<void> {
  const stale = (await readdir(folder)).filter((name) => isStale(STAGING.exec(name)?.[1]));
  await Promise.all(stale.map((name) => rm(join(folder, name), { recursive: true, force: true })));
}

function isStale(pid: string | undefined): boolean {
  return pid !== undefined && !isAlive(Number(pid));
}

/** Signal 0 tests for a process without touching it (kill(2)); EPERM means that it lives and belongs to someone else. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

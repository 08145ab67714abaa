import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

// Needs Node. Whatever a process puts into a results folder for itself bears its owner in its name, so that whoever finds it
// later can tell whether anybody still wants it: a process that is killed removes nothing.

/** A process, told from all others that run or ever ran on this machine, and from those of other machines. */
export interface Owner {
  /** Hash of the machine's name and, on Linux, of its space of process numbers: two containers have two. */
  readonly host: string;
  /** Hash of what changes when the machine starts again; `0` where that is not known. */
  readonly boot: string;
  readonly pid: number;
  /** When the process began, in ticks since the machine did; `0` where that is not known. */
  readonly start: string;
}

/** What an owner's text looks like, with a group for each of its parts. */
export const OWNER_PATTERN = '([0-9a-f]{8})-([0-9a-f]{1,8})-(\\d+)-(\\d+)';

/** The process that calls. */
export function thisProcess(): Owner {
  const { pid } = process;
  const space = contentOf(() => readlinkSync('/proc/self/ns/pid'));
  const boot = contentOf(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'));
  return { host: shortHash(`${hostname()} ${space}`), boot: boot && shortHash(boot), pid, start: startOf(pid) };
}

/** An owner as part of a file's name. */
export function ownerText({ host, boot, pid, start }: Owner): string {
  return `${host}-${boot}-${pid}-${start}`;
}

/** The owner that the groups of `OWNER_PATTERN` name. */
export function ownerOf([host, boot, pid, start]: readonly string[]): Owner {
  return { host, boot, pid: Number(pid), start };
}

/** Whether a process still runs; `unknown` for one of another machine. A number that was given again is another process. */
export function lifeOf(owner: Owner, self: Owner): 'running' | 'gone' | 'unknown' {
  if (owner.host !== self.host) return 'unknown';
  if (owner.boot !== self.boot || !isAlive(owner.pid)) return 'gone';
  const start = startOf(owner.pid);
  return start === owner.start || start === UNKNOWN || owner.start === UNKNOWN ? 'running' : 'gone';
}

const UNKNOWN = '0';

/** Field 22 of /proc/PID/stat (proc(5)): fields are counted behind the name, which may hold blanks and brackets. */
function startOf(pid: number): string {
  const stat = contentOf(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? UNKNOWN;
}

function contentOf(read: () => string): string {
  try {
    return read();
  } catch {
    return UNKNOWN;
  }
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/** Signal 0 tests for a process without touching it (kill(2)); EPERM means that it lives and belongs to someone else. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

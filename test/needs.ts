// What tests need beyond Node: what is not here is skipped, and test/skipped-reporter.ts says so in the last lines of `npm test`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';

/** Something that a test needs: how it is called, what brings it, and whether this machine has it. */
interface Needed {
  readonly name: string;
  /** The command that brings it on Debian; what is set for a test that only takes long. */
  readonly remedy: string;
  readonly here: () => boolean;
}

const NEEDED = {
  chromium: { name: 'a browser', remedy: 'apt-get install chromium', here: () => pathOf('chromium') !== undefined },
  'redis-server': { name: 'a Redis server', remedy: 'apt-get install redis-server', here: () => has('redis-server') },
  openssl: { name: 'certificates', remedy: 'apt-get install openssl', here: () => has('openssl') },
  bash: { name: 'bash', remedy: 'apt-get install bash', here: () => has('bash') },
  pandas: { name: 'pandas', remedy: 'apt-get install python3-pandas', here: () => pythonWithPandas() !== undefined },
  r: { name: 'R', remedy: 'apt-get install r-base-core', here: () => has('Rscript') },
  'typescript-5': {
    name: 'TypeScript 5.9',
    remedy: 'npm ci',
    here: () => existsSync('node_modules/typescript-5/package.json'),
  },
  'impact-framework': {
    name: 'the Impact Framework',
    remedy: 'npm install --no-save @grnsft/if@1.1.0',
    here: () => existsSync('node_modules/@grnsft/if/package.json'),
  },
  minutes: { name: 'minutes', remedy: 'TOKENJOULE_ALL_TESTS=1', here: () => process.env.TOKENJOULE_ALL_TESTS === '1' },
} satisfies Record<string, Needed>;

export type Need = keyof typeof NEEDED;

declare module 'vitest' {
  interface TaskMeta {
    /** What the test needs and this machine lacks. */
    lacking?: readonly Need[];
  }
}

/** What a kind of skipped tests needs, and what brings it. */
export function inWords(need: Need): string {
  const { name, remedy } = NEEDED[need];
  return `${name}: ${remedy}`;
}

/** Options of a test, or of all tests in a `describe`, that is skipped where one of these is not here. */
export function needs(...wanted: Need[]): { skip: boolean; meta: { lacking: readonly Need[] } } {
  const lacking = wanted.filter((one) => !NEEDED[one].here());
  return { skip: lacking.length > 0, meta: { lacking } };
}

/** How often something is tried: all those times where minutes are there, else the few. */
export function tries(few: number, all: number): number {
  return NEEDED.minutes.here() ? all : few;
}

const has = (program: string) => pathOf(program) !== undefined;

/** Where a program lies on the path; undefined where it does not. */
export function pathOf(program: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, program)).find(existsSync);
}

/** A Python that has pandas: the first on the path may be another one than the system's packages are for. */
export function pythonWithPandas(): string | undefined {
  const pythons = [pathOf('python3'), '/usr/bin/python3'].filter((path) => path !== undefined);
  return pythons.find((python) => spawnSync(python, ['-c', 'import pandas']).status === 0);
}

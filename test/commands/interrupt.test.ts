// analyze and compare as processes that are interrupted in the middle of a computation without pause. Windows has no such signals.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { CLI, SCENARIOS } from '../command-line.js';
import { inTemporaryFolder } from '../folders.js';
import { needs, tries } from '../needs.js';

vi.setConfig({ testTimeout: 60_000 });

const [FILE, OTHER] = ['oviedo-2025.yaml', 'oviedo-2026.yaml'].map((name) => join(SCENARIOS, name));
/** Long enough for a process to have begun to draw. */
const BEGUN_MS = 2500;

// Sizes that take hours.
const COMMANDS = [
  ['compare', FILE, OTHER, '-n', '1000000000000'],
  ['analyze', FILE, '-n', `${2 ** 39}`],
  ['analyze', FILE, '--method', 'shapley', '-n', `${2 ** 39}`],
  ['analyze', FILE, '--method', 'morris', '-n', '1000000000'],
];

/** Stops a command in the middle; returns the milliseconds that it took to end. */
async function stopped(args: readonly string[], signal: NodeJS.Signals, out: string): Promise<number> {
  const child = spawn(process.execPath, [CLI, ...args, '-o', out], { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const ended = once(child, 'close');
  await new Promise((resolve) => setTimeout(resolve, BEGUN_MS));
  expect([child.exitCode, stderr]).toEqual([null, '']);
  const begun = performance.now();
  child.kill(signal);
  expect(await ended).toEqual([130, null]);
  expect(stderr).toBe('interrupted; nothing half-written was left\n');
  return performance.now() - begun;
}

/** On a busy machine, processes wait for one another: the least of so many times is the command's own. */
const TRIES = 4;

const ALL = COMMANDS.flatMap((args) => ['SIGINT' as const, 'SIGTERM' as const].map((signal) => ({ args, signal })));
/** Without minutes a comparison by one signal and an analysis by the other. */
const FEW = ALL.filter((_, i) => i === 0 || i === 3);

test.each(tries(0, 1) === 1 ? ALL : FEW)(
  '$signal stops $args within a second, with status 130 and nothing written',
  needs('minutes'),
  ({ args, signal }) =>
    inTemporaryFolder(async (out) => {
      let least = Number.POSITIVE_INFINITY;
      for (let i = 0; i < TRIES && least > 1000; i++) least = Math.min(least, await stopped(args, signal, out));
      expect(least).toBeLessThan(1000);
      expect(await readdir(out)).toEqual([]);
    }),
);

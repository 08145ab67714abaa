// analyze and compare as processes that are interrupted in the middle of a computation without pause. Windows has no such signals.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { CLI, SCENARIOS, withFolder } from '../cli/command.js';

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

test.each(COMMANDS.flatMap((args) => ['SIGINT' as const, 'SIGTERM' as const].map((signal) => ({ args, signal }))))(
  '$signal stops $args within a second, with status 130 and nothing written',
  ({ args, signal }) =>
    withFolder(async (out) => {
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
      expect(performance.now() - begun).toBeLessThan(1000);
      expect(stderr).toBe('interrupted; nothing half-written was left\n');
      expect(await readdir(out)).toEqual([]);
    }),
);

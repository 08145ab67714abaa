import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const CLI = fileURLToPath(new URL('../../dist/cli.cjs', import.meta.url));

/** Folder of the shipped scenarios. */
export const SCENARIOS = fileURLToPath(new URL('../../scenarios/', import.meta.url));

const PROGRESS = /^.* of .* samples, .* left\n/gm;

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  /** Without the progress lines that a slow machine sees. */
  readonly stderr: string;
}

/** Runs the built command line to its end; `interruptAt` sends SIGINT once stderr matches it. */
export function tokenjoule(
  args: readonly string[],
  options: { cwd?: string; interruptAt?: RegExp; env?: Readonly<Record<string, string>> } = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], {
      ...(options.cwd && { cwd: options.cwd }),
      ...(options.env && { env: { ...process.env, ...options.env } }),
    });
    let [stdout, stderr] = ['', ''];
    let interrupted = false;
    child.stdout.on('data', (data) => {
      stdout += data;
    });
    child.stderr.on('data', (data) => {
      stderr += data;
      if (!interrupted && options.interruptAt?.test(stderr)) interrupted = child.kill('SIGINT');
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, stdout, stderr: stderr.replace(PROGRESS, '') }));
  });
}

/** A temporary folder for as long as `use` takes. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'tokenjoule-cli-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

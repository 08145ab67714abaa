// Tests of a command stand in test/commands. They run the built command line in a process of its own, through `tokenjoule`; where
// a test has to hand a command its clock, its environment or a signal, it calls the command with `recording()` of surroundings.ts.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Surroundings } from '../src/commands/surroundings.js';
import { tries } from './needs.js';
import { THREAD_ENTRY } from './surroundings.js';

export const CLI = fileURLToPath(new URL('../dist/cli.cjs', import.meta.url));

/** Folder of the shipped scenarios. */
export const SCENARIOS = fileURLToPath(new URL('../scenarios/', import.meta.url));

const PROGRESS = /^.* of .* samples, .* left\n/gm;

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  /** Without the progress lines that a slow machine sees. */
  readonly stderr: string;
}

/** Runs the built command line to its end, `input` on its standard input; `interruptAt` sends SIGINT once stderr matches it. */
export function tokenjoule(
  args: readonly string[],
  options: { cwd?: string; input?: string; interruptAt?: RegExp; env?: Readonly<Record<string, string>> } = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], {
      ...(options.cwd && { cwd: options.cwd }),
      ...(options.env && { env: { ...process.env, ...options.env } }),
    });
    child.stdin.on('error', () => {});
    child.stdin.end(options.input);
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

/**
 * The same of a command that needs no process of its own: without minutes it runs in this one, by the built files, which saves what
 * starting one takes. Commands may not run side by side, for they share the working folder.
 */
export function tokenjouleQuickly(args: readonly string[], options: { cwd?: string } = {}): Promise<Outcome> {
  const needsProcess = tries(0, 1) === 1 || !OWN_FILE.test(args[0]) || args.includes('--help');
  return needsProcess ? tokenjoule(args, options) : inThisProcess(args, options.cwd ?? process.cwd());
}

/** Commands that are called alike; every other word is for the entry of the process. */
const OWN_FILE =
  /^(run|sweep|merge|check|analyze|compare|levers|trend|validate|annotate|report|convert|query|clean|explain|throughput)$/;

type Command = (args: readonly string[], around: Surroundings) => Promise<number>;

const built = (path: string) => import(new URL(`../dist/${path}.js`, import.meta.url).href);

async function inThisProcess([name, ...args]: readonly string[], folder: string): Promise<Outcome> {
  const [{ [`${name}Command`]: command }, { errorText }, { statusOf }] = await Promise.all(
    [`commands/${name}`, 'commands/error-text', 'commands/exit-status'].map(built),
  );
  const before = process.cwd();
  const [stdout, stderr] = [await shown(), await shown()];
  process.chdir(folder);
  try {
    const status = await (command as Command)(args, around(stdout.stream, stderr.stream)).catch((error: unknown) => {
      stderr.stream.write(`${errorText(error, {})}\n`);
      return statusOf(error);
    });
    return { status, stdout: stdout.text(), stderr: stderr.text().replace(PROGRESS, '') };
  } finally {
    process.chdir(before);
  }
}

function around(stdout: Surroundings['stdout'], stderr: Surroundings['stderr']): Surroundings {
  return {
    stdout,
    stderr,
    environment: process.env,
    signal: new AbortController().signal,
    threadEntry: THREAD_ENTRY,
    now: () => new Date(),
    seconds: () => performance.now() / 1000,
  };
}

/** A stream that keeps what it shows, as that of the command line does. */
async function shown() {
  const written: string[] = [];
  const { shownOn } = await built('terminal/shown-on');
  const stream: Surroundings['stdout'] = shownOn({ write: (text: string) => written.push(text) }, '[mark]');
  return { stream, text: () => written.join('') };
}

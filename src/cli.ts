#!/usr/bin/env node
import { DONE, statusOf } from './commands/exit-status.js';
import { HELP } from './commands/help.js';
import type { Surroundings } from './commands/surroundings.js';
import { InputError, RunError } from './errors.js';
import { shownOn } from './terminal/shown-on.js';
import { engineVersion } from './version.js';

/** 130 is the shell's own status for a process stopped by SIGINT. */
const INTERRUPTED = 130;

/** Does what the command line says and returns the exit status. */
async function main(args: readonly string[], around: Surroundings): Promise<number> {
  const [command, ...rest] = args;
  if (rest.includes('--help') || rest.includes('-h')) return printed(HELP, around);
  // Commands are loaded when called: each brings packages that the others do without.
  if (command === 'run') return (await import('./commands/run.js')).runCommand(rest, around);
  if (command === 'sweep') return (await import('./commands/sweep.js')).sweepCommand(rest, around);
  if (command === 'merge') return (await import('./commands/merge.js')).mergeCommand(rest, around);
  if (command === 'worker') return (await import('./commands/worker.js')).workerCommand(rest, around);
  if (command === 'status') return (await import('./commands/status.js')).statusCommand(rest, around);
  if (command === 'check') return (await import('./commands/check.js')).checkCommand(rest, around);
  if (command === 'explain') return (await import('./commands/explain.js')).explainCommand(rest, around);
  if (command === 'analyze') return (await import('./commands/analyze.js')).analyzeCommand(rest, around);
  if (command === 'compare') return (await import('./commands/compare.js')).compareCommand(rest, around);
  if (command === 'report') return (await import('./commands/report.js')).reportCommand(rest, around);
  if (command === 'convert') return (await import('./commands/convert.js')).convertCommand(rest, around);
  if (command === 'query') return (await import('./commands/query.js')).queryCommand(rest, around);
  if (command === 'explore') return (await import('./commands/explore.js')).exploreCommand(rest, around);
  if (command === 'schema') return (await import('./commands/schema.js')).schemaCommand(around);
  if (command === 'clean') return (await import('./commands/clean.js')).cleanCommand(rest, around);
  if (command === '--version' || command === '-v') return printed(`${engineVersion()}\n`, around);
  if (command === '--help' || command === '-h' || command === undefined) return printed(HELP, around);
  const message = `unknown command ${command}; commands are run, sweep, merge, worker, status, check, explain, analyze, compare, report, convert, query, explore, schema and clean, see tokenjoule --help`;
  throw new InputError([{ file: 'tokenjoule', key: '', message }]);
}

function printed(text: string, { stdout }: Surroundings): number {
  stdout.write(text);
  return DONE;
}

function errorText(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'interrupted; nothing half-written was left';
  if (error instanceof InputError || error instanceof RunError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** A reader that has seen enough (`| head`) ends no run: its tables are still wanted. */
function unlessClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** Tells orders to the terminal from all text that comes from elsewhere, which cannot know it. */
const MARK = `[${Math.random().toString(36).slice(2)}]`;

/** One of the process's streams. Node makes it when it is first asked for, which takes milliseconds. */
function streamOf(name: 'stdout' | 'stderr') {
  const stream = process[name];
  const watched = stream.listeners('error').includes(unlessClosed) ? stream : stream.on('error', unlessClosed);
  return shownOn(watched, MARK);
}

const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort());
process.once('SIGTERM', () => interrupt.abort());
main(process.argv.slice(2), {
  get stdout() {
    return streamOf('stdout');
  },
  get stderr() {
    return streamOf('stderr');
  },
  environment: process.env,
  signal: interrupt.signal,
  threadEntry: new URL('./threads/thread.cjs', import.meta.url),
  now: () => new Date(),
  seconds: () => performance.now() / 1000,
})
  .catch((error) => {
    streamOf('stderr').write(`${errorText(error, interrupt.signal)}\n`);
    return interrupt.signal.aborted ? INTERRUPTED : statusOf(error);
  })
  .then((status) => {
    process.exitCode = status;
    // What was interrupted is done: nothing that a package still waits for, a server that has died, keeps the process.
    if (interrupt.signal.aborted) process.exit();
  });

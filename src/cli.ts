#!/usr/bin/env node
import { errorText } from './commands/error-text.js';
import { DONE, FAILED, statusOf } from './commands/exit-status.js';
import { HELP } from './commands/help.js';
import { helpOf } from './commands/help-of.js';
import type { Surroundings } from './commands/surroundings.js';
import { InputError } from './errors.js';
import { shownOn } from './terminal/shown-on.js';
import { engineVersion } from './version.js';

/** 130 is the shell's own status for a process stopped by SIGINT. */
const INTERRUPTED = 130;

/** Does what the command line says and returns the exit status. */
async function main(args: readonly string[], around: Surroundings): Promise<number> {
  const [command, ...rest] = args;
  if (rest.includes('--help') || rest.includes('-h')) return printed(helpOf(command), around);
  // Commands are loaded when called: each brings packages that the others do without.
  if (command === 'run') return (await import('./commands/run.js')).runCommand(rest, around);
  if (command === 'sweep') return (await import('./commands/sweep.js')).sweepCommand(rest, around);
  if (command === 'merge') return (await import('./commands/merge.js')).mergeCommand(rest, around);
  if (command === 'worker') return (await import('./commands/worker.js')).workerCommand(rest, around);
  if (command === 'status') return (await import('./commands/status.js')).statusCommand(rest, around);
  if (command === 'check') return (await import('./commands/check.js')).checkCommand(rest, around);
  if (command === 'explain') return (await import('./commands/explain.js')).explainCommand(rest, around);
  if (command === 'throughput') return (await import('./commands/throughput.js')).throughputCommand(rest, around);
  if (command === 'catalogue') return (await import('./commands/catalogue.js')).catalogueCommand(rest, around);
  if (command === 'init') return (await import('./commands/init.js')).initCommand(rest, around);
  if (command === 'analyze') return (await import('./commands/analyze.js')).analyzeCommand(rest, around);
  if (command === 'compare') return (await import('./commands/compare.js')).compareCommand(rest, around);
  if (command === 'levers') return (await import('./commands/levers.js')).leversCommand(rest, around);
  if (command === 'trend') return (await import('./commands/trend.js')).trendCommand(rest, around);
  if (command === 'validate') return (await import('./commands/validate.js')).validateCommand(rest, around);
  if (command === 'calibrate') return (await import('./commands/calibrate.js')).calibrateCommand(rest, around);
  if (command === 'annotate') return (await import('./commands/annotate.js')).annotateCommand(rest, around);
  if (command === 'report') return (await import('./commands/report.js')).reportCommand(rest, around);
  if (command === 'convert') return (await import('./commands/convert.js')).convertCommand(rest, around);
  if (command === 'query') return (await import('./commands/query.js')).queryCommand(rest, around);
  if (command === 'explore') return (await import('./commands/explore.js')).exploreCommand(rest, around);
  if (command === 'schema') return (await import('./commands/schema.js')).schemaCommand(around);
  if (command === 'clean') return (await import('./commands/clean.js')).cleanCommand(rest, around);
  if (command === '--version' || command === '-v') return printed(`${engineVersion()}\n`, around);
  if (command === '--help' || command === '-h' || command === undefined) return printed(HELP, around);
  const message = `unknown command ${command}; commands are run, sweep, merge, worker, status, check, explain, throughput, catalogue, init, analyze, compare, levers, trend, validate, calibrate, annotate, report, convert, query, explore, schema and clean, see tokenjoule --help`;
  throw new InputError([{ file: 'tokenjoule', key: '', message }]);
}

function printed(text: string, { stdout }: Surroundings): number {
  stdout.write(text);
  return DONE;
}

/**
 * Says once that a stream lost something, and that the status cannot be 0. A reader that has seen enough (`| head`) has lost
 * nothing; neither of them ends a run: its tables are still wanted.
 */
function lose({ code, message }: NodeJS.ErrnoException): void {
  if (code === 'EPIPE' || lost) return;
  lost = true;
  process.exitCode ||= FAILED;
  const what = code === 'ENOSPC' ? 'its disk is full' : message;
  const text = `standard output cannot be written (${what}); what was to be printed is lost, the tables are not`;
  streamOf('stderr').write(`${text}\n`);
}

function told(error: unknown): string {
  const text = interrupt.signal.aborted ? 'interrupted; nothing half-written was left' : errorText(error, process.env);
  return `${text}\n`;
}

/** Tells orders to the terminal from all text that comes from elsewhere, which cannot know it. */
const MARK = `[${Math.random().toString(36).slice(2)}]`;

/** One of the process's streams. Node makes it when it is first asked for, which takes milliseconds. */
function streamOf(name: 'stdout' | 'stderr') {
  const stream = process[name];
  const watched = stream.listeners('error').includes(lose) ? stream : stream.on('error', lose);
  return shownOn(watched, MARK);
}

let lost = false;
const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort());
process.once('SIGTERM', () => interrupt.abort());
// What a package throws where nobody waits for it: Node would print a line of the bundle, which is long.
process.on('uncaughtException', (error) => {
  if (!process.exitCode) streamOf('stderr').write(told(error));
  process.exit(process.exitCode || FAILED);
});
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
    streamOf('stderr').write(told(error));
    return interrupt.signal.aborted ? INTERRUPTED : statusOf(error);
  })
  .then((status) => {
    process.exitCode = status === DONE && lost ? FAILED : status;
    // What was interrupted is done: nothing that a package still waits for, a server that has died, keeps the process.
    if (interrupt.signal.aborted) process.exit();
  });

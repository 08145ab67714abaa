#!/usr/bin/env node
import { HELP } from './commands/help.js';
import type { Surroundings } from './commands/surroundings.js';
import { InputError, RunError } from './errors.js';
import { engineVersion } from './version.js';

/** Exit statuses, named in the help text. 130 is the shell's own for a process stopped by SIGINT. */
const FAILED = 1;
const BAD_INPUT = 2;
const INTERRUPTED = 130;

async function main(args: readonly string[], around: Surroundings): Promise<void> {
  const [command, ...rest] = args;
  if (rest.includes('--help') || rest.includes('-h')) return void around.stdout.write(HELP);
  // Commands are loaded when called: each brings packages that the others do without.
  if (command === 'run') return (await import('./commands/run.js')).runCommand(rest, around);
  if (command === 'check') return (await import('./commands/check.js')).checkCommand(rest, around);
  if (command === 'report') return (await import('./commands/report.js')).reportCommand(rest, around);
  if (command === 'convert') return (await import('./commands/convert.js')).convertCommand(rest, around);
  if (command === 'query') return (await import('./commands/query.js')).queryCommand(rest, around);
  if (command === 'explore') return (await import('./commands/explore.js')).exploreCommand(rest, around);
  if (command === 'schema') return (await import('./commands/schema.js')).schemaCommand(around);
  if (command === '--version' || command === '-v') return void around.stdout.write(`${engineVersion()}\n`);
  if (command === '--help' || command === '-h' || command === undefined) return void around.stdout.write(HELP);
  const message = `unknown command ${command}; commands are run, check, report, convert, query, explore and schema, see tokenjoule --help`;
  throw new InputError([{ file: 'tokenjoule', key: '', message }]);
}

function exitStatus(error: unknown, signal: AbortSignal): number {
  if (signal.aborted) return INTERRUPTED;
  return error instanceof InputError ? BAD_INPUT : FAILED;
}

function errorText(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'interrupted; nothing half-written was left';
  if (error instanceof InputError || error instanceof RunError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort());
process.once('SIGTERM', () => interrupt.abort());
try {
  await main(process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
    signal: interrupt.signal,
    now: () => new Date(),
    seconds: () => performance.now() / 1000,
  });
} catch (error) {
  process.stderr.write(`${errorText(error, interrupt.signal)}\n`);
  process.exitCode = exitStatus(error, interrupt.signal);
}

import { InputError, RunError } from '../errors.js';

/** Environment variable that asks for the stack of an error that tokenjoule did not foresee. */
const DEBUG = 'TOKENJOULE_DEBUG';

/** What the system refuses, and what to do. */
const REFUSALS: Readonly<Record<string, string>> = {
  EMFILE: 'this process may open no more files; raise the limit (ulimit -n)',
  ENFILE: 'the system can open no more files; close some, or raise its limit',
  ENOSPC: 'the disk is full; make room',
  EDQUOT: 'the quota of the disk is used up; make room',
  ENOMEM: 'the system gives no more memory; close something, or take fewer --workers',
  EACCES: 'this user may not do that; look at the permissions',
};

/** An error in one line for whoever called the command: what, where, what next. */
export function errorText(error: unknown, environment: Readonly<Record<string, string | undefined>>): string {
  if (isOfCwd(error)) return 'the working folder does not exist any more; change into one that does (cd)';
  if (error instanceof InputError || error instanceof RunError) return error.message;
  if (!(error instanceof Error)) return unforeseen(String(error));
  if (environment[DEBUG]) return error.stack ?? error.message;
  return systemText(error) ?? unforeseen(`${error.name}: ${error.message}`);
}

/** Threads hand on messages alone, as a cause. */
function isOfCwd(error: unknown): boolean {
  return error instanceof Error && (error.message.includes('uv_cwd') || isOfCwd(error.cause));
}

/** An error of the operating system: those carry a code, and the file or the call. */
function systemText(error: NodeJS.ErrnoException): string | undefined {
  const { code = '', path, syscall } = error;
  if (syscall === undefined && REFUSALS[code] === undefined) return undefined;
  const place = path ?? syscall;
  const what = REFUSALS[code] ?? firstLine(error.message);
  return place === undefined ? what : `${place}: ${what}`;
}

function unforeseen(what: string): string {
  const next = `that is a fault of tokenjoule; ${DEBUG}=1 shows where, for a report`;
  return `unforeseen error (${firstLine(what)}): ${next}`;
}

function firstLine(text: string): string {
  return text.split('\n')[0];
}

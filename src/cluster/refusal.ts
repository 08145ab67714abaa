import { RunError } from '../errors.js';

/** Whether Redis has answered, and said no. */
function isRefusal(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ReplyError';
}

/** What Redis refuses, as a sentence; undefined for errors of other kinds. Redis's own first word alone: the rest may repeat what was sent. */
export function refusalText(error: unknown): string | undefined {
  if (!isRefusal(error)) return undefined;
  const code = error.message.split(' ')[0];
  const remedy =
    code === 'WRONGTYPE'
      ? 'a key that begins with tokenjoule: holds what tokenjoule has not written; delete it, or take another database, such as redis://host:6379/1'
      : 'see its log, or INFO in redis-cli';
  return `refused by Redis, ${code}: ${remedy}`;
}

/** The error to report: one that says what to do where Redis has refused, any other unchanged. */
export function unlessRefused(error: unknown): unknown {
  const text = refusalText(error);
  return text === undefined ? error : new RunError(text);
}

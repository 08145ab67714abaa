import type { WriteOptions } from './output-folder.js';

/** What `--name` may be: a part of a file's name on every system. */
export const RESULT_NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,59}$/;

/** Which of several results of one kind in a folder it is, and who hears what becomes of earlier ones. */
export interface NamedResult {
  /** Part of its files' names; a result without one is the newest, and takes the place of one that is then kept by its content. */
  readonly name?: string;
  /** Takes sentences for the user. */
  readonly tell?: (sentence: string) => void;
}

/** The file name, without its ending, of one kind's result: `sweep`, or `sweep-NAME`. */
export function baseOf(kind: string, name: string | undefined): string {
  return name === undefined ? kind : `${kind}-${name}`;
}

/** What becomes of earlier results under these base names. */
export function earlierOptions(bases: readonly string[], { name, tell }: NamedResult): WriteOptions {
  return { ...(name === undefined ? { keep: bases } : { replace: bases }), tell };
}

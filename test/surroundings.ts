import type { Surroundings } from '../src/commands/surroundings.js';

/** The built entry of a worker thread. */
export const THREAD_ENTRY = new URL('../dist/threads/thread.cjs', import.meta.url);

/** A command's surroundings that keep what it writes. */
export function recording(): Surroundings & { readonly written: string[] } {
  const written: string[] = [];
  return {
    written,
    stdout: { write: (text: string) => written.push(text) },
    stderr: { write: () => true },
    environment: {},
    signal: new AbortController().signal,
    threadEntry: THREAD_ENTRY,
    now: () => new Date(0),
    seconds: () => 0,
  };
}

import type { Surroundings } from '../src/commands/surroundings.js';

/** A command's surroundings that keep what it writes. */
export function recording(): Surroundings & { readonly written: string[] } {
  const written: string[] = [];
  return {
    written,
    stdout: { write: (text: string) => written.push(text) },
    stderr: { write: () => true },
    signal: new AbortController().signal,
    now: () => new Date(0),
    seconds: () => 0,
  };
}

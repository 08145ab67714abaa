import { parseArguments, usageError, wholeNumber } from './arguments.js';
import { DONE } from './exit-status.js';
import { EXPLORE_FLAGS } from './flags.js';
import type { Surroundings } from './surroundings.js';

/** Ports are numbers of 16 bits. */
const MOST_PORT = 65_535;

/** `tokenjoule explore`: serves the explorer on this machine alone, until interrupted. */
export async function exploreCommand(args: readonly string[], { stdout, signal }: Surroundings): Promise<number> {
  const { values, positionals } = parseArguments('explore', args, EXPLORE_FLAGS);
  if (positionals.length > 0) throw usageError('explore', `takes no files; found ${positionals[0]}`);
  const port = wholeNumber('explore', '--port', values.port, 0, MOST_PORT);
  const { serveFolder } = await import('./serve-folder.js');
  const server = await serveFolder(new URL('../explorer/', import.meta.url), port);
  stdout.write(`${server.url}\nCtrl-C ends it\n`);
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  await server.close();
  return DONE;
}

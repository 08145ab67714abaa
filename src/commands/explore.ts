import { readFile, writeFile } from 'node:fs/promises';
import { InputError } from '../errors.js';
import { DATA_ELEMENT } from '../explorer/opened.js';
import { allOrProblems } from './all-or-problems.js';
import { parseArguments, usageError, wholeNumber } from './arguments.js';
import { DONE } from './exit-status.js';
import { EXPLORE_FLAGS } from './flags.js';
import type { Surroundings } from './surroundings.js';

/** Ports are numbers of 16 bits. */
const MOST_PORT = 65_535;

/** Bytes of a page beyond which browsers take seconds to open it. */
const MOST_BYTES = 64 * 2 ** 20;

/**
 * `tokenjoule explore [FILE…]`: the what-if page, of the scenarios that ship or of scenario files and folders of runs. Serves it on this
 * machine alone, until interrupted, or writes it to a file that opens by a double click.
 */
export async function exploreCommand(args: readonly string[], { stdout, signal }: Surroundings): Promise<number> {
  const { values, positionals } = parseArguments('explore', args, EXPLORE_FLAGS);
  const port = wholeNumber('explore', '--port', values.port, 0, MOST_PORT);
  if (values.out === '') throw usageError('explore', '--out takes a file; found ""');
  const page = await pageOf(positionals);
  if (values.out !== undefined) {
    await write(values.out, page);
    stdout.write(`${values.out}\n`);
    return DONE;
  }
  const { servePage } = await import('./serve-page.js');
  const server = await servePage(page, port);
  stdout.write(`${server.url}\nCtrl-C ends it\n`);
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  await server.close();
  return DONE;
}

/** The built page, with the named scenarios in place of those that ship; two or more are shown side by side. */
async function pageOf(paths: readonly string[]): Promise<string> {
  const built = await readFile(new URL('../explorer.html', import.meta.url), 'utf8');
  if (paths.length === 0) return built;
  const { openForPage, pageTextOf } = await import('./open-for-page.js');
  const opened = await allOrProblems(paths.map((path) => openForPage(path)));
  const from = built.indexOf(DATA_ELEMENT) + DATA_ELEMENT.length;
  const to = built.indexOf('</script>', from);
  const page = `${built.slice(0, from)}${pageTextOf(opened, paths.length > 1)}${built.slice(to)}`;
  if (page.length > MOST_BYTES) {
    const megabytes = Math.round(page.length / 2 ** 20);
    const message = `makes a page of ${megabytes} MB, and browsers open some ${MOST_BYTES / 2 ** 20}; name a trace with fewer rows`;
    throw new InputError([{ file: paths[0], key: '', message }]);
  }
  return page;
}

async function write(file: string, page: string): Promise<void> {
  await writeFile(file, page).catch(({ message }: Error) => {
    throw new InputError([{ file, key: '', message: `cannot be written (${message}); name another file with --out` }]);
  });
}

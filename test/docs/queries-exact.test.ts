// Every command of the pages on queries and on integration, run by the built command line in a folder with the shipped scenarios.
// Whether their prose is true no test sees.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { needs } from '../needs.js';

const run = promisify(execFile);

describe('commands of a page', { timeout: 300_000, ...needs('bash') }, () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tokenjoule-pages-'));
    await cp('scenarios', join(folder, 'scenarios'), { recursive: true });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const commandsOf = async (page: string) =>
    [...(await readFile(`docs/${page}.md`, 'utf8')).matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block]) =>
      block.trim().split('\n'),
    );
  /** Few samples where a run draws, for what counts here is that it runs. */
  const quickly = (line: string) =>
    line.replace(/^tokenjoule/, `node "${resolve('dist/cli.cjs')}"`).replace(/ run (\S+)/, ' run $1 -n 4096');

  test.each([
    ['queries', 4],
    ['exact', 4],
  ] as const)('%s run, all %d of them, and say something', needs('minutes'), async (page, count) => {
    const commands = await commandsOf(page);
    expect(commands).toHaveLength(count);
    for (const command of commands) {
      const { stdout } = await run('bash', ['-ec', quickly(command)], { cwd: folder });
      expect({ command, lines: stdout.split('\n').length > 1 }).toEqual({ command, lines: true });
    }
  });
});

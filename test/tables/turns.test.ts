// One process at a time in a folder: real processes, some of them killed in their turn. Cannot see two machines on one disk; a claim
// of another machine is a file with its name.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lifeOf, ownerText, thisProcess } from '../../src/tables/owner.js';
import { inTurn } from '../../src/tables/turns.js';
import { needs } from '../needs.js';

const BUILT = fileURLToPath(new URL('../../dist/tables/turns.js', import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tables-turns-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A process that takes so many turns: in each it reads a number, waits, and writes the next one. */
function counting(turns: number): ChildProcess {
  const program = `
    import { readFileSync, writeFileSync } from 'node:fs';
    import { setTimeout } from 'node:timers/promises';
    import { inTurn } from ${JSON.stringify(BUILT)};
    const file = ${JSON.stringify(join(folder, 'count'))};
    for (let i = 0; i < ${turns}; i++) await inTurn(${JSON.stringify(folder)}, {}, async () => {
      const count = Number(readFileSync(file, 'utf8'));
      await setTimeout(3);
      writeFileSync(file, String(count + 1));
    });`;
  return spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'inherit' });
}

test('five processes that each count to twelve come to sixty, and leave nothing behind', needs('minutes'), async () => {
  await writeFile(join(folder, 'count'), '0');
  const ended = Array.from({ length: 5 }, () => once(counting(12), 'close'));
  expect((await Promise.all(ended)).map(([status]) => status)).toEqual([0, 0, 0, 0, 0]);
  expect(await readFile(join(folder, 'count'), 'utf8')).toBe('60');
  expect(await readdir(folder)).toEqual(['count']);
});

test('turns within one process follow each other, too', async () => {
  let inside = 0;
  const act = async () => {
    expect(++inside).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 2));
    inside--;
  };
  await Promise.all(Array.from({ length: 8 }, () => inTurn(folder, {}, act)));
  expect(await readdir(folder)).toEqual([]);
});

test('who is killed in its turn holds up nobody, and what it left is removed', async () => {
  const program = `
    import { inTurn } from ${JSON.stringify(BUILT)};
    await inTurn(${JSON.stringify(folder)}, {}, () => new Promise(() => {
      console.log('inside');
      setInterval(() => {}, 1000);
    }));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program]);
  await once(child.stdout, 'data');
  const waiting = inTurn(folder, {}, async () => 'done');
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await readdir(folder)).toHaveLength(2);
  child.kill('SIGKILL');
  expect(await waiting).toBe('done');
  expect(await readdir(folder)).toEqual([]);
});

const RANDOM = 'a'.repeat(12);
const claim = (number: number, owner: string) =>
  writeFile(join(folder, `.tokenjoule-turn-${`${number}`.padStart(9, '0')}-${owner}-${RANDOM}`), '');

test('a number that the system has given to another process since is not taken for its first owner', async () => {
  const self = thisProcess();
  const earlier = { ...self, start: `${Number(self.start) - 1}` };
  expect([lifeOf(self, self), lifeOf(earlier, self)]).toEqual(['running', 'gone']);
  expect(lifeOf({ ...self, boot: 'ffffffff' }, self)).toBe('gone');
  expect(lifeOf({ ...self, pid: 4_194_305 }, self)).toBe('gone');
  expect(lifeOf({ ...self, host: 'ffffffff' }, self)).toBe('unknown');
  await claim(1, ownerText(earlier));
  expect(await inTurn(folder, {}, async () => 'done')).toBe('done');
  expect(await readdir(folder)).toEqual([]);
});

test('another machine that shows that it lives is waited for, until the signal', async () => {
  await claim(1, ownerText({ ...thisProcess(), host: 'ffffffff' }));
  const stop = new AbortController();
  let entered = false;
  const act = async () => {
    entered = true;
  };
  const waiting = inTurn(folder, { signal: stop.signal }, act);
  setTimeout(() => stop.abort(new Error('Ctrl-C')), 300);
  await expect(waiting).rejects.toThrow('Ctrl-C');
  expect(entered).toBe(false);
  expect(await readdir(folder)).toHaveLength(1);
});

test('who waits long is told for whom', needs('minutes'), async () => {
  const told: string[] = [];
  let leave = () => {};
  let enter = () => {};
  const inside = new Promise<void>((resolve) => {
    enter = resolve;
  });
  const first = inTurn(folder, {}, () => {
    enter();
    return new Promise<void>((resolve) => {
      leave = resolve;
    });
  });
  await inside;
  const second = inTurn(folder, { tell: (sentence) => told.push(sentence) }, async () => 'done');
  await expect
    .poll(() => told, { timeout: 20_000 })
    .toEqual([`waits for process ${process.pid}, which puts its results into ${folder}`]);
  leave();
  expect(await Promise.all([first, second])).toEqual([undefined, 'done']);
});

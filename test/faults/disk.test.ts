// Whole runs onto a disk that is full, a file system that is read-only, and a folder of somebody else's: real ones, so the tests
// need the right to mount, or to be another user, and say so where they have none. Cannot see a disk that fails under way.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type TestContext, test, vi } from 'vitest';
import { CLI, SCENARIOS } from '../command-line.js';
import { inTemporaryFolder } from '../folders.js';
import { needs } from '../needs.js';

vi.setConfig({ testTimeout: 120_000 });

const NOBODY = 65_534;
const mount = (...args: string[]) => execFileSync('mount', args, { stdio: 'ignore' });

const PAPER = join(SCENARIOS, 'oviedo-2025.yaml');

/** Runs the paper's scenario into a folder. */
async function run(out: string, user?: number) {
  return command(['run', PAPER, '-n', '200001', '-q', '-j', '1', '-o', out], user);
}

async function command(words: readonly string[], user?: number) {
  const args = [CLI, ...words];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
  let stderr = '';
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const [status] = await once(child, 'close');
  return { status, stderr };
}

async function mayBeNobody(): Promise<boolean> {
  if (process.getuid?.() !== 0) return false;
  const child = spawn(process.execPath, [CLI, '--version'], { uid: NOBODY, gid: NOBODY, stdio: 'ignore' });
  return (await once(child, 'close'))[0] === 0;
}

/** A file system of its own for as long as `use` takes. */
async function onDisk(folder: string, options: string, context: TestContext, use: (disk: string) => Promise<void>) {
  const disk = join(folder, 'disk');
  await mkdir(disk);
  try {
    mount('-t', 'tmpfs', '-o', options, 'tmpfs', disk);
  } catch {
    context.skip('needs the right to mount a tmpfs');
  }
  try {
    await use(disk);
  } finally {
    execFileSync('umount', [disk]);
  }
}

const tables = async (out: string) => {
  const folder = join(out, 'oviedo-2025');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.arrow')).sort();
  return Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'base64')]));
};

test('a run whose disk is full says so and leaves nothing; with room made, it gives the tables of any other run', (context) =>
  inTemporaryFolder((folder) =>
    onDisk(folder, 'size=600k', context, async (disk) => {
      const { status, stderr } = await run(disk);
      expect([status, stderr]).toEqual([
        1,
        `${PAPER}: ${disk}/oviedo-2025: is on a disk that is full; make room, or choose another folder with --out\n`,
      ]);
      expect((await readdir(disk, { recursive: true })).filter((name) => name.includes('.'))).toEqual([]);
      mount('-o', 'remount,size=64m', disk);
      expect(await run(disk)).toEqual({ status: 0, stderr: '' });
      expect(await run(join(folder, 'other'))).toEqual({ status: 0, stderr: '' });
      const found = await tables(disk);
      expect(found).toHaveLength(5);
      expect(found).toEqual(await tables(join(folder, 'other')));
    }),
  ));

test('a read-only file system is refused before anything is drawn', (context) =>
  inTemporaryFolder((folder) =>
    onDisk(folder, 'ro', context, async (disk) => {
      const message = `${disk}/oviedo-2025: is on a read-only file system; choose another folder with --out\n`;
      expect(await run(disk)).toEqual({ status: 2, stderr: message });
    }),
  ));

test("a folder of somebody else's is refused before anything is drawn", needs('minutes'), (context) =>
  inTemporaryFolder(async (folder) => {
    if (!(await mayBeNobody()))
      context.skip('needs to be root, and a checkout that others may read, to be somebody else');
    await chmod(folder, 0o755);
    const message = `${folder}/oviedo-2025: may not be written by this user; choose another folder with --out\n`;
    expect(await run(folder, NOBODY)).toEqual({ status: 2, stderr: message });
    expect(await readdir(folder)).toEqual([]);
    await chmod(folder, 0o777);
    expect(await run(folder, NOBODY)).toEqual({ status: 0, stderr: '' });
  }),
);

test('a sweep whose disk is full while it keeps its cells ends with 1, and leaves no unfinished cell', (context) =>
  inTemporaryFolder((folder) =>
    onDisk(folder, 'size=64k', context, async (disk) => {
      const args = ['sweep', PAPER, '-n', '2000', '-q', '-j', '0', '-o', disk, '--over', 'pue=linear:1.05:1.6:12'];
      const { status, stderr } = await command(args);
      const full = 'is on a disk that is full; make room, or choose another folder with --out';
      expect([status, stderr]).toEqual([1, `${PAPER}: ${disk}/.cells: ${full}\n`]);
      const left = await readdir(disk, { recursive: true });
      expect(left.filter((name) => /tmp|tokenjoule|arrow/.test(name))).toEqual([]);
      mount('-o', 'remount,size=64m', disk);
      expect(await command(args)).toEqual({ status: 0, stderr: '' });
    }),
  ));

// The README's commands, run as written. `npm ci && npm start` is run without the install and with fewer samples: a fresh
// clone is what CI starts from. What it cannot see: whether its picture is today's report.
import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { SCENARIOS, tokenjouleQuickly } from './command-line.js';
import { inTemporaryFolder } from './folders.js';
import { needs, tries } from './needs.js';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const README = await readFile(join(ROOT, 'README.md'), 'utf8');

function blocks(language: string): string[] {
  return [...README.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(([, text]) => text);
}

describe('the README', () => {
  it('is read at one sitting', () => {
    expect(README.trimEnd().split('\n').length).toBeLessThanOrEqual(120);
  });

  it('has the whole map of src', async () => {
    const map = blocks('text').find((block) => block.startsWith('src/\n')) ?? '';
    const rooms = (await readdir(join(ROOT, 'src'), { withFileTypes: true })).map(
      (one) => one.name + (one.isDirectory() ? '/' : ''),
    );
    expect(rooms.filter((name) => !map.includes(name))).toEqual([]);
  });

  it('opens with the two commands that install, build and run the paper', async () => {
    expect(blocks('sh')[0]).toBe('npm ci && npm start\n');
    const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    const [build, ...start] = scripts.start.split(' && ');
    expect(build).toBe('npm run --silent build');
    await inTemporaryFolder(async (out) => {
      const [node, ...args] = start.join(' && ').split(' ');
      expect(node).toBe('node');
      const { stdout } = await run(process.execPath, [...args, '--samples', '20000', '--out', out], { cwd: ROOT });
      expect(stdout).toMatch(/^oviedo-2025: /);
      expect(stdout).toContain('\noviedo-2026: ');
    });
  });

  // In one folder, one after the other: later commands look at what earlier ones wrote.
  it('has commands that work', { timeout: 300_000, ...needs('minutes') }, () =>
    inTemporaryFolder(async (cwd) => {
      const lines = blocks('sh')
        .slice(1)
        .flatMap((block) => block.trim().split('\n'));
      expect(lines.length).toBeGreaterThan(5);
      const most = tries(2000, Number.POSITIVE_INFINITY);
      for (const written of lines) {
        const line = written.replace(/--samples (\d+)/, (_, n) => `--samples ${Math.min(Number(n), most)}`);
        // Words as a shell has them: quoted ones stay together.
        const [npx, name, ...args] = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
        expect([npx, name]).toEqual(['npx', 'tokenjoule']);
        const placed = args.map((arg) => arg.replace(/^scenarios\//, SCENARIOS));
        const { status, stderr } = await tokenjouleQuickly(placed, { cwd });
        expect({ line, status, stderr }).toEqual({ line, status: 0, stderr: '' });
      }
    }),
  );

  it('names files that exist', async () => {
    const links = [...README.matchAll(/\]\(((?:src|scenarios|docs)\/[^)]+|CITATION\.cff|SECURITY\.md)\)/g)].map(
      ([, path]) => path,
    );
    expect(links.length).toBeGreaterThan(10);
    await Promise.all(links.map((path) => readFile(join(ROOT, path))));
  });

  it('has a scenario of one’s own that runs', () =>
    inTemporaryFolder(async (cwd) => {
      await writeFile(join(cwd, 'mine.yaml'), blocks('yaml')[0]);
      const { status, stdout } = await tokenjouleQuickly(['run', 'mine.yaml', '--samples', '2000'], { cwd });
      expect(status).toBe(0);
      expect(stdout).toContain('my-model');
    }));

  it('shows messages that the command line prints', () =>
    inTemporaryFolder(async (cwd) => {
      const broken = blocks('yaml')[0].replace('\npue:', '\npua:').replace(': 1000\n', ': 6k\n');
      await writeFile(join(cwd, 'mine.yaml'), broken);
      const { status, stderr } = await tokenjouleQuickly(['check', 'mine.yaml'], { cwd });
      expect(status).toBe(2);
      expect(blocks('text')).toContain(stderr);
    }));
});

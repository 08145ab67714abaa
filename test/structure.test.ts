// The shape of the source tree: imports flow one way, nothing heavy is loaded early, the browser's part needs no Node, and tests
// stand where the code does.
// What it cannot see: imports made at run time under a computed name.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../src/', import.meta.url));
const TEST = fileURLToPath(new URL('./', import.meta.url));

interface Import {
  readonly from: string;
  readonly late: boolean;
  readonly typeOnly: boolean;
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => /\.c?ts$/.test(name));
const imports = new Map(files.map((file) => [file, importsOf(readFileSync(join(SRC, file), 'utf8'))]));

function importsOf(text: string): Import[] {
  const early = [...text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^'"]*?\sfrom\s+)?'([^']+)';?$/gm)].map(
    ([, type, from]) => ({ from, late: false, typeOnly: type !== undefined }),
  );
  const late = [...text.matchAll(/(?<!typeof )import\('([^']+)'\)/g)].map(([, from]) => ({
    from,
    late: true,
    typeOnly: false,
  }));
  return [...early, ...late];
}

/**
 * The rooms of src, each importing only rooms that stand below it. A file that lies loose in src is a face or belongs to the
 * ground.
 */
const ROOMS = [
  'faces',
  'commands',
  'terminal',
  'report',
  'explorer',
  'threads',
  'cluster',
  'shard',
  'run',
  'sweep',
  'usage',
  'levers',
  'comparison',
  'analysis',
  'worlds',
  'subjects',
  'expect',
  'validate',
  'simulate',
  'state',
  'workers',
  'engine',
  'counting',
  'kernel',
  'result',
  'query',
  'formats',
  'tables',
  'plan',
  'scenario',
  'model',
  'sensitivity',
  'sketch',
  'blocks',
  'random',
  'distributions',
  'ground',
];
const FACES = ['browser.ts', 'cli.ts', 'if-plugin.ts', 'index.ts'];
const GROUND = ['errors.ts', 'format.ts', 'printable.ts', 'regular-file.ts', 'version.ts', 'words.ts'];

/** The room of a file; of a file that lies loose in src and should not, its own name. */
function roomOf(file: string): string {
  if (FACES.includes(file)) return 'faces';
  return GROUND.includes(file) ? 'ground' : file.split('/')[0];
}

/** Files of ours that a file imports. */
function neighbours(file: string, wanted: (one: Import) => boolean): string[] {
  return (imports.get(file) ?? [])
    .filter((one) => one.from.startsWith('.') && wanted(one))
    .map(({ from }) => relative(SRC, resolve(SRC, dirname(file), from)).replace(/\.js$/, '.ts'));
}

function reachable(start: string, wanted: (one: Import) => boolean): Set<string> {
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const next of neighbours(file, wanted)) visit(next);
  };
  visit(start);
  return seen;
}

const executed = ({ typeOnly }: Import) => !typeOnly;
const atOnce = ({ typeOnly, late }: Import) => !typeOnly && !late;

describe('imports', () => {
  it('are found at all: over 200 of them, in over 80 files', () => {
    expect(files.length).toBeGreaterThan(80);
    expect([...imports.values()].flat().length).toBeGreaterThan(200);
  });

  it('form no cycle', () => {
    const cyclic = files.filter((file) =>
      neighbours(file, executed).some((next) => reachable(next, executed).has(file)),
    );
    expect(cyclic).toEqual([]);
  });

  it('load no package before a command needs it', () => {
    const packages = [...reachable('cli.ts', atOnce)].flatMap((file) =>
      (imports.get(file) ?? []).filter((one) => atOnce(one) && !one.from.startsWith('.')).map(({ from }) => from),
    );
    expect([...new Set(packages)].filter((name) => !name.startsWith('node:'))).toEqual([]);
  });

  it('of the browser’s part reach nothing that needs Node, early or late', () => {
    const node = [...reachable('browser.ts', executed)].filter((file) =>
      (imports.get(file) ?? []).some((one) => executed(one) && /^(node:|piscina$)/.test(one.from)),
    );
    expect(node).toEqual([]);
  });
});

describe('rooms', () => {
  it('are those of the list', () => {
    const strange = files.filter((file) => !ROOMS.includes(roomOf(file)));
    expect(strange).toEqual([]);
  });

  it('import only rooms below them, types and late imports too', () => {
    const upward = files
      .filter((file) => !file.startsWith('kernel/assembly/'))
      .flatMap((file) =>
        neighbours(file, () => true)
          .filter((next) => ROOMS.indexOf(roomOf(next)) < ROOMS.indexOf(roomOf(file)))
          .map((next) => `${file} imports ${next}`),
      );
    expect(upward).toEqual([]);
  });
});

describe('files', () => {
  it('have no drawer for odds and ends', () => {
    expect(files.filter((file) => /(^|\/)(utils?|common|helpers?|misc)(\.ts|\/)/.test(file))).toEqual([]);
  });

  it('stay short enough to read at one sitting', () => {
    const long = files.filter((file) => readFileSync(join(SRC, file), 'utf8').split('\n').length > 300);
    expect(long).toEqual([]);
  });
});

/** Folders of tests that no one room has: what is damaged or fails around it, an oracle that shares no code with it, its documents. */
const OF_NO_ROOM = ['cases', 'docs', 'faults', 'hostile', 'oracle', 'pins'];

describe('tests', () => {
  const tests = readdirSync(TEST, { recursive: true, encoding: 'utf8' });

  it('stand in the folder of the room, or the part of a room, that they test', () => {
    const folders = new Set(tests.filter((name) => name.endsWith('.test.ts')).map((name) => dirname(name)));
    const parts = files.map((file) => dirname(file)).filter((name) => name.includes('/'));
    const strange = [...folders].filter((name) => ![...ROOMS, ...OF_NO_ROOM, ...parts, '.'].includes(name));
    expect(strange).toEqual([]);
  });

  it('have names in kebab case', () => {
    expect(tests.filter((name) => !/^[a-z0-9/.-]+$/.test(name))).toEqual([]);
  });
});

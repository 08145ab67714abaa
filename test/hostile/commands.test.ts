// Commands over damaged and misleading files: they end with a status or an InputError, in bounded time, and write nothing outside
// their output folder. Cannot see a file that is written elsewhere than below the temporary folder they are given.
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { compareCommand } from '../../src/commands/compare.js';
import { convertCommand } from '../../src/commands/convert.js';
import { mergeCommand } from '../../src/commands/merge.js';
import { queryCommand } from '../../src/commands/query.js';
import { reportCommand } from '../../src/commands/report.js';
import { runCommand } from '../../src/commands/run.js';
import { sweepCommand } from '../../src/commands/sweep.js';
import { readTable } from '../../src/tables/read.js';
import { TABLES } from '../../src/tables/schema.js';
import { encodeTable } from '../../src/tables/write.js';
import { tokenjouleQuickly } from '../command-line.js';
import { inTemporaryFolder } from '../folders.js';
import { needs, tries } from '../needs.js';
import { smallSource } from '../small-run.js';
import { recording } from '../surroundings.js';
import { damaged, listingOf, overwritten, readOrRefused, refusalOf, SEED } from './damage.js';

vi.setConfig({ testTimeout: 240_000 });

/** Many times what the slowest command takes over these files, on a busy machine. */
const MOST_MS = 20_000;
const NAMES = ['summary', 'histogram', 'throughput', 'fleet', 'inputs'] as const;
const SCENARIO = smallSource().text.replace('1100001', '2000');
const QUICK = ['-q', '-j', '0'];

/** A folder for one test: `good` results, their `parts`, an empty folder for scratch files, and `out` for all that is written. */
async function inWorkshop(use: (workshop: Awaited<ReturnType<typeof workshopIn>>) => Promise<void>): Promise<void> {
  await inTemporaryFolder(async (parent) => {
    const workshop = await workshopIn(parent);
    vi.stubEnv('TMPDIR', workshop.scratch);
    // Else Node keeps compiled code there.
    vi.stubEnv('NODE_DISABLE_COMPILE_CACHE', '1');
    const before = await listingOf(parent, workshop.out);
    try {
      await use(workshop);
    } finally {
      vi.unstubAllEnvs();
    }
    expect(await listingOf(parent, workshop.out)).toEqual(before);
  });
}

async function workshopIn(parent: string) {
  const [good, parts, scratch, out] = ['good', 'parts', 'scratch', 'out'].map((name) => join(parent, name));
  const file = join(parent, 'small.yaml');
  await Promise.all([mkdir(scratch), mkdir(out), writeFile(file, SCENARIO)]);
  expect(await runCommand([file, ...QUICK, '-o', good], recording())).toBe(0);
  for (const shard of ['1/2', '2/2']) {
    expect(await runCommand([file, ...QUICK, '--shard', shard, '-o', parts], recording())).toBe(0);
  }
  const run = join(out, 'run');
  const expecting = join(out, 'expecting.yaml');
  await writeFile(expecting, `${SCENARIO}expect: { energy.p50: { ratio_to: ${run}, within: [0.5, 2] } }\n`);
  return { good: join(good, 'small'), parts: join(parts, 'small', 'parts'), scratch, out, run, expecting };
}

async function within<T>(call: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  const outcome = await call();
  expect(performance.now() - begun).toBeLessThan(MOST_MS);
  return outcome;
}

/** What reads the results in `run`. */
const readers = (run: string, good: string, expecting: string, out: string): (() => Promise<number>)[] => [
  () => reportCommand([run, '-q'], recording()),
  () => compareCommand([run, good, '-q', '-o', join(out, 'compared')], recording()),
  () => convertCommand([run, '--to', 'parquet,csv', '-q', '-o', join(out, 'converted')], recording()),
  () => queryCommand(['select count(*) from summary', run], recording()),
  () => runCommand([expecting, ...QUICK, '-o', join(out, 'expecting')], recording()),
];

type Values = Readonly<Record<string, string | number | null>>;

/** Rows in which some values are those that no run writes, in a file that is whole. */
const misleading = (name: (typeof NAMES)[number], file: string) =>
  fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { minLength: 1, maxLength: 30 }).map((changes) => async () => {
    const { rows, columns, metadata } = await readTable(file);
    const changed = rows.map((row): Values => ({ ...row }));
    for (const [row, column, value] of changes) {
      const { name, type } = columns[column % columns.length];
      const values: readonly (string | number | null)[] = MISLEADING[type];
      if (changed.length > 0) Object.assign(changed[row % changed.length], { [name]: values[value % values.length] });
    }
    const table = TABLES.find((one) => one.name === name)!;
    return encodeTable(table, changed as unknown as Parameters<typeof encodeTable>[1], metadata);
  });

const MISLEADING = {
  text: ['', '../../escape', '/etc/passwd', '<script>', '__proto__', '\u0000', '=1+1', 'x'.repeat(5000), '"a",b\r\n'],
  float: [null, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1, 0, 1e308, -1e308, 5e-324],
  count: [0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
} as const;

test.each(NAMES.slice(0, tries(2, 5)))(
  'a damaged or misleading %s.arrow ends no command without a message',
  needs('minutes'),
  (name) =>
    inWorkshop(async ({ good, run, expecting, out }) => {
      const file = join(good, `${name}.arrow`);
      const whole = await readFile(file);
      const bytes = (some: fc.Arbitrary<Buffer>) => some.map((one) => async () => one as Uint8Array);
      const hostile = fc.oneof(bytes(overwritten(whole)), bytes(damaged(whole)), misleading(name, file));
      await fc.assert(
        fc.asyncProperty(hostile, async (make) => {
          await cp(good, run, { recursive: true });
          await writeFile(join(run, `${name}.arrow`), await make());
          for (const call of readers(run, good, expecting, out)) await within(() => readOrRefused(call()));
        }),
        { seed: SEED, numRuns: tries(2, 12) },
      );
    }),
);

test('a damaged part is refused by merge with its name, and no table is written', () =>
  inWorkshop(async ({ parts, out }) => {
    const [first] = (await readdir(parts)).sort();
    const whole = await readFile(join(parts, first));
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged(whole), overwritten(whole)), async (bytes) => {
        fc.pre(!bytes.equals(whole));
        const copy = join(out, 'parts');
        await cp(parts, copy, { recursive: true });
        await writeFile(join(copy, first), bytes);
        const merged = join(out, 'merged');
        const refusal = await within(() => refusalOf(mergeCommand([copy, ...QUICK, '-o', merged], recording())));
        expect(refusal).toContain(first);
        await expect(readdir(merged)).rejects.toThrow('ENOENT');
      }),
      { seed: SEED, numRuns: tries(8, 40) },
    );
  }));

const ESCAPES = ['../../escape', '..', '.', '/tmp/escape', 'a/b', 'a\\b', 'nul\\0', '~', ' ', 'CON', '-rf'];

test('a damaged scenario, or one with a name that leads elsewhere, writes below the output folder or nothing', () =>
  inWorkshop(async ({ out }) => {
    const file = join(out, 'damaged.yaml');
    const named = fc
      .constantFrom(...ESCAPES)
      .map((name) => Buffer.from(SCENARIO.replace('small', JSON.stringify(name))));
    const swept = Buffer.from(`${SCENARIO}sweep: { over: { pue: [1.1, 1.2] } }\n`);
    await fc.assert(
      fc.asyncProperty(fc.oneof(named, damaged(swept, 30), damaged(Buffer.from(SCENARIO), 30)), async (bytes) => {
        await writeFile(file, bytes);
        const args = [file, '-n', '100', ...QUICK, '-o', join(out, 'results')];
        for (const command of [runCommand, sweepCommand]) {
          const status = await within(() =>
            command(args, recording()).catch((error) => readOrRefused(Promise.reject(error))),
          );
          expect([0, 1, 2, 3, undefined]).toContain(status);
        }
      }),
      { seed: SEED, numRuns: tries(10, 60) },
    );
  }));

test('a damaged table makes each command exit with 2, and name the file', () =>
  inWorkshop(async ({ good, run, expecting, out }) => {
    await cp(good, run, { recursive: true });
    const file = join(run, 'summary.arrow');
    const bytes = await readFile(file);
    // The length of the footer: what it says is beyond the start of the file.
    bytes.writeInt32LE(0x7fffffff, bytes.length - 10);
    await writeFile(file, bytes);
    const commands = [
      ['report', run],
      ['query', 'select count(*) from summary', run],
      ['convert', run, '--to', 'csv'],
      ['compare', run, good, '-o', join(out, 'compared')],
      ['run', expecting, '-o', join(out, 'expecting')],
    ];
    for (const args of commands) {
      const { status, stdout, stderr } = await tokenjouleQuickly(args);
      expect([args[0], status, stdout]).toEqual([args[0], 2, '']);
      expect(stderr).toBe(`${file}: is damaged (its footer has 2147483647 bytes); copy it again or repeat the run\n`);
    }
    await rm(run, { recursive: true });
  }));

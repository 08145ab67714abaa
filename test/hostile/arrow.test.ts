// Arrow files that are damaged, or made to mislead: read, or refused with a message that names the file, in bounded time. Cannot
// see damage that makes another good file (a digit of a number): Arrow has no checksum. A hang would stop the whole test process.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { thinBins } from '../../src/report/thin-bins.js';
import type { Table } from '../../src/tables/columns.js';
import { readTable } from '../../src/tables/read.js';
import { FLEET, HISTOGRAM, INPUTS, SUMMARY, THROUGHPUT } from '../../src/tables/schema.js';
import { encodeTable } from '../../src/tables/write.js';
import { inTemporaryFolder } from '../folders.js';
import { needs, tries } from '../needs.js';
import { someRows } from '../tables/rows.js';
import { damaged, overwritten, refusalOf, SEED } from './damage.js';

vi.setConfig({ testTimeout: 120_000 });

/** Many times what a whole file of this size takes, on a busy machine. */
const MOST_MS = 2000;

async function readWithinTime(file: string, bytes: Uint8Array): Promise<void> {
  await writeFile(file, bytes);
  const begun = performance.now();
  const message = await refusalOf(readTable(file));
  expect(performance.now() - begun).toBeLessThan(MOST_MS);
  if (message !== undefined) expect(message.startsWith(`${file}: `)).toBe(true);
}

const tables: readonly Table[] = [SUMMARY, HISTOGRAM, THROUGHPUT, FLEET, INPUTS];

test.each(tables)(
  'the table $name with bits, lengths and places overwritten is read, or refused with its name',
  (table) =>
    inTemporaryFolder(async (folder) => {
      const whole = await encodeTable(table, someRows(table, 60), { seed: '1' });
      const metadata = whole.subarray(whole.length - 4000);
      const withTail = (tail: Uint8Array) => Buffer.concat([whole.subarray(0, whole.length - tail.length), tail]);
      const hostile = fc.oneof(overwritten(whole), overwritten(metadata).map(withTail), damaged(whole));
      await fc.assert(
        fc.asyncProperty(hostile, (bytes) => readWithinTime(join(folder, 'x.arrow'), bytes)),
        { seed: SEED, numRuns: tries(40, 150) },
      );
    }),
);

test('every field of a file in turn may be huge or negative', needs('minutes'), () =>
  inTemporaryFolder(async (folder) => {
    const file = join(folder, 'x.arrow');
    const whole = Buffer.from(await encodeTable(FLEET, someRows(FLEET, 3), {}));
    for (let at = 8; at + 8 <= whole.length - 6; at += tries(24, 4)) {
      for (const value of [0x7fffffff, -1]) {
        const bytes = Buffer.from(whole);
        bytes.writeInt32LE(value, at);
        await readWithinTime(file, bytes);
      }
      const bytes = Buffer.from(whole);
      bytes.writeBigInt64LE(2n ** 53n - 1n, at);
      await readWithinTime(file, bytes);
    }
  }),
);

test('a file cut anywhere is refused', () =>
  inTemporaryFolder(async (folder) => {
    const file = join(folder, 'x.arrow');
    const whole = await encodeTable(FLEET, someRows(FLEET, 3), {});
    for (let end = 0; end < whole.length; end += tries(35, 7)) {
      await writeFile(file, whole.subarray(0, end));
      await expect(readTable(file)).rejects.toThrow(/is not an Arrow IPC file|is cut short/);
      // With the end put back, it looks like a whole file.
      await readWithinTime(file, Buffer.concat([whole.subarray(0, end), whole.subarray(whole.length - 10)]));
    }
  }));

test('a message of another kind in the place of rows does not send the reader in circles', () =>
  inTemporaryFolder(async (folder) => {
    const whole = Buffer.from(await encodeTable(FLEET, someRows(FLEET, 3), {}));
    // The kind of a message: 3 for rows, 1 for a schema.
    const kinds = [...whole.keys()].filter((at) => whole[at] === 3);
    for (const at of kinds) {
      const bytes = Buffer.from(whole);
      bytes[at] = 1;
      await readWithinTime(join(folder, 'x.arrow'), bytes);
    }
    expect(kinds.length).toBeGreaterThan(0);
  }));

test('bins with edges that no histogram has are left out of the curve', () => {
  const edge = fc.oneof(fc.double(), fc.constantFrom(null, Number.NaN, Number.POSITIVE_INFINITY, 0, -1, 1e308));
  const bin = fc.record({ bin_low: edge, bin_high: edge, count: fc.nat() });
  fc.assert(
    fc.property(fc.array(bin, { maxLength: 20 }), (bins) => {
      const points = thinBins(bins as unknown as Parameters<typeof thinBins>[0]);
      expect(points.length).toBeLessThan(24 * 640);
    }),
    { seed: SEED },
  );
});

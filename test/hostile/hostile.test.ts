// Damaged scenarios, datasets and kept cells are read, or refused with a message. Cannot see Arrow files, a reader's memory, nor
// damage that a checksum was made anew for.
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { decodeCell, encodeCell } from '../../src/cells/cell-file.js';
import { InputError } from '../../src/errors.js';
import { parseDataset } from '../../src/scenario/dataset/parse-dataset.js';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import { smallSource } from '../small-run.js';

vi.setConfig({ testTimeout: 60_000 });

const SEED = 5;

/** Bytes with a stretch replaced by others. */
const damaged = (bytes: Uint8Array, longest = 12) =>
  fc
    .tuple(fc.nat(bytes.length), fc.nat(longest), fc.uint8Array({ maxLength: longest }))
    .map(([at, cut, put]) => Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)]));

/** Fails unless the promise is kept, or broken with an InputError that says something. */
async function readOrRefused(reading: Promise<unknown>): Promise<void> {
  const error = await reading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error === undefined) return;
  if (!(error instanceof InputError)) throw error;
  expect(error.message).not.toBe('');
}

test('a scenario damaged anywhere is read, or refused with a message', async () => {
  const noDataset = async (_: string, refuse: (message: string) => never) => refuse('none here');
  await fc.assert(
    fc.asyncProperty(damaged(Buffer.from(smallSource().text)), (bytes) =>
      readOrRefused(scenarioFromText(bytes.toString(), 's.yaml', noDataset)),
    ),
    { seed: SEED, numRuns: 150 },
  );
});

test('dataset bytes of any kind are read, or refused with a message', async () => {
  const whole = await readFile('scenarios/data/throughput-oviedo.csv', 'utf8');
  const some = Buffer.from(whole.split('\n').slice(0, 6).join('\n'));
  await fc.assert(
    fc.asyncProperty(fc.oneof(damaged(some), fc.uint8Array({ maxLength: 300 })), (bytes) =>
      readOrRefused(parseDataset('d.csv', { name: 'd.csv', bytes })),
    ),
    { seed: SEED, numRuns: 200 },
  );
});

test('a kept cell that is damaged counts as not kept', () => {
  const key = 'a'.repeat(64);
  const text = Buffer.from(encodeCell(key, []));
  fc.assert(
    fc.property(damaged(text), (bytes) => {
      const rows = decodeCell(key, bytes.toString(), 's');
      if (bytes.equals(text)) expect(rows).toEqual([]);
      else expect(rows).toBeUndefined();
    }),
    { seed: SEED, numRuns: 500 },
  );
});

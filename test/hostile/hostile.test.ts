// Damaged scenarios, datasets, kept cells and saved states are read, or refused with a message; saved states also where the
// checksum was made anew. Arrow files are in arrow.test.ts. Cannot see a reader's memory.

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { REFERENCE_ENGINE } from '../../src/engine/reference-engine.js';
import { planModels } from '../../src/plan/plan-models.js';
import { parseDataset } from '../../src/scenario/dataset/parse-dataset.js';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import { sweepFromText } from '../../src/scenario/sweep-from-text.js';
import { BytesError } from '../../src/sketch/byte-reader.js';
import { MAX_BINS } from '../../src/sketch/codec.js';
import { stateHeader } from '../../src/state/header.js';
import { decodeState, encodeState } from '../../src/state/state-bytes.js';
import { decodeCell, encodeCell } from '../../src/sweep/cells/cell-file.js';
import { SUMMARY } from '../../src/tables/schema.js';
import { callingThread } from '../../src/workers/calling-thread.js';
import { poolOn } from '../../src/workers/pool.js';
import { tries } from '../needs.js';
import { smallScenario, smallSource } from '../small-run.js';
import { damaged, overwritten, readOrRefused, SEED } from './damage.js';

vi.setConfig({ testTimeout: 120_000 });

const SHA256_BYTES = 32;

test('a scenario damaged anywhere is read, or refused with a message', async () => {
  const noDataset = async (_: string, refuse: (message: string) => never) => refuse('none here');
  await fc.assert(
    fc.asyncProperty(damaged(Buffer.from(smallSource().text)), (bytes) =>
      readOrRefused(scenarioFromText(bytes.toString(), 's.yaml', noDataset)),
    ),
    { seed: SEED, numRuns: tries(50, 150) },
  );
});

const shipped = (await readdir('scenarios')).filter((name) => name.endsWith('.yaml'));
const throughput = await readFile('scenarios/data/throughput-oviedo.csv');

test.each(shipped)('%s damaged anywhere is read, or refused with a message', async (name) => {
  const whole = await readFile(join('scenarios', name));
  const dataset = async () => ({ name: 'd.csv', bytes: throughput });
  const read = name.startsWith('sweep-') ? sweepFromText : scenarioFromText;
  await fc.assert(
    fc.asyncProperty(damaged(whole, 40), (bytes) => readOrRefused(read(bytes.toString(), name, dataset))),
    { seed: SEED, numRuns: tries(15, 60) },
  );
});

test.each(['throughput-oviedo.csv', 'published-estimates.csv'])(
  '%s damaged anywhere is read as a dataset, or refused with a message',
  async (name) => {
    const whole = await readFile(join('scenarios/data', name));
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged(whole, 40), overwritten(whole)), (bytes) =>
        readOrRefused(parseDataset('d.csv', { name: 'd.csv', bytes })),
      ),
      { seed: SEED, numRuns: tries(30, 100) },
    );
  },
);

test('dataset bytes of any kind are read, or refused with a message', async () => {
  const whole = await readFile('scenarios/data/throughput-oviedo.csv', 'utf8');
  const some = Buffer.from(whole.split('\n').slice(0, 6).join('\n'));
  await fc.assert(
    fc.asyncProperty(fc.oneof(damaged(some), fc.uint8Array({ maxLength: 300 })), (bytes) =>
      readOrRefused(parseDataset('d.csv', { name: 'd.csv', bytes })),
    ),
    { seed: SEED, numRuns: tries(50, 200) },
  );
});

test('a kept cell that is damaged counts as not kept', () => {
  const key = 'a'.repeat(64);
  const text = Buffer.from(encodeCell(SUMMARY, key, []));
  fc.assert(
    fc.property(damaged(text), (bytes) => {
      const rows = decodeCell(SUMMARY, key, bytes.toString(), 's');
      if (bytes.equals(text)) expect(rows).toEqual([]);
      else expect(rows).toBeUndefined();
    }),
    { seed: SEED, numRuns: 500 },
  );
});

test('a saved state that is damaged, its checksum made anew, is refused with a message or counts something', async () => {
  const plan = planModels(await smallScenario(['1100001', '2000']));
  const length = plan.counted.length;
  const counted = await poolOn(callingThread(REFERENCE_ENGINE)).run(plan, () => {}, new AbortController().signal);
  const state = encodeState({ run: {}, blocks: [] }, counted);
  const contents = state.subarray(0, state.length - SHA256_BYTES);
  const sealed = (bytes: Uint8Array) => Buffer.concat([bytes, createHash('sha256').update(bytes).digest()]);
  expect(decodeState(sealed(contents)).sketches(length).parts).toHaveLength(length);
  fc.assert(
    fc.property(fc.oneof(damaged(contents), overwritten(contents)), (bytes) => {
      try {
        const read = decodeState(sealed(bytes));
        const { parts } = read.sketches(length);
        const bins = parts.reduce((sum, { data }) => sum + data.counts.length, 0);
        expect(bins).toBeLessThanOrEqual(MAX_BINS);
        stateHeader(read.header);
      } catch (error) {
        if (!(error instanceof BytesError)) throw error;
        expect(error.message).not.toBe('');
      }
    }),
    { seed: SEED, numRuns: 500 },
  );
});

// analyze of the draws that a run kept, against the analysis of the scenario itself. What it cannot see: files larger than
// memory, which are not read.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyzeCommand } from '../../src/commands/analyze.js';
import { runCommand } from '../../src/commands/run.js';
import { readRowsOf, readTable } from '../../src/tables/read.js';
import { SENSITIVITY, type SensitivityRow } from '../../src/tables/studies.js';
import { needs, tries } from '../needs.js';
import { recording } from '../surroundings.js';

const SAMPLES = tries(4096, 20_000);

const SCENARIO = `
version: 1
name: kept
samples: ${SAMPLES}
models:
  Fitted: { tps: 900, node_power_kw: 10 }
  Drawn: { tps: { uniform: { min: 200, max: 900 } }, node_power_kw: { uniform: { min: 9, max: 12 } } }
regimes: { traditional: { output_tokens: { exponential: { median: 300 } } } }
input_tokens: { lognormal: { p5: 100, p95: 2000 } }
prefill_weight: 0.03
power_utilization: { coupled: { base: 0.24, span: 0.56 } }
pue: { lognormal: { p5: 1.05, p95: 1.6 } }
`;

let folder: string;
let samples: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'draws-'));
  const file = join(folder, 'kept.yaml');
  await writeFile(file, SCENARIO);
  await runCommand([file, '--keep-samples', '-q', '-j', '0', '-o', join(folder, 'run')], recording());
  samples = join(folder, 'run', 'kept', 'samples.arrow');
});
afterAll(() => rm(folder, { recursive: true }));

/** What a method says of the scenario and of the draws, computed once for several tests. */
const compared = new Map<string, Promise<readonly (readonly SensitivityRow[])[]>>();

function comparedBy(method: string): Promise<readonly (readonly SensitivityRow[])[]> {
  const rows = compared.get(method) ?? bothOf(['-m', method, '--target', 'P95', '--conf-level', '0.999']);
  compared.set(method, rows);
  return rows;
}

async function bothOf(options: readonly string[]) {
  // What a method says depends on how many draws it has: as many as are kept.
  const asMany = tries(0, 1) === 1 ? [] : ['-n', `${SAMPLES}`];
  return [await rowsOf(join(folder, 'kept.yaml'), ...options, ...asMany), await rowsOf(samples, ...options)];
}

async function rowsOf(file: string, ...args: string[]): Promise<readonly SensitivityRow[]> {
  await analyzeCommand([file, ...args, '-q', '-j', '0', '-o', join(folder, 'out')], recording());
  return readRowsOf(join(folder, 'out', 'kept', 'sensitivity.arrow'), SENSITIVITY);
}

const messageOf = (...args: string[]) =>
  analyzeCommand([...args, '-o', join(folder, 'out')], recording()).then(
    () => 'nothing was refused',
    (error: Error) => error.message.replaceAll(folder, '.'),
  );

const keyOf = ({ regime, subject, output, parameter }: SensitivityRow) => [regime, subject, output, parameter].join();

describe('the draws that a run kept', () => {
  it.each([
    ['regression', 'src', 'src_conf'],
    ['regression', 'srrc', 'srrc_conf'],
    ['pawn', 'median', 'median_conf'],
  ] as const)(
    'have the inputs and, within intervals, the numbers of the scenario itself: %s, %s',
    needs('minutes'),
    async (method, name, conf) => {
      const [rows, ofDraws] = await comparedBy(method);
      const ofScenario = new Map(rows.map((row) => [keyOf(row), row]));
      expect(ofDraws.map(keyOf).sort()).toEqual([...ofScenario.keys()].sort());
      for (const row of ofDraws) {
        const other = ofScenario.get(keyOf(row))!;
        expect(Math.abs(row[name]! - other[name]!), keyOf(row)).toBeLessThan(row[conf]! + other[conf]!);
        expect(row.method).toBe(method);
      }
    },
  );

  it('are analysed to a table that says where they came from', needs('minutes'), async () => {
    await rowsOf(samples, '-m', 'pawn');
    const { metadata } = await readTable(join(folder, 'out', 'kept', 'sensitivity.arrow'));
    const kept = (await readTable(samples)).metadata;
    for (const name of ['scenario', 'scenario_hash', 'seed', 'engine_version'])
      expect(metadata[`tokenjoule.${name}`]).toBe(kept[`tokenjoule.${name}`]);
  });

  it('cannot serve a method that draws points of its own', async () => {
    expect(await messageOf(samples)).toBe(
      "./run/kept/samples.arrow: sobol draws points of its own and cannot use a run's; take --method regression or pawn, " +
        'or name the scenario file',
    );
  });

  it('are taken as they are', async () => {
    expect(await messageOf(samples, '-m', 'pawn', '--seed', 'x')).toContain(
      '--seed, --samples and --set are for scenario files; results are as they were drawn',
    );
  });

  it('are not any other table', async () => {
    expect(await messageOf(join(folder, 'run', 'kept', 'summary.arrow'), '-m', 'pawn')).toBe(
      './run/kept/summary.arrow: holds the table summary; give the samples.arrow of a run with --keep-samples',
    );
  });
});

// Names: that every name of the tables that ship resolves, and what a bad table of aliases is told. What it cannot see: whether
// two names that are joined mean the same thing.
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type AliasKind, aliasesOf, aliasRows } from '../../../src/model/catalogue/aliases.js';
import { shippedAliases, shippedTable } from '../throughput/pool-tables.js';

const COLUMNS: Readonly<Record<string, AliasKind>> = {
  model: 'model',
  accelerator: 'accelerator',
  quantization: 'precision',
};

/** Tables whose names must be known; the last two once they ship. */
const TABLES = [
  'throughput-oviedo.csv',
  'throughput-tensorrt-llm.csv',
  'throughput-other.csv',
  'models.csv',
  'hardware.csv',
  'measured-energy.csv',
  'node-power.csv',
].filter((file) => existsSync(new URL(`../../../scenarios/data/${file}`, import.meta.url)));

const alias = (name: string, canonical_name: string, family = 'F') =>
  ({ name, canonical_name, family, kind: 'model' }) as const;

describe('the shipped aliases', () => {
  const aliases = shippedAliases();

  it.each(TABLES)('know every model, accelerator and precision of %s', (file) => {
    const names = shippedTable(file).flatMap((record) =>
      Object.entries(COLUMNS).flatMap(([column, kind]) => (record[column] ? [[kind, record[column]] as const] : [])),
    );
    expect(names.length).toBeGreaterThan(10);
    const unknown = new Set(names.filter(([kind, name]) => aliases.find(kind, name) === undefined).map(String));
    expect([...unknown]).toEqual([]);
  });

  it('give each canonical name itself, and one family', () => {
    for (const row of aliasRows(shippedTable('aliases.csv'))) {
      const canonical = aliases.find(row.kind, row.canonical_name);
      expect(canonical).toMatchObject({ canonical_name: row.canonical_name, family: row.family });
    }
  });

  it('lead to the rows of models.csv and hardware.csv under their own names', () => {
    for (const [file, kind] of [
      ['models.csv', 'model'],
      ['hardware.csv', 'accelerator'],
    ] as const) {
      for (const record of shippedTable(file)) {
        expect(aliases.find(kind, record[kind])?.canonical_name).toBe(record[kind]);
      }
    }
  });

  it('join what the measured and the throughput tables call differently', () => {
    expect(aliases.find('model', 'Qwen 3 235B A22B Instruct FP8')?.canonical_name).toBe('Qwen3 235B-A22B');
    expect(aliases.find('model', 'llama3.1-405b')?.canonical_name).toBe('Llama 3.1 405B');
    expect(aliases.find('accelerator', 'NVIDIA B200-SXM-180GB')?.canonical_name).toBe('B200 SXM 180GB');
    expect(aliases.find('precision', 'bfloat16')?.canonical_name).toBe('FP16');
    expect(aliases.find('model', 'Llama 3.3 70B')?.family).toBe(aliases.find('model', 'Llama 3.1 8B')?.family);
  });
});

describe('aliases', () => {
  it('are found as written first, then in other capitals, and not across kinds', () => {
    const aliases = aliasesOf([alias('GPT-OSS 20B', 'gpt-oss 20B'), alias('gpt-oss 20B', 'gpt-oss 20B')]);
    expect(aliases.find('model', 'gpt-oss 20B')?.name).toBe('gpt-oss 20B');
    expect(aliases.find('model', ' Gpt-Oss 20b ')?.canonical_name).toBe('gpt-oss 20B');
    expect(aliases.find('accelerator', 'gpt-oss 20B')).toBeUndefined();
    expect(aliases.find('model', 'gpt-oss')).toBeUndefined();
    expect(aliases.names('model')).toEqual(['GPT-OSS 20B', 'gpt-oss 20B']);
  });

  it('with two meanings, or of no kind, are an error that names them', () => {
    expect(() => aliasesOf([alias('A', 'x'), alias('a', 'y')])).toThrow('model a means x and y: which of the two?');
    expect(() => aliasRows([{ name: 'A', canonical_name: 'x', family: 'F', kind: 'GPU' }])).toThrow(
      'alias A: kind is model, accelerator or precision, not GPU',
    );
  });
});

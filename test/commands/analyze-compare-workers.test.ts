// analyze and compare on worker threads: the same tables, and progress as run shows it. Uses the built files; what it cannot
// see: whether more threads are faster.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { analyzeCommand } from '../../src/commands/analyze.js';
import { compareCommand } from '../../src/commands/compare.js';
import type { Surroundings } from '../../src/commands/surroundings.js';
import { SCENARIOS, tokenjoule } from '../command-line.js';
import { needs, tries } from '../needs.js';
import { recording, THREAD_ENTRY } from '../surroundings.js';

vi.setConfig({ testTimeout: 60_000 });

const SCENARIO = `
version: 1
name: many
samples: 5000
models: { One: { tps: 900, node_power_kw: 10 }, Two: { tps: { uniform: { min: 500, max: 800 } }, node_power_kw: 11 } }
regimes:
  traditional: { input_tokens: 500, output_tokens: { exponential: { median: 300 } } }
  long: { input_tokens: { uniform: { min: 500, max: 900 } }, output_tokens: { exponential: { median: 5000 } } }
power_utilization: { lognormal: { p5: 0.4, p95: 0.9 } }
pue: { lognormal: { p5: 1.05, p95: 1.6 } }
prefill_weight: 0.03
blends: { Both: { models: [One, Two] } }
`;
const WORKERS = ['2', '4', '1'].slice(0, tries(1, 3));

/** Tables whose every byte is compared. */
const COMMANDS = [
  {
    command: compareCommand,
    args: ['a.yaml', 'b.yaml'],
    tables: ['other-vs-many/compare', 'other-vs-many/attribution'],
  },
  {
    command: analyzeCommand,
    args: ['a.yaml', '-n', `${tries(32, 128)}`, '--target', 'P95', '--second-order'],
    tables: ['many/sensitivity'],
  },
  { command: analyzeCommand, args: ['a.yaml', '-n', '20', '-m', 'morris'], tables: ['many/sensitivity'] },
  { command: analyzeCommand, args: ['a.yaml', '-n', '32', '-m', 'shapley'], tables: ['many/sensitivity'] },
].slice(0, tries(3, 4));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'workers-'));
  await writeFile(join(folder, 'a.yaml'), SCENARIO);
  const other = SCENARIO.replace('name: many', 'name: other')
    .replace('p95: 1.6', 'p95: 1.3')
    .replace('tps: 900', 'tps: 990');
  await writeFile(join(folder, 'b.yaml'), other);
});
afterAll(() => rm(folder, { recursive: true }));

type Command = (args: readonly string[], around: Surroundings) => Promise<number>;

function start(command: Command, around: Surroundings, out: string, args: readonly string[]): Promise<number> {
  const files = args.map((arg) => (arg.endsWith('.yaml') ? join(folder, arg) : arg));
  return command([...files, '--out', join(folder, out)], around);
}

describe.each(COMMANDS)('$command.name $args', ({ command, args, tables }) => {
  it(`writes the same bytes with 0, ${WORKERS} workers`, needs('minutes'), async () => {
    const bytesOf = async (workers: string) => {
      await start(command, recording(), workers, [...args, '--workers', workers]);
      return Promise.all(tables.map((table) => readFile(join(folder, workers, `${table}.arrow`), 'hex')));
    };
    const expected = await bytesOf('0');
    for (const workers of WORKERS) expect(await bytesOf(workers)).toEqual(expected);
  });
});

describe.each([
  { command: analyzeCommand, args: ['a.yaml', '-n', '1024'], label: 'many', total: '39,936' },
  { command: compareCommand, args: ['a.yaml', 'b.yaml'], label: 'other against many', total: '30,000' },
])('$command.name', ({ command, args, label, total }) => {
  it.each(['2', '0'].slice(0, tries(1, 2)))(
    'shows how far it is, in the words of run, with %s workers',
    needs('minutes'),
    async (workers) => {
      const lines = await stderrOf(command, [...args, '--workers', workers]);
      expect(lines.length).toBeGreaterThan(1);
      const last = lines[lines.length - 1];
      expect(last).toContain(`${label}: 100 % of ${total} samples, `);
      expect(last).toMatch(/ left\n$/);
    },
  );

  it('shows nothing with --quiet', needs('minutes'), async () => {
    expect(await stderrOf(command, [...args, '--quiet'])).toEqual([]);
  });

  it('does not start when it was interrupted before', async () => {
    const around = { ...recording(), signal: AbortSignal.abort(new Error('stopped')) };
    for (const workers of ['0', '2'])
      await expect(start(command, around, 'none', [...args, '--workers', workers])).rejects.toThrow('stopped');
  });
});

/** What is written to a stderr that is no terminal, while every look at the clock takes six seconds. */
async function stderrOf(command: Command, args: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  let now = 0;
  const around = {
    ...recording(),
    threadEntry: THREAD_ENTRY,
    stderr: { write: (line: string) => lines.push(line) },
    seconds: () => (now += 6),
  };
  await start(command, around, 'shown', args);
  return lines;
}

const TWELVE = [
  ['analyze', ['-m', 'tornado']],
  ['run', ['-n', '4000000']],
  ['sweep', ['-n', '64', '--over', 'pue=linear:1:2:30']],
] as const;

describe('a dozen threads', () => {
  it.each(TWELVE.slice(0, tries(1, 3)))('make %s warn of nothing', needs('minutes'), async (command, args) => {
    const file = command === 'analyze' ? join(SCENARIOS, 'oviedo-2026.yaml') : join(folder, 'a.yaml');
    const out = join(folder, 'dozen');
    const { status, stderr } = await tokenjoule([command, file, ...args, '--quiet', '-j', '12', '-o', out]);
    expect([status, stderr]).toEqual([0, '']);
  });
});

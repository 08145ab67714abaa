// Expectations of runs and sweeps by the built command line: exit status 3, and what is said. What intervals are worth is tested
// in test/expect.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { tokenjouleQuickly } from '../command-line.js';
import { needs } from '../needs.js';
import { lengthsScenario } from './lengths-scenario.js';

// Each test starts the command line several times, which takes seconds each on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sweep-cli-'));
});
afterAll(() => rm(root, { recursive: true }));

const cli = (...args: string[]) => tokenjouleQuickly(args);
const scenarioFile = (name: string, more?: string, samples?: number) => lengthsScenario(root, name, more, samples);

describe('expectations', () => {
  test(
    'that hold say so; one that fails makes the exit status 3, and the results are there',
    needs('minutes'),
    async () => {
      const out = join(root, 'expect');
      const file = await scenarioFile('nightly', 'expect:\n  energy.p50: { within: [0.3, 0.37], subject: frontier }');
      const good = await cli('run', file, '-o', out);
      expect(good).toMatchObject({ status: 0, stderr: '' });
      expect(good.stdout).toMatch(/\nexpectations: 1 of 1 hold\n$/);
      const bad = await cli('run', file, '-o', out, '-q', '--set', 'pue=3');
      expect(bad.status).toBe(3);
      expect(bad.stderr).toMatch(
        /^nightly: expectation failed: energy\.p50, traditional, frontier\n {2}expected {2}0\.3000–0\.3700 Wh\/query\n {2}found {5}0\.\d{4} Wh\/query \(95 % interval of its Monte Carlo error 0\.\d{4}–0\.\d{4}\), \d+ % above 0\.3700\n$/,
      );
      expect(existsSync(join(out, 'nightly', 'summary.arrow'))).toBe(true);
    },
  );

  test(
    'compare with an earlier result, also of the same folder, and fail on a move and not on other draws',
    needs('minutes'),
    async () => {
      const out = join(root, 'night');
      const file = await scenarioFile(
        'drift',
        'expect:\n  energy.p50: { ratio_to: night/drift, within: [0.99, 1.01] }',
        50_000,
      );
      const early = await cli('run', file, '-o', out);
      expect(early.status).toBe(2);
      expect(early.stderr).toBe(
        `${join(out, 'drift', 'manifest.json')}: ratio_to: no such file; make the earlier result first, or leave the expectation out\n`,
      );
      expect((await cli('run', file, '-q', '-o', out, '--set', 'expect={energy.p50: {above: 0}}')).status).toBe(0);
      expect((await cli('run', file, '-q', '-o', join(root, 'elsewhere'))).status).toBe(0);
      expect((await cli('run', file, '-q', '-o', join(root, 'elsewhere'), '--seed', 'other')).status).toBe(0);
      const moved = await cli(
        'run',
        file,
        '-q',
        '-o',
        out,
        '--set',
        'node_power_kw=10.8',
        '--set',
        'models.DeepSeek-R1.node_power_kw=13.6',
      );
      expect(moved.status).toBe(3);
      expect(moved.stderr).toContain('expected  0.9900–1.010 × night/drift');
      expect((await cli('run', file, '-q', '-o', out)).status).toBe(3);
    },
  );

  test('of a sweep are held in every cell, ratios against the same cell of the earlier sweep', async () => {
    const out = join(root, 'cells');
    const file = await scenarioFile('cells', 'expect:\n  energy.p50: { below: 1 }');
    const { status, stderr } = await cli('sweep', file, '-q', '-o', out);
    expect(status).toBe(3);
    expect(stderr).toContain(
      'cells, cell 2 (input_tokens = 5000): expectation failed: energy.p50, traditional, frontier',
    );
    expect(stderr.match(/expectation failed/g)).toHaveLength(1);
    await scenarioFile('cells', 'expect:\n  energy.p50: { ratio_to: cells/cells, within: [0.999, 1.001] }');
    expect((await cli('sweep', file, '-q', '-o', out)).status).toBe(0);
    const moved = await cli('sweep', file, '-q', '-o', out, '--set', 'prefill_weight=0.1', '-n', '100000');
    expect(moved.status).toBe(3);
    expect(moved.stderr.match(/expectation failed/g)).toHaveLength(3);
  });
});

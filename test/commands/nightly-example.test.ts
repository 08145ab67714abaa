// The shipped job of a night, run as cron would, and what the timer and the workflow call. What it cannot see: systemd and GitHub.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { CLI } from '../command-line.js';
import { needs } from '../needs.js';

vi.setConfig({ testTimeout: 240_000 });

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'nightly-'));
  await mkdir(join(root, 'scenarios'));
});
afterAll(() => rm(root, { recursive: true }));

const scenario = (name: string, pue: number) =>
  writeFile(
    join(root, 'scenarios', `${name}.yaml`),
    `version: 1
name: ${name}
samples: 2048
node_power_kw: 10
power_utilization: 0.6
pue: ${pue}
input_tokens: 1000
output_tokens: { lognormal: { median: 300, p95: 1200 } }
models: { A: { tps: 2000 } }
regimes: { t: {} }
`,
  );

function night(date: string): Promise<{ status: number; stderr: string }> {
  const env = { ...process.env, TOKENJOULE: `${process.execPath} ${CLI}` };
  const args = [join(root, 'scenarios'), join(root, 'nights'), date];
  return new Promise((resolve) => {
    execFile(join(EXAMPLES, 'nightly.sh'), args, { env }, (error, _, stderr) =>
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, stderr }),
    );
  });
}

test(
  'three nights: the first draws, the second takes over, the third draws what has changed and says why',
  needs('minutes'),
  async () => {
    await scenario('a', 1.2);
    await scenario('b', 1.2);
    expect(await night('2026-12-01')).toEqual({ status: 0, stderr: '' });
    expect(await night('2026-12-02')).toEqual({ status: 0, stderr: '' });
    await scenario('b', 1.6);
    const { status, stderr } = await night('2026-12-03');
    expect(status).toBe(3);
    expect(stderr).toMatch(
      /^2026-12-03: 1 result moved beyond its Monte Carlo error; most b, t, A \+33 % .*pue 1\.2 → 1\.6/,
    );
    const index = JSON.parse(await readFile(join(root, 'nights', '2026-12-03', 'index.json'), 'utf8'));
    expect(index.runs.map(({ state }: { state: string }) => state)).toEqual(['taken over', 'drawn']);
  },
);

test('the workflow and the timer’s service run that job', () => {
  const read = (name: string) => readFileSync(join(EXAMPLES, name), 'utf8');
  const { jobs } = parse(read('nightly.yml'));
  const steps: readonly { run?: string }[] = jobs.nightly.steps;
  expect(steps.some(({ run }) => run?.includes('examples/nightly.sh scenarios nights'))).toBe(true);
  expect(read('tokenjoule-nightly.service')).toMatch(/^ExecStart=.*examples\/nightly\.sh scenarios nights$/m);
  expect(read('tokenjoule-nightly.timer')).toMatch(/^Persistent=true$/m);
});

// `tokenjoule annotate` as a process. What it cannot see: what the numbers are, which test/usage judges.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tokenjouleQuickly } from '../command-line.js';

const folder = mkdtempSync(join(tmpdir(), 'tokenjoule-annotate-'));

const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const scenario = write(
  's.yaml',
  `version: 1
name: s
node_power_kw: 10
power_utilization: 0.6
pue: 1.2
input_tokens: 1
output_tokens: 1
regimes: { chat: {} }
models: { m: { tps: 2000 } }
`,
);

const line = (model: string) =>
  JSON.stringify({ 'gen_ai.request.model': model, 'gen_ai.usage.input_tokens': 5, 'gen_ai.usage.output_tokens': 300 });

it('prints each record on a line of its own, in their order, and says of how many it could tell nothing', async () => {
  const records = write('r.jsonl', `${line('m')}\n\n${line('gpt')}\n`);
  const { status, stdout, stderr } = await tokenjouleQuickly(['annotate', scenario, records]);
  expect(status).toBe(0);
  const [first, second] = stdout
    .trim()
    .split('\n')
    .map((text): Record<string, number> => JSON.parse(text));
  expect(first['tokenjoule.energy.wh']).toBeCloseTo((1.2 * 10 * 0.6 * 300) / 2000 / 3.6, 3);
  expect(JSON.stringify(second)).toBe(line('gpt'));
  expect(stderr).toBe('1 record annotated\n1 record left as it was: of gpt, which the scenario has not\n');
});

it('refuses a file with lines that are no JSON mapping, all of them at once, and prints nothing', async () => {
  const records = write('bad.jsonl', `${line('m')}\n{"a":\n[1]\n`);
  const { status, stdout, stderr } = await tokenjouleQuickly(['annotate', scenario, records]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(`${records}:2:1: expected one JSON mapping a line; found text that is no JSON`);
  expect(stderr).toContain(`${records}:3:1: expected one JSON mapping a line; found another value`);
});

it.each([
  [[scenario], 'name a scenario file and a file of records, one JSON mapping a line'],
  [[scenario, join(folder, 'none.jsonl')], 'none.jsonl: cannot be read (ENOENT'],
  [[scenario, folder], `${folder}: is no file of records, one JSON mapping a line`],
  [[scenario, scenario, '--regime', 'x'], '--regime takes one of chat; found "x"'],
])('refuses %j', async (args, message) => {
  const { status, stderr } = await tokenjouleQuickly(['annotate', ...args]);
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});

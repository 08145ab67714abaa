// `tokenjoule throughput`: forms side by side, and the recommendation. What it cannot see: whether the errors are computed right
// (test/model/throughput holds the fits to independent ones).
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { throughputCommand } from '../../src/commands/throughput.js';
import type { FormsCompared } from '../../src/result/throughput-forms.js';
import { recording } from '../surroundings.js';

const PAPER = new URL('../../scenarios/oviedo-2026.yaml', import.meta.url).pathname;

async function throughput(...args: string[]) {
  const around = recording();
  const status = await throughputCommand(args, around);
  return { status, text: around.written.join('') };
}

describe('tokenjoule throughput', () => {
  it('recommends for the paper’s rows the form that predicts each row best from the others, with its reason', async () => {
    const { status, text } = await throughput(PAPER, '--json');
    const { forms, recommended, because }: FormsCompared = JSON.parse(text);
    expect(status).toBe(0);
    expect(forms.map(({ form }) => form).filter((form) => form === 'request-cost')).toHaveLength(5);
    expect(recommended).toBe('request-cost');
    expect(because).toMatch(
      /^predicts each row from the others to 3.5 % \(median of 4 models\), highest to \d+ %, log-log to \d+ %$/,
    );
    const error = (form: string) => forms.find((one) => one.form === form && one.model === 'Llama 3.1 70B')!.loo_error!;
    expect(error('request-cost')).toBeLessThan(0.05);
    expect(error('log-log')).toBeGreaterThan(0.3);
  });

  it('prints a line for each form, and names what is assumed of offline maxima', async () => {
    const { text } = await throughput(PAPER);
    expect(text).toMatch(/^model +rows +form +each row from the others +R² +from priors$/m);
    expect(text).toContain('recommended: throughput.form: request-cost, which predicts');
    expect(text).toContain('throughput.offline_to_service is 1, the default');
    const stated = await throughput(PAPER, '--set', 'throughput.offline_to_service=0.7');
    expect(stated.text).not.toContain('the default');
  });

  it('refuses a scenario without rows', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'throughput-')), 'given.yaml');
    const query = 'pue: 1.2\npower_utilization: 0.6\ninput_tokens: 500\noutput_tokens: 300\nregimes: { all: }\n';
    await writeFile(file, `version: 1\nname: given\nnode_power_kw: 10\nmodels: { M: { tps: 100 } }\n${query}`);
    await expect(throughput(file)).rejects.toThrow('names no dataset, so there are no rows to fit');
  });
});

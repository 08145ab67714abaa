// `tokenjoule validate`: what it writes, prints and returns for the shipped table and for one's own. Whether the predictions are any good
// is asked in test/validate; what it cannot see: how the page looks.
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { validateCommand } from '../../src/commands/validate.js';
import { InputError } from '../../src/errors.js';
import { readRowsOf } from '../../src/tables/read.js';
import { VALIDATION } from '../../src/tables/validation.js';
import { needs } from '../needs.js';
import { recording } from '../surroundings.js';

const HEADER =
  'dataset,model,accelerator,accelerator_count,quantization,workload,input_tokens,output_tokens,concurrency_or_batch,energy_wh_per_request,boundary';

async function ownTable(...lines: string[]): Promise<{ file: string; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'validate-'));
  const file = join(folder, 'own.csv');
  await writeFile(file, `${[HEADER, ...lines].join('\n')}\n`);
  return { file, folder: join(folder, 'out') };
}

async function validateOwn(flags: readonly string[], ...lines: string[]) {
  const { file, folder } = await ownTable(...lines);
  const around = recording();
  const status = await validateCommand(['--against', file, '-o', folder, ...flags], around);
  return { status, text: around.written.join(''), folder };
}

/** Rows of one configuration, as far above what is predicted as `wh` is. */
const rowsAt = (wh: number) =>
  Array.from({ length: 24 }, (_, i) => `own,Llama 3.1 8B,H100,1,bf16,mine,100,${300 + i},64,${wh},gpu_board`);

describe('tokenjoule validate', () => {
  it('writes a table of the stated columns and a page that needs nothing else', async () => {
    const { status, text, folder } = await validateOwn(
      [],
      'own,Llama 3.1 70B,H100,4,bf16,mine,100,300,64,0.05,node_ac',
    );
    expect(status).toBe(0);
    const rows = await readRowsOf(join(folder, 'validation.arrow'), VALIDATION);
    expect(Object.keys(rows[0])).toEqual(
      'dataset model accelerator quantization workload input_tokens output_tokens concurrency formula match reason boundary measured p05 p25 p50 p75 p95 pit'.split(
        ' ',
      ),
    );
    const own = rows.filter(({ formula }) => formula === 'request-cost');
    expect(own).toHaveLength(2);
    expect(own[0]).toMatchObject({ model: 'Llama 3.1 70B', match: 'strict', boundary: 'node_ac', measured: 0.05 });
    expect(own[0].p05).toBeLessThan(own[0].p50 ?? 0);
    expect(text).toContain('1 row of ');
    expect(text).toContain('within bounds: 90 % intervals cover 0.8');
    const page = await readFile(join(folder, 'validation.html'), 'utf8');
    expect(page).toContain('Predicted against measured');
    expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3)/);
    expect(page.match(/<svg/g)!.length).toBeGreaterThanOrEqual(6);
  }, 60_000);

  it('returns 3 where predictions are beyond the bounds, and says which', {
    timeout: 60_000,
    ...needs('minutes'),
  }, async () => {
    const { status, text } = await validateOwn(['--json'], ...rowsAt(5));
    expect(status).toBe(3);
    const { beyond } = JSON.parse(text) as { beyond: string[] };
    expect(beyond[0]).toMatch(/^concurrency 48 to 191, 24 rows, input length 1: 90 % intervals cover 0, below 0.8$/);
    expect(beyond[1]).toMatch(/median ln error -\d/);
    const below = await validateOwn([], ...rowsAt(1e-9));
    expect(below.status).toBe(3);
    expect(await readFile(join(below.folder, 'validation.html'), 'utf8')).toMatch(/>0 % of 24 measurements lie/);
  });

  it('refuses a table without boundaries, and one of which no row can be scored', {
    timeout: 60_000,
    ...needs('minutes'),
  }, async () => {
    const refusal = (...lines: string[]) => validateOwn([], ...lines).catch((error: unknown) => error);
    const blank = await refusal('own,Llama 3.1 8B,H100,1,bf16,mine,100,300,64,0.05,');
    expect(blank).toBeInstanceOf(InputError);
    expect(String(blank)).toContain('own.csv:2: boundary: expected gpu_board, node_ac');
    const nothing = await refusal('own,Llama 3.1 8B,H100,1,bf16,mine,100,300,,0.05,gpu_board');
    expect(String(nothing)).toContain('own.csv:2: no row can be scored; states no concurrency: own');
    const chips = await refusal(
      ...['H10O', 'XPU'].map((chip) => `own,Llama 3.1 8B,${chip},1,bf16,mine,100,300,64,0.05,gpu_board`),
    );
    expect(String(chips)).toContain('own.csv:2: no row can be scored; unknown accelerator: H10O (did you mean H100?)');
    expect(String(chips)).toMatch(/own\.csv:3: .* XPU \(none is near; known are A100 SXM4 80GB, H100 SXM5 80GB, /);
  });

  it('says of a column that is not there what it is for', async () => {
    const { file, folder } = await ownTable();
    await writeFile(file, `${HEADER.replace('boundary', 'limit')}\n`);
    const error: unknown = await validateCommand(['--against', file, '-o', folder], recording()).catch(
      (caught) => caught,
    );
    expect(String(error)).toContain('own.csv:1: column boundary is missing');
  });
});

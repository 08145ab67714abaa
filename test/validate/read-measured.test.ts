// A file of measured energies is read whole or refused whole, each problem with its line. What it cannot see: figures that are wrong
// and agree with one another.
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.js';
import { readMeasured } from '../../src/validate/read-measured.js';

const HEADER =
  'dataset,model,accelerator,accelerator_count,quantization,workload,input_tokens,output_tokens,concurrency_or_batch,output_tokens_per_second_total,power_w,energy_wh_per_request,energy_j_per_output_token,boundary';
const GOOD = 'mine,Llama 3.1 8B,H100,1,bfloat16,chat,100,360,8,500,500,0.1,1,gpu_board';

const read = (...lines: string[]) => readMeasured('own.csv', new TextEncoder().encode(`${lines.join('\n')}\n`));

async function problems(...lines: string[]): Promise<string[]> {
  const error: unknown = await read(...lines).catch((caught: unknown) => caught);
  if (!(error instanceof InputError)) throw new Error('was read');
  return error.message.split('\n');
}

describe('a table of measured energies', () => {
  it('is read with blanks as unknown, and energy per request from that per token where only this is stated', async () => {
    const { rows } = await read(HEADER, GOOD, 'mine,Llama 3.1 8B,H100,1,bfloat16,chat,,720,,,,,2,gpu_board');
    expect(rows[0]).toMatchObject({ line: 2, concurrency: 8, energy_wh: 0.1, boundary: 'gpu_board' });
    expect(rows[1]).toMatchObject({ line: 3, energy_wh: 0.4 });
    expect(rows[1]).not.toHaveProperty('input_tokens');
  });

  it('is refused without boundary or output lengths, with what they are and all at once', async () => {
    const header = HEADER.replace(',boundary', ',limits').replace(',output_tokens,', ',out_tokens,');
    expect(await problems(header, GOOD)).toEqual([
      expect.stringMatching(/^own.csv:1: column output_tokens is missing/),
      expect.stringMatching(
        /^own.csv:1: column boundary is missing.*: what the energy counts, gpu_board, node_ac, facility, fleet, lifecycle or unknown; figures of different ones do not compare$/,
      ),
    ]);
    expect(await problems(HEADER, GOOD.replace('360', '').replace(',0.1,1,', ',0.1,,'))).toEqual([
      'own.csv:1: no row states output_tokens, without which no energy of a request can be foretold',
    ]);
  });

  it('names a boundary that there is not, and the nearest', async () => {
    expect(await problems(HEADER, GOOD.replace('gpu_board', 'gpu_bord'), GOOD.replace('gpu_board', ''))).toEqual([
      'own.csv:2: boundary: expected gpu_board, node_ac, facility, fleet, lifecycle or unknown; found "gpu_bord"; did you mean gpu_board?',
      'own.csv:3: boundary: expected gpu_board, node_ac, facility, fleet, lifecycle or unknown; found nothing',
    ]);
  });

  it('names boundaries that are mixed along one curve, and what to do', async () => {
    const wall = GOOD.replace(',8,500,500,0.1,1,gpu_board', ',64,500,500,0.1,1,node_ac');
    expect(await problems(HEADER, GOOD, wall)).toEqual([
      'own.csv:3: boundary: node_ac, where line 2 of the same dataset, model, accelerators, quantization and workload has gpu_board; figures of different boundaries are no one curve: bring both to one boundary, or name their datasets apart',
    ]);
  });

  it('takes different boundaries of different datasets, and one point that is stated at both', async () => {
    const wall = GOOD.replace('gpu_board', 'node_ac');
    expect((await read(HEADER, GOOD, wall)).rows).toHaveLength(2);
    expect((await read(HEADER, GOOD, wall.replace('mine', 'other').replace(',8,', ',64,'))).rows).toHaveLength(2);
  });

  it('names an energy that contradicts power and throughput by more than a tenth, and lets one pass that is within it', async () => {
    expect(await problems(HEADER, GOOD.replace(',0.1,1,', ',0.12,,'))).toEqual([
      'own.csv:2: energy_wh_per_request over output_tokens gives 1.20 J per output token, power_w over output_tokens_per_second_total gives 1.00: 20 % apart; correct one, or leave it empty',
    ]);
    expect((await read(HEADER, GOOD.replace(',0.1,1,', ',0.109,1.09,'))).rows).toHaveLength(1);
  });

  it('names what is no number above 0', async () => {
    const [zero, word] = await problems(HEADER, GOOD.replace(',8,', ',0,'), GOOD.replace(',8,', ',eight,'));
    expect(zero).toBe(
      'own.csv:2: concurrency_or_batch: expected a number above 0, or nothing where it is unknown; found "0"',
    );
    expect(word).toContain('found "eight"');
    expect(await problems(HEADER)).toEqual(['own.csv:1: holds a header and no rows']);
  });
});

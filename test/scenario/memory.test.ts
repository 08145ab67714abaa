// Whether a model's weights fit the memory of the nodes that it is measured on, or served by. Weights and memory are counted by
// hand: 671 GB of FP8 weights against 0.9 · 8 · 80 = 576 GB and 0.9 · 8 · 141 = 1,015 GB. What it cannot see: whether models.csv and
// hardware.csv are right (test/model/catalogue).
import { describe, expect, it } from 'vitest';
import { resolveText } from './fixtures.js';

const HEADER = 'model,accelerator,accelerator_count,quantization,input_tokens,output_tokens,node_tokens_per_second';

const LENGTHS = ['128,128,3000', '128,2048,4000', '2048,128,400'];

const csv = (...nodes: readonly string[]) =>
  [HEADER, ...nodes.map((node, i) => `${node},${LENGTHS[i]}`), ''].join('\n');

const scenario = (more = '', throughput = '') => `version: 1
name: small
throughput: { dataset: data.csv${throughput} }
node_power_kw: 10.2
pue: 1.2
power_utilization: 0.6
input_tokens: 500
output_tokens: 300
${more}regimes: { all: {} }
`;

const TOO_LARGE =
  'DeepSeek-R1: the weights of DeepSeek R1 in FP8 take 671 GB, and a node of 8 H100 SXM5 80GB has 576 GB to use; ';

const notes = async (rows: string, text = scenario()) =>
  (await resolveText(text, {}, rows)).warnings.filter((note) => note.includes('GB to use'));

describe('memory of the node', () => {
  it('is too small for the weights of a model: the node is named, with the rows that are said to be of it', async () => {
    const r1 = (accelerator: string) => `DeepSeek-R1,${accelerator},8,FP8`;
    expect(await notes(csv(r1('H100 SXM 80GB'), r1('H200'), r1('H200')))).toEqual([
      `${TOO_LARGE}1 of its 3 rows is said to be of such a node`,
    ]);
    expect(await notes(csv(r1('H100 SXM 80GB'), r1('H100'), r1('H200')))).toEqual([
      `${TOO_LARGE}2 of its 3 rows are said to be of such a node`,
    ]);
  });

  it('is not spoken of where the weights fit, and where no table knows the model or its hardware', async () => {
    const three = (node: string) => notes(csv(node, node, node));
    expect(await three('DeepSeek-R1,H200,8,FP8')).toEqual([]);
    expect(await three('DeepSeek-R1,H100,16,FP8')).toEqual([]);
    expect(await three('Mine,H100,8,FP8')).toEqual([]);
    expect(await three('DeepSeek-R1,a rack,8,FP8')).toEqual([]);
  });

  it('goes by the precision of the rows, and by the GPUs that a row of a whole node counts', async () => {
    const node = 'Llama 3.1 405B,H100,8,FP16';
    const fp16 = scenario('', ', quantization: FP16');
    expect(await notes(csv(node, node, node), fp16)).toEqual([
      'Llama 3.1 405B: the weights of Llama 3.1 405B in FP16 take 810 GB, and a node of 8 H100 SXM5 80GB has 576 GB to use; 3 of its 3 rows are said to be of such a node',
    ]);
    const four = 'Llama 3.1 405B,H100,4,FP8';
    expect(await notes(csv(four, four, four))).toHaveLength(1);
    expect(await notes(csv(four, four, four), scenario('', ', per: group'))).toEqual([]);
  });

  it('is that of the stated accelerator too, whatever throughput is taken from', async () => {
    const text = scenario('hardware: { accelerator: H100 }\nmodels: { DeepSeek-R1: { tps: 5000 } }\n');
    expect(await notes(csv('DeepSeek-R1,H200,8,FP8'), text)).toEqual([
      `${TOO_LARGE}hardware.accelerator says that it serves the queries`,
    ]);
  });
});

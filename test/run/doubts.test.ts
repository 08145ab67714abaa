// What is said of doubtful fits and of draws off the data, beside the numbers, and what --strict makes of it. What it cannot see:
// whether each guard speaks where it should (test/model/throughput/guards.test.ts). Needs the built dist/kernel/kernel.wasm.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkCommand } from '../../src/commands/check.js';
import { runCommand } from '../../src/commands/run.js';
import { hullOf, isOffHull } from '../../src/model/throughput/hull.js';
import { tokensWithin } from '../../src/model/throughput/hull-tokens.js';
import { planModels } from '../../src/plan/plan-models.js';
import { doubtsOf } from '../../src/result/doubts.js';
import { loadScenario } from '../../src/scenario/load.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import { builtKernel } from '../built-engine.js';
import { recording } from '../surroundings.js';

const HEAD = 'model,quantization,input_tokens,output_tokens,node_tokens_per_second';

/** A few rows about a query of 500 and 300 tokens. */
const GOOD = ['M,FP8,128,128,3700', 'M,FP8,128,2048,5000', 'M,FP8,2048,128,450', 'M,FP8,2048,2048,2600'];

async function fileWith(rows: readonly string[], form = 'request-cost'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'doubts-'));
  await writeFile(join(folder, 'rows.csv'), [HEAD, ...rows, ''].join('\n'));
  const text = `
version: 1
name: doubts
samples: 20000
node_power_kw: 10
throughput: { dataset: rows.csv, form: ${form} }
power_utilization: 0.6
pue: 1.2
input_tokens: 500
output_tokens: { lognormal: { p5: 150, p95: 600 } }
regimes: { near: {}, far: { output_tokens: { lognormal: { p5: 5000, p95: 50000 } } } }
`;
  await writeFile(join(folder, 'doubts.yaml'), text);
  return join(folder, 'doubts.yaml');
}

describe('doubts of a fit', () => {
  it.each([
    [
      'rows that contradict each other',
      [...GOOD, 'M,FP8,128,128,1200'],
      'M: rows of 128 input and 128 output tokens differ by 3.08x (1,200 to 3,700 tok/s); all of its draws',
    ],
    [
      'rows that vary in one length',
      GOOD.slice(0, 2),
      'M: its rows vary in output_tokens only, so they say nothing of other lengths; all of its draws',
    ],
  ])('name %s', async (_, rows, doubt) => {
    expect(doubtsOf(await loadScenario(await fileWith(rows)))).toContain(doubt);
  });

  it('name exponents that no server has, and fits that explain little', async () => {
    const steep = ['M,FP8,100,100,100', 'M,FP8,110,100,200', 'M,FP8,100,200,110', 'M,FP8,110,200,220'];
    expect(doubtsOf(await loadScenario(await fileWith(steep, 'log-log')))).toEqual([
      'M: throughput goes with input_tokens to the power of 7.27, which no server’s does; all of its draws',
    ]);
    const random = ['M,FP8,100,100,100', 'M,FP8,1000,1000,110', 'M,FP8,100,1000,190', 'M,FP8,1000,100,180'];
    expect(doubtsOf(await loadScenario(await fileWith(random, 'log-log')))[0]).toContain(
      'M: the fit explains 1.8 % of the variance',
    );
  });

  it('are none where all queries have the one length that the rows share', async () => {
    const file = await fileWith(GOOD.slice(0, 2));
    const asked = async (input: number) => doubtsOf(await loadScenario(file, { set: [`input_tokens=${input}`] }));
    expect(await asked(128)).toEqual([]);
    expect(await asked(129)).toHaveLength(1);
  });

  it('are none of rows that a law fits', async () => {
    expect(doubtsOf(await loadScenario(await fileWith(GOOD)))).toEqual([]);
  });
});

describe('--strict', () => {
  const run = async (file: string, ...flags: string[]) => {
    const around = recording();
    const out = await mkdtemp(join(tmpdir(), 'doubts-out-'));
    const status = await runCommand([file, '--out', out, '--workers', '0', '--kernel', 'reference', ...flags], around);
    return { status, lines: around.written.join('').split('\n') };
  };

  it('ends a run with 3 where most draws of a model lie outside its data, which stands beside the regime’s numbers', async () => {
    const file = await fileWith(GOOD);
    expect((await run(file)).status).toBe(0);
    const { status, lines } = await run(file, '--strict');
    expect(status).toBe(3);
    expect(lines).toContain(
      'Most draws lie outside the throughput data, for 1 of 2 models in regimes (up to 100 %): their numbers are extrapolated',
    );
    const at = lines.findIndex((line) => line.startsWith('far '));
    expect(lines[at + 2]).toMatch(/^ {2}note: far: 100 % of draws of M have lengths outside the throughput data$/);
  });

  it('ends a check with 3 where a fit is doubtful, and with 0 where none is', async () => {
    const files = [await fileWith(GOOD), await fileWith([...GOOD, 'M,FP8,128,128,1200'])];
    const [good, bad] = files;
    const around = recording();
    const near = ['--set', 'regimes={ near: {} }'];
    expect(await checkCommand([good, '--strict', ...near], around)).toBe(0);
    expect(await checkCommand([bad], around)).toBe(0);
    expect(await checkCommand([bad, '--strict'], around)).toBe(3);
    expect(around.written.join('')).toContain('doubts.yaml: note: M: rows of 128 input and 128 output tokens differ');
  });
});

describe('check', () => {
  const shareIn = (text: string, regime: string) =>
    new RegExp(`^.*: note: ${regime}: ([\\d.]+) % of draws of M have lengths (.*) \\(of 4,096 draws\\)$`, 'm').exec(
      text,
    );

  it('tells the share of draws off the rows before a run, as the run does, and --strict minds it', async () => {
    const file = await fileWith(GOOD);
    const around = recording();
    const wide = ['--set', 'output_tokens={ lognormal: { p5: 20, p95: 2000 } }'];
    expect(await checkCommand([file, ...wide], around)).toBe(0);
    expect(await checkCommand([file, ...wide, '--strict'], around)).toBe(3);
    const [, share, where] = shareIn(around.written.join(''), 'near')!;
    // Outputs below 128 or above 2,048 tokens; ln of the bounds in standard deviations, by the normal distribution's table.
    const sd = Math.log(2000 / 20) / (2 * 1.6448536269514722);
    const score = (tokens: number) => (Math.log(tokens) - Math.log(200)) / sd;
    expect([score(128), score(2048)].map((one) => one.toFixed(2))).toEqual(['-0.32', '1.66']);
    expect(Math.abs(Number(share) / 100 - (0.3745 + 0.0485))).toBeLessThan(0.02);
    expect(where).toBe('outside the throughput data');
    expect(shareIn(around.written.join(''), 'far')![1]).toBe('100');
  });

  it('tells of lengths between no rows where the ranges of the rows do not', async () => {
    const corners = ['M,FP8,128,2048,5000', 'M,FP8,2048,128,450', 'M,FP8,2048,2048,2600'];
    const around = recording();
    await checkCommand([await fileWith(corners), '--set', 'regimes={ near: {} }'], around);
    expect(shareIn(around.written.join(''), 'near')![2]).toBe('between no rows of the throughput data');
  });
});

describe('tps_off_hull', () => {
  const rows = [
    [128, 128],
    [128, 2048],
    [2048, 128],
    [5000, 500],
  ].map(([input_tokens, output_tokens]) => ({ input_tokens, output_tokens }));
  const hull = hullOf(rows)!;

  it('is the same by token counts as by half-planes', () => {
    for (const input of [1, 127, 128, 500, 2048, 4999, 5000, 5001]) {
      const [least, most] = tokensWithin(hull, input);
      for (let tokens = 0; tokens < 2200; tokens++)
        expect(tokens < least || tokens > most, `${input}, ${tokens}`).toBe(isOffHull(hull, input, tokens));
    }
  });

  it.each([
    ['one input length', []],
    ['random input lengths', ['input_tokens={ lognormal: { p5: 100, p95: 4000 } }']],
  ])('is counted alike by both engines for %s', async (_, set) => {
    const scenario = await loadScenario(
      await fileWith(GOOD.concat('M,FP8,5000,500,400').filter((row) => !row.includes('2048,2048'))),
      { set },
    );
    const place = planModels(scenario).measures.find(
      ({ row }) => row.metric === 'tps_off_hull' && row.regime === 'near',
    )!.of;
    const shares = await Promise.all(
      ['reference' as const, await builtKernel()].map(async (kernel) => {
        const { models } = await simulateHere(scenario, { kernel });
        return 1 - models.sketches.histograms[place].zeros / scenario.samples;
      }),
    );
    expect(Math.abs(shares[0] - shares[1])).toBeLessThan(set.length === 0 ? 1e-12 : 1e-3);
    expect(shares[0]).toBeGreaterThan(0.001);
    expect(shares[0]).toBeLessThan(0.999);
  });

  it('is absent where the rows span no area', async () => {
    const { measures } = planModels(await loadScenario(await fileWith(GOOD.slice(0, 2))));
    expect(measures.map(({ row }) => row.metric)).not.toContain('tps_off_hull');
  });
});

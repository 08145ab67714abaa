// Traces and columns of files: what is read from each format, under which names, and what is refused or told, word for word.
// What it cannot see: files of other writers of Parquet and Arrow than the packages in use here.
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { Table, writeParquet } from 'parquet-wasm/node';
import { describe, expect, it } from 'vitest';
import { compileDistribution } from '../../../src/distributions/compile.js';
import type { Distribution } from '../../../src/distributions/index.js';
import { valuesOf } from '../../../src/distributions/record.js';
import { scenarioFromText } from '../../../src/scenario/from-text.js';
import type { ResolvedScenario } from '../../../src/scenario/resolved.js';
import { arrowOfParquet } from '../../../src/scenario/trace/arrow-of-parquet.js';
import { problemsOf } from '../fixtures.js';

const BASE = `version: 1
name: traced
node_power_kw: 10
pue: 1.2
power_utilization: 0.6
models: { a: { tps: 1000 } }
`;
const TRACED = `${BASE}lengths: { trace: t }
regimes: { chat: {} }
`;

function resolved(text: string, file: string | Uint8Array): Promise<ResolvedScenario> {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
  return scenarioFromText(text, 's.yaml', async (name) => ({ name, bytes, arrowOfParquet }));
}

function valuesIn(distribution: Distribution): number[] {
  if (distribution.family !== 'recorded' || !distribution.parameters.record) throw new Error('not read from a file');
  return [...valuesOf(distribution.parameters.record)];
}

async function pairsOf(text: string, file: string | Uint8Array): Promise<number[][]> {
  const [{ input_tokens, output_tokens }] = (await resolved(text, file)).regimes;
  const output = valuesIn(output_tokens);
  return valuesIn(input_tokens).map((input, row) => [input, output[row]]);
}

const PAIRS = [
  [374, 44],
  [396, 109],
  [12, 0],
];
const asTable = () =>
  tableFromArrays({ input_tokens: Int32Array.of(374, 396, 12), output_tokens: Float64Array.of(44, 109, 0) });
const asLines = (line: (pair: readonly number[]) => string) => PAIRS.map(line).join('\n');

describe('a trace', () => {
  it.each<[string, string | Uint8Array]>([
    ['CSV of our names', 'input_tokens,output_tokens\n374,44\n396,109\n12,0\n'],
    [
      'CSV as Azure has it, with times and line ends of Windows',
      'TIMESTAMP,ContextTokens,GeneratedTokens\r\n2023-11-16 18:15:46.68,374,44\r\n2023-11-16 18:15:50.95,396,109\r\n2023-11-16 18:15:51.2,12,0',
    ],
    [
      'CSV in quotes, with a comma and a line end in a field',
      'note,"input_tokens",output_tokens\n"a, ""b""\nc","374",44\n,396,109\n\n,12,0\n',
    ],
    ['JSONL of usage records', asLines(([i, o]) => `{"id":1,"usage":{"prompt_tokens":${i},"completion_tokens":${o}}}`)],
    [
      'JSONL of OpenTelemetry, flat',
      asLines(([i, o]) => `{"gen_ai.usage.input_tokens":${i},"gen_ai.usage.output_tokens":${o}}`),
    ],
    [
      'JSONL of OpenTelemetry, attributes of a span',
      asLines(
        ([i, o]) =>
          `{"name":"chat","attributes":[{"key":"gen_ai.usage.input_tokens","value":{"intValue":"${i}"}},{"key":"gen_ai.usage.output_tokens","value":{"intValue":"${o}"}}]}`,
      ),
    ],
    ['an Arrow file', tableToIPC(asTable(), 'file')],
    ['an Arrow stream', tableToIPC(asTable(), 'stream')],
    ['Parquet', writeParquet(Table.fromIPCStream(tableToIPC(asTable(), 'stream')))],
  ])('keeps its pairs: %s', async (_, file) => {
    expect(await pairsOf(TRACED, file)).toEqual(PAIRS);
  });

  it('is drawn by one number a query, so that no pair is torn apart', async () => {
    const [{ input_tokens, output_tokens }] = (
      await resolved(TRACED, 'input_tokens,output_tokens\n1,100\n2,50\n3,700\n')
    ).regimes;
    const [input, output] = await Promise.all([input_tokens, output_tokens].map(compileDistribution));
    const drawn = [0.1, 0.5, 0.9].map((u) => [input.quantile(u), output.quantile(u)]);
    expect(drawn).toEqual([
      [1, 100],
      [2, 50],
      [3, 700],
    ]);
  });

  it('draws rows by their weights, and none of weight 0', async () => {
    const text = TRACED.replace('trace: t', 'trace: t, input_tokens: i, output_tokens: o, weight: w');
    const [{ output_tokens }] = (await resolved(text, 'i,o,w\n1,10,1\n2,20,0\n3,30,3\n')).regimes;
    const { quantile } = await compileDistribution(output_tokens);
    expect([0.1, 0.24, 0.26, 0.9].map(quantile)).toEqual([10, 10, 30, 30]);
  });

  it('stands in the manifest by the hash of its file, and its rows do not', async () => {
    const rows = Array.from({ length: 500 }, (_, i) => `${i},${7 * i}`).join('\n');
    const text = JSON.stringify(await resolved(TRACED, `input_tokens,output_tokens\n${rows}\n`));
    expect(text).toMatch(/"sha256":"[0-9a-f]{64}"/);
    expect(text.length).toBeLessThan(2500);
  });

  it('says which rows lack a length, have none, or stand at a limit', async () => {
    const cut = Array.from({ length: 12 }, () => '9,4096').join('\n');
    const { warnings } = await resolved(TRACED, `input_tokens,output_tokens\n5,\nnull,3\n0,8\n7,0\n8,0\n${cut}\n`);
    expect(warnings).toEqual([
      't: 1 row without input_tokens, 1 row without output_tokens; left out, 15 of 17 rows are drawn',
      't: 1 row of 0 input_tokens (6.7 %), drawn as it is',
      't: 2 rows of 0 output_tokens (13 %), drawn as they are',
      't: 12 rows (80 %) of the greatest input_tokens, 9: longer ones were likely cut there',
      't: 12 rows (80 %) of the greatest output_tokens, 4,096: longer ones were likely cut there',
    ]);
  });

  it('of a regime takes the place of the top level’s, whole', async () => {
    const text = `${BASE}input_tokens: 5\noutput_tokens: 6\nregimes: { one: { lengths: { trace: t } }, two: {} }\n`;
    const { regimes } = await resolved(text, 'input_tokens,output_tokens\n1,2\n');
    expect(regimes.map(({ input_tokens }) => input_tokens.family)).toEqual(['recorded', 'constant']);
  });
});

describe('a trace that cannot be drawn from', () => {
  const naming = (more: string) => TRACED.replace('trace: t', `trace: t, ${more}`);
  it.each([
    [
      naming('input_tokens: prompt'),
      'promt,output_tokens\n1,2\n',
      's.yaml:7:36: lengths.input_tokens: t: there is no column prompt (did you mean promt?); the columns are promt, output_tokens',
    ],
    [
      TRACED,
      'a,output_tokens\n1,2\n',
      's.yaml:7:1: lengths: t: input_tokens: which column has them is not said, and none bears a known name; the columns are a, output_tokens. Write input_tokens: COLUMN',
    ],
    [TRACED, '', 's.yaml:7:19: lengths.trace: t: is empty; expected a header and one row a query'],
    [
      TRACED,
      'input_tokens,output_tokens\n',
      's.yaml:7:19: lengths.trace: t: has a header and no rows; expected one row a query',
    ],
    [
      TRACED,
      'input_tokens,output_tokens\n0,0\n0,0\n',
      's.yaml:7:19: lengths.trace: t: all lengths of its 2 rows are 0; name other columns than input_tokens and output_tokens, or record lengths',
    ],
    [
      TRACED,
      'input_tokens,output_tokens\n,1\n2,\n',
      's.yaml:7:19: lengths.trace: t: no row has all of its lengths: 1 row without input_tokens, 1 row without output_tokens; name other columns',
    ],
    [
      TRACED,
      'input_tokens,output_tokens\n1,2\n1.2.3,4\n',
      't:3:1: input_tokens: expected a number of at least 0, or nothing; found "1.2.3". Correct it, or empty the cell to leave its row out',
    ],
    [
      TRACED,
      'note,input_tokens,output_tokens\n"é, b",5,-1\n',
      't:2:10: output_tokens: expected a number of at least 0, or nothing; found "-1". Correct it, or empty the cell to leave its row out',
    ],
    [
      TRACED,
      'input_tokens,output_tokens\n1,2,3\n',
      't:2: expected 2 fields, as in the header; found 3. Put a cell that holds a comma in quotes',
    ],
    [
      TRACED,
      '[{"input_tokens":1}]',
      's.yaml:7:19: lengths.trace: t: is one JSON list; write one object a line (JSONL)',
    ],
    [
      TRACED,
      '{"input_tokens":1,"output_tokens":2}\n{"input',
      't:2: expected a JSON object in each line; found no JSON',
    ],
    [
      naming('input_tokens: i, output_tokens: o, weight: w'),
      'i,o,w\n1,2,0\n',
      's.yaml:7:19: lengths.trace: t: all weights (w) are 0; leave weight out to draw all rows alike',
    ],
    [
      `${TRACED}input_tokens: 5\n`,
      'input_tokens,output_tokens\n1,2\n',
      's.yaml:9:15: input_tokens: stands beside lengths, whose rows have input_tokens already; leave one of the two out',
    ],
    [
      TRACED.replace('chat: {}', 'chat: { output_tokens: 5 }'),
      'input_tokens,output_tokens\n1,2\n',
      "s.yaml:8:35: regimes.chat.output_tokens: would take input_tokens from rows of the top level's trace and tear their pairs apart; state input_tokens here, too",
    ],
  ])('is refused with what to do: %#', async (text, file, problem) => {
    expect(await problemsOf(resolved(text, file))).toEqual([problem]);
  });

  it('is refused where nothing reads Parquet', async () => {
    const bytes = new TextEncoder().encode('PAR1....');
    const run = scenarioFromText(TRACED, 's.yaml', async (name) => ({ name, bytes }));
    expect(await problemsOf(run)).toEqual([
      's.yaml:7:19: lengths.trace: t: is a Parquet file, which only Node reads; convert it to Arrow or CSV',
    ]);
  });
});

describe('a column of a file as a distribution', () => {
  const text = (written: string) => `${BASE}input_tokens: 5\noutput_tokens: ${written}\nregimes: { chat: {} }\n`;

  it('draws its values as often as its rows or weights have them, in ascending order, within bounds', async () => {
    const file = 'n,w\n30,1\n10,2\n20,1\n,9\n';
    const of = async (written: string) => (await resolved(text(written), file)).regimes[0].output_tokens;
    const { quantile } = await compileDistribution(await of('{ empirical: { file: t, column: n, weight: w } }'));
    expect([0.1, 0.49, 0.51, 0.74, 0.76].map(quantile)).toEqual([10, 10, 20, 20, 30]);
    const bounded = await compileDistribution(await of('{ empirical: { file: t, column: n }, max: 20 }'));
    expect([0.1, 0.49, 0.51, 0.9].map(bounded.quantile)).toEqual([10, 10, 20, 20]);
    expect(bounded.removedMass).toBeCloseTo(1 / 3);
    expect((await resolved(text('{ empirical: { file: t, column: n } }'), file)).warnings).toEqual([
      't: 1 row without n (25 %), left out',
    ]);
  });

  it.each([
    [
      '{ empirical: { file: t, column: m } }',
      'n\n1\n',
      's.yaml:8:1: output_tokens: t: there is no column m; the columns are n',
    ],
    ['{ empirical: { file: t, column: n } }', 'n\n""\n', 's.yaml:8:1: output_tokens: t: column n has no value'],
    [
      '{ empirical: { file: t, column: n }, min: 5 }',
      'n\n1\n2\n',
      's.yaml:8:1: output_tokens: t: n, min 5 has no value within the bounds',
    ],
  ])('is refused with what there is: %s', async (written, file, problem) => {
    expect(await problemsOf(resolved(text(written), file))).toEqual([problem]);
  });

  it('must keep to the limits of what it is drawn for', async () => {
    const run = resolved(text('5').replace('pue: 1.2', 'pue: { empirical: { file: t, column: n } }'), 'n\n0\n1.2\n');
    expect(await problemsOf(run)).toEqual(['s.yaml:4:1: pue: must be above 0; t: n reaches down to 0: leave 0 out']);
  });
});

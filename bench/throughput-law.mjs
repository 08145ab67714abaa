// How well the request-cost law predicts measurements it has not seen, beside the paper's log-log law, over the configurations
// of scenarios/data/throughput-tensorrt-llm.csv with six or more pairs of lengths: npm run build && node bench/throughput-law.mjs
// [REPETITIONS] [SEED]. Every prior, and every width of an interval, is computed without the family of the model that it is
// judged on. Errors are |ln(predicted / measured tokens per second)|; "covers" is the share of rows in their 90 % interval.
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import seedrandom from 'seedrandom';
import { aliasesOf, aliasRows } from '../dist/model/catalogue/aliases.js';
import { poolConfigurations } from '../dist/model/throughput/pool/configurations.js';
import { coverage } from '../dist/model/throughput/pool/covering.js';
import { leaveOneRowOut, longestOf, longestOutput, predictRows } from '../dist/model/throughput/pool/held-out.js';
import { judged, poolPriors, readPool } from '../dist/model/throughput/pool/pool-priors.js';
import { missOf } from '../dist/model/throughput/pool/residual.js';
import { scaleFreePrior, sizePrior } from '../dist/model/throughput/pooled-priors.js';
import { fitThroughput, tpsAt } from '../dist/model/throughput/throughput.js';

const REPETITIONS = Number(process.argv[2] ?? 10);
const SEED = process.argv[3] ?? 'throughput law';

const read = (file) =>
  parse(readFileSync(new URL(`../scenarios/data/${file}`, import.meta.url), 'utf8'), { columns: true });

const tables = {
  throughput: read('throughput-tensorrt-llm.csv'),
  serving: read('throughput-other.csv'),
  models: read('models.csv'),
  hardware: read('hardware.csv'),
  aliases: aliasesOf(aliasRows(read('aliases.csv'))),
};
const pool = readPool(tables);
const configurations = judged(pool);
const priors = new Map();

/** Priors that have not seen a configuration's family. */
function unseen({ family }) {
  if (!priors.has(family)) priors.set(family, poolPriors(pool, family));
  return priors.get(family);
}

const scaleFree = (one) => scaleFreePrior(unseen(one), one.architecture);

/** k rows at random, and the others. */
function split({ rows }, k, random) {
  const order = rows.map((row) => [random(), row]).sort(([x], [y]) => x - y);
  const shuffled = order.map(([, row]) => row);
  return [shuffled.slice(0, k), shuffled.slice(k)];
}

function fromRows(k) {
  const random = seedrandom(`${SEED} ${k}`);
  return Array.from({ length: REPETITIONS }, () =>
    configurations.flatMap((one) => {
      const [known, held] = split(one, k, random);
      return predictRows(one, known, held, scaleFree(one));
    }),
  ).flat();
}

function fromNone(wanted = () => true) {
  return poolConfigurations(tables)
    .filter(wanted)
    .flatMap((one) => {
      // A table's tokens per second are of a group of GPUs: a node of as many.
      const prior = one.service && sizePrior(unseen(one), one.architecture, one.service, one.gpu_count);
      return prior === undefined ? [] : predictRows(one, [], one.rows, prior);
    });
}

/** The paper's law, fitted to some rows: errors of others. */
function logLog(known, held) {
  const fit = fitThroughput(known);
  return held.map((row) => ({ error: Math.log(tpsAt(fit, row.input_tokens, row.output_tokens) / row.tps) }));
}

const logLogOneOut = ({ rows }) =>
  rows.flatMap((row) =>
    logLog(
      rows.filter((other) => other !== row),
      [row],
    ),
  );

function logLogLongest(one) {
  const longest = longestOf(one);
  const [shorter, held] = [
    one.rows.filter(({ output_tokens }) => output_tokens < longest),
    one.rows.filter(({ output_tokens }) => output_tokens === longest),
  ];
  return logLog(shorter, held);
}

const quantile = (values, p) => {
  const sorted = [...values].sort((x, y) => x - y);
  const at = p * (sorted.length - 1);
  const below = Math.floor(at);
  return sorted[below] + (at - below) * ((sorted[below + 1] ?? sorted[below]) - sorted[below]);
};

function line(name, held, targets = {}) {
  const errors = held.map(({ error }) => Math.abs(error));
  const covers =
    held[0].fit_variance === undefined
      ? undefined
      : coverage(held.map((row) => missOf(row, Math.sqrt(row.residual_variance))));
  const cells = [
    name,
    held.length,
    cell(quantile(errors, 0.5), targets.median),
    cell(quantile(errors, 0.9), targets.p90),
    signed(
      quantile(
        held.map(({ error }) => error),
        0.5,
      ),
    ),
    covers === undefined ? '' : `${(100 * covers).toFixed(1)} %${targets.covers ? wanted(covers, targets.covers) : ''}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

const signed = (value) => (value < 0 ? '' : '+') + value.toFixed(3);

function cell(value, most) {
  return most === undefined ? value.toFixed(3) : `${value.toFixed(3)} (below ${most}${value < most ? '' : ': MISSED'})`;
}

function wanted(share, [least, most]) {
  const range = most < 1 ? `${100 * least} to ${100 * most}` : `at least ${100 * least}`;
  return ` (${range}${share >= least && share <= most ? '' : ': MISSED'})`;
}

const withLongest = (tokens) => configurations.filter((one) => longestOf(one) === tokens);
const oneOut = configurations.flatMap((one) => leaveOneRowOut(one, scaleFree(one)));
const longest = (tokens) => withLongest(tokens).flatMap((one) => longestOutput(one, scaleFree(one)));
const USUAL = [0.87, 0.93];

console.log(
  `${configurations.length} configurations, ${oneOut.length} rows; ${REPETITIONS} repetitions, seed "${SEED}"`,
);
console.log(`priors: ${pool.fitted.length} configurations, each family left out in turn`);
console.log('\n| predicted from | rows | median | P90 | median, signed | covers |\n|---|---|---|---|---|---|');
console.log(line('all others of the configuration', oneOut, { median: 0.05, p90: 0.16, covers: USUAL }));
console.log(line('the same, paper’s capped log-log', configurations.flatMap(logLogOneOut)));
console.log(line('shorter outputs, at 4,096', longest(4096), { median: 0.085, covers: [0.8, 1] }));
console.log(line('the same, paper’s capped log-log', withLongest(4096).flatMap(logLogLongest)));
console.log(line('shorter outputs, at 32,768', longest(32768), { median: 0.07 }));
console.log(line('the same, paper’s capped log-log', withLongest(32768).flatMap(logLogLongest)));
for (const [k, median] of [
  [1, 0.14],
  [2, 0.09],
  [3, 0.075],
  [4, 0.065],
]) {
  console.log(line(`${k} row${k > 1 ? 's' : ''}`, fromRows(k), { median, covers: USUAL }));
}
console.log(line('none: size and hardware', fromNone()));

const noRows = (family) => {
  const held = fromNone((one) => family === undefined || one.family === family);
  return held.length === 0
    ? ''
    : quantile(
        held.map(({ error }) => Math.abs(error)),
        0.5,
      ).toFixed(3);
};

/** What the priors are without a family, and how far they are off for it where a model of it has no rows. */
function priorLine(family, pooled) {
  const { ln_a_over_b: u, ln_b_over_c: v } = scaleFreePrior(pooled, 'dense');
  const { dense, moe } = pooled.residual;
  const ratios = [Math.exp(u.mean).toFixed(2), u.sd.toFixed(2), Math.exp(v.mean).toFixed(0), v.sd.toFixed(2)];
  const residual = [dense.sd.toFixed(3), moe.sd.toFixed(3), dense.growth.toFixed(2)];
  return `| ${[family ?? 'none', ...ratios, ...residual, noRows(family)].join(' | ')} |`;
}

console.log('\n| family left out | a/b | sd | b/c | sd | residual, dense | MoE | growth | median without rows |');
console.log('|---|---|---|---|---|---|---|---|---|');
for (const [family, pooled] of priors) console.log(priorLine(family, pooled));
console.log(priorLine(undefined, poolPriors(pool)));

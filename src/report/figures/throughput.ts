import type { Markish } from '@observablehq/plot';
import { count, percent, significant } from '../../format.js';
import type { FittedCosts } from '../../model/throughput/request-cost-throughput.js';
import { type FittedThroughput, fitThroughput, type ThroughputRow } from '../../model/throughput/throughput.js';
import type { ResolvedModel } from '../../scenario/resolved.js';
import { THROUGHPUT } from '../../tables/schema.js';
import { counted } from '../../words.js';
import { type Drawing, figureMarkup, MUTED, SERIES, seriesLegend } from '../drawing.js';
import { html, type Markup, NOTHING } from '../html.js';
import type { Layout } from '../layout.js';
import type { RunData } from '../run-data.js';
import { tableMarkup } from '../table.js';
import { dataOf } from '../table-texts.js';
import { tick } from './densities.js';
import { coveredOutput, type DrawnThroughput, lawBand, lawTps } from './throughput-law.js';

type FittedModel = ResolvedModel & { readonly throughput: DrawnThroughput };

type Measured = ThroughputRow & { readonly name: string };

/** Lengths over which fits are drawn: what a query may have, well beyond what was measured. */
const [SHORTEST, LONGEST, STEPS] = [16, 65_536, 96];

/**
 * Each model's fitted throughput over the output length, one line for each input length that was measured, with the
 * measurements, the cap, and the range that they cover.
 */
export function throughputFigure(drawing: Drawing, run: RunData, id: string): Markup {
  const models = run.manifest.scenario.models.filter(isFitted);
  if (models.length === 0) return NOTHING;
  return html`${fits(drawing, run, models, id)}${measurementTable(models)}${fitTable(run)}`;
}

function isFitted(model: ResolvedModel): model is FittedModel {
  const { throughput } = model;
  return throughput.method === 'request-cost'
    ? throughput.fit?.output_tokens !== undefined
    : throughput.method !== 'given';
}

function fits(drawing: Drawing, run: RunData, models: readonly FittedModel[], id: string): Markup {
  const points = models.flatMap(({ name, measured = [] }) => measured.map((row) => ({ name, ...row })));
  const inputs = [...new Set(points.map(({ input_tokens }) => input_tokens))].sort((a, b) => a - b);
  const text = {
    id,
    legend: seriesLegend(inputs.map((input) => `${count(input)} input tokens`)),
    title: finding(run),
    subtitle:
      'Throughput of one node, output tokens per second: measurements (dots), fit by input length (lines; of a request-cost fit with what a measurement would lie between, and the log-log fit dotted), cap (dashes), covered lengths (grey).',
    description: models.map(describe).join('; '),
    data: dataOf(points, ['name', 'input_tokens', 'output_tokens', 'tps']),
  };
  return figureMarkup(drawing, text, (layout) => ({
    height: models.length * (layout.name === 'wide' ? 150 : 180) + 60,
    ...{ marginTop: 30, marginLeft: layout.name === 'wide' ? 70 : 56 },
    ...{ marginBottom: 45, marginRight: layout.name === 'wide' ? 210 : 16 },
    x: {
      ...{ type: 'log', label: 'output tokens', domain: [SHORTEST, LONGEST], grid: true, tickFormat: tick },
      ticks: layout.name === 'wide' ? 6 : 4,
    },
    y: { type: 'log', label: 'tok/s', ticks: 3, tickFormat: tick },
    fy: {
      label: null,
      domain: models.map(({ name }) => name),
      axis: null,
      padding: layout.name === 'wide' ? 0.12 : 0.24,
    },
    color: { type: 'ordinal', domain: inputs, range: SERIES, legend: false },
    marks: [...fitMarks(drawing, models, points, inputs), sideMark(drawing, models, layout)],
  }));
}

/** How many draws lie beyond what was measured. */
function finding({ throughput }: RunData): string {
  const [most] = throughput
    .filter(({ serving }) => serving === 'production')
    .sort((a, b) => Number(b.extrapolated_share) - Number(a.extrapolated_share));
  return most === undefined || !(Number(most.extrapolated_share) > 0)
    ? 'Every draw lies within the lengths that were measured'
    : `Of ${most.regime} queries to ${most.model}, ${percent(Number(most.extrapolated_share))} lie beyond the lengths that were measured, the most of all`;
}

function fitMarks(
  { plot }: Drawing,
  models: readonly FittedModel[],
  points: readonly Measured[],
  inputs: readonly number[],
): Markish[] {
  const line = { x: 'output_tokens', y: 'tps', z: 'z', fy: 'name', stroke: 'input_tokens' } as const;
  return [
    plot.rect(models, {
      x1: (m) => coveredOutput(m.throughput)[0],
      x2: (m) => coveredOutput(m.throughput)[1],
      ...{ fy: 'name', fill: MUTED, fillOpacity: 0.13 },
    }),
    plot.frame({ stroke: 'var(--line)' }),
    plot.ruleY(models.flatMap(capOf), { y: 'cap', fy: 'name', stroke: MUTED, strokeDasharray: '5 4' }),
    plot.areaY(
      models.flatMap((model) => band(model, inputs)),
      { x: 'output_tokens', y1: 'low', y2: 'high', z: 'z', fy: 'name', fill: 'input_tokens', fillOpacity: 0.12 },
    ),
    plot.line(
      models.flatMap((model) => logLogBeside(model, inputs)),
      { ...line, strokeWidth: 1, strokeDasharray: '2 3' },
    ),
    plot.line(
      models.flatMap((model) => curve(model, inputs)),
      { ...line, strokeWidth: 1.6 },
    ),
    plot.dot(points, {
      ...{ x: 'output_tokens', y: 'tps', fy: 'name' },
      ...{ fill: 'input_tokens', stroke: 'var(--paper)', r: 4.5 },
    }),
  ];
}

/** What each fit is, beside it, or over it where there is no room: then its first two lines. */
function sideMark({ plot }: Drawing, models: readonly FittedModel[], { name: layout }: Layout): Markish {
  const isWide = layout === 'wide';
  const place = isWide
    ? ({ frameAnchor: 'top-right', dx: 12, dy: 4 } as const)
    : ({ frameAnchor: 'top-left', dx: 0, dy: -16 } as const);
  return plot.text(models, {
    ...{ fy: 'name', textAnchor: 'start', lineHeight: 1.35, fill: 'currentColor', ...place },
    text: (model) => (isWide ? sideText(model) : sideText(model).split('\n').slice(0, 2).join(', ')),
  });
}

function curve({ name, throughput, measured = [] }: FittedModel, inputs: readonly number[]) {
  const own = inputs.filter((input) => measured.some(({ input_tokens }) => input_tokens === input));
  return own.flatMap((input_tokens) =>
    Array.from({ length: STEPS + 1 }, (_, i) => {
      const output_tokens = SHORTEST * (LONGEST / SHORTEST) ** (i / STEPS);
      return {
        name,
        input_tokens,
        output_tokens,
        z: `${name} ${input_tokens}`,
        tps: lawTps(throughput, input_tokens, output_tokens),
      };
    }),
  );
}

function capOf({ name, throughput }: FittedModel) {
  return throughput.method === 'request-cost' ? [] : [{ name, cap: throughput.cap_tps }];
}

/** Between what a measurement would lie, along each curve. */
function band(model: FittedModel, inputs: readonly number[]) {
  return curve(model, inputs).flatMap(({ name, input_tokens, output_tokens, z }) => {
    const bounds = lawBand(model.throughput, input_tokens, output_tokens);
    return bounds ? [{ name, input_tokens, output_tokens, z, low: bounds[0], high: bounds[1] }] : [];
  });
}

/** The log-log law of the same rows, beside another form. */
function logLogBeside(model: FittedModel, inputs: readonly number[]) {
  const throughput = model.throughput.method === 'request-cost' ? fitThroughput(model.measured ?? []) : undefined;
  return throughput ? curve({ ...model, throughput }, inputs) : [];
}

function sideText(model: FittedModel): string {
  const { throughput } = model;
  return throughput.method === 'request-cost'
    ? requestText(model.name, throughput.fit)
    : rateText(model.name, throughput);
}

function requestText(name: string, { rows_used, loo_error, prior_share }: FittedCosts): string {
  const error = loo_error === null ? [] : [`each row from the others: ${percent(Math.expm1(loo_error))}`];
  return [name, `request-cost on ${counted(rows_used, 'row')}`, ...error, `from priors: ${percent(prior_share)}`].join(
    '\n',
  );
}

function rateText(name: string, { method, rows_used, residual_df, cap_tps, r_squared }: FittedThroughput): string {
  const how = method === 'regression' ? `regression on ${rows_used} rows` : `highest of ${rows_used} rows`;
  const judged = residual_df > 0 ? '' : ', no row left to judge it by';
  const fit = r_squared === null ? [] : [`R² ${significant(r_squared)}${judged}`];
  return [name, how, `cap ${significant(cap_tps)} tok/s`, ...fit].join('\n');
}

function describe({ name, throughput }: FittedModel): string {
  const { method } = throughput;
  const of = method === 'request-cost' ? throughput.fit : throughput;
  const covered = `inputs ${of.input_tokens.join('–')} and outputs ${of.output_tokens.join('–')} tokens`;
  const cap = method === 'request-cost' ? '' : `, capped at ${significant(throughput.cap_tps)} tokens per second`;
  return `${name}: ${method} on ${of.rows_used} rows covering ${covered}${cap}`;
}

function measurementTable(models: readonly FittedModel[]): Markup {
  const rows = models.flatMap(({ name, measured = [] }) =>
    measured.map((row) => [
      name,
      significant(row.input_tokens, 5),
      significant(row.output_tokens, 5),
      significant(row.tps, 5),
    ]),
  );
  return tableMarkup(
    'Measurements that throughput is fitted to',
    ['model', 'input tokens', 'output tokens', 'tok/s'],
    rows,
  );
}

function fitTable({ throughput }: RunData): Markup {
  const head = [
    'model',
    'regime',
    'serving',
    'method',
    'rows',
    'ln input',
    'ln output',
    'R²',
    'cap tok/s',
    'a, s',
    'b, s',
    'c, s',
    'capped',
    'extrapolated',
  ];
  const number = (value: number | null) => significant(value ?? Number.NaN);
  const rows = throughput.map((row) => [
    row.model,
    row.regime,
    row.serving,
    row.method,
    `${row.rows_used}`,
    number(row.coef_ln_input_tokens),
    number(row.coef_ln_output_tokens),
    number(row.r_squared),
    number(row.cap_tps),
    number(row.a),
    number(row.b),
    number(row.c),
    percent(row.capped_share ?? Number.NaN),
    percent(row.extrapolated_share ?? Number.NaN),
  ]);
  return tableMarkup('Fits, and shares of draws that were capped or lie outside the measured lengths', head, rows, {
    columns: THROUGHPUT.columns.map(({ name }) => name),
    rows: throughput.map((row) => THROUGHPUT.columns.map(({ name }) => row[name])),
  });
}

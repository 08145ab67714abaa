import type { Markish } from '@observablehq/plot';
import { count, percent, significant } from '../../format.js';
import { logLogLooError } from '../../model/throughput/log-log-uncertainty.js';
import { errorText } from '../../result/throughput-forms.js';
import { THROUGHPUT } from '../../tables/schema.js';
import { counted } from '../../words.js';
import { ACCENT, type Drawing, figureMarkup, MUTED, SERIES, seriesLegend } from '../drawing.js';
import { html, type Markup, NOTHING } from '../html.js';
import type { Layout } from '../layout.js';
import type { RunData } from '../run-data.js';
import { tableMarkup } from '../table.js';
import { dataOf } from '../table-texts.js';
import { tick } from './densities.js';
import { lengthDensities } from './length-density.js';
import { DRAWN_FORMS, type DrawnModel, drawnModel } from './throughput-forms.js';
import { coveredOutput, lawBand, lawTps } from './throughput-law.js';

/** Lengths over which fits are drawn: what a query may have, well beyond what was measured. */
const [SHORTEST, LONGEST, STEPS] = [16, 65_536, 96];

/** Share of a panel's height that the density of draws takes where most draws are. */
const DENSITY_HEIGHT = 0.3;

/**
 * Each model's throughput over the output length under both forms side by side, one line for each input length that was
 * measured: with the measurements, what one more would lie between, the range that they cover, and where the draws are.
 */
export function throughputFigure(drawing: Drawing, run: RunData, id: string): Markup {
  const models = run.manifest.scenario.models.flatMap((model) => drawnModel(model) ?? []);
  if (models.length === 0) return NOTHING;
  return html`${fits(drawing, run, models, id)}${measurementTable(models)}${fitTable(run)}`;
}

function fits(drawing: Drawing, run: RunData, models: readonly DrawnModel[], id: string): Markup {
  const points = models.flatMap(({ name, rows }) => rows.map((row) => ({ name, ...row })));
  const inputs = [...new Set(points.map(({ input_tokens }) => input_tokens))].sort((a, b) => a - b);
  const text = {
    id,
    legend: seriesLegend(inputs.map((input) => `${count(input)} input tokens`)),
    title: finding(run),
    subtitle:
      'Throughput of one node under both forms, output tokens per second: measurements (dots), fit by input length (lines, with what a measurement would lie between with 90 % probability), cap (dashes), covered lengths (grey), and where the draws of each regime lie (hills, highest where most do).',
    description: models.map(describe).join('; '),
    data: dataOf(points, ['name', 'input_tokens', 'output_tokens', 'tps']),
  };
  return figureMarkup(drawing, text, (layout) => {
    const isWide = layout.name === 'wide';
    return {
      height: models.length * (isWide ? 150 : 180) + 80,
      ...{ marginTop: 40, marginLeft: isWide ? 60 : 58, marginBottom: 45, marginRight: isWide ? 215 : 8 },
      x: {
        ...{ type: 'log', label: 'output tokens', domain: [SHORTEST, LONGEST], grid: true, tickFormat: tick },
        ticks: isWide ? 4 : 2,
      },
      y: { type: 'log', label: 'tok/s', domain: domainOf(models, inputs), ticks: 3, tickFormat: tick },
      fx: { label: null, domain: [...DRAWN_FORMS], padding: 0.04 },
      fy: { label: null, domain: models.map(({ name }) => name), axis: null, padding: 0.12 },
      color: { type: 'ordinal', domain: inputs, range: SERIES, legend: false },
      marks: [
        ...hillMarks(drawing, models, { inputs, isLabelled: isWide }, run),
        ...fitMarks(drawing, models, inputs),
        sideMark(drawing, models, layout),
      ],
    };
  });
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

/** What stands in the panels of both forms: covered lengths, and where the draws of each regime lie. */
function hillMarks(
  { plot }: Drawing,
  models: readonly DrawnModel[],
  { inputs, isLabelled }: { readonly inputs: readonly number[]; readonly isLabelled: boolean },
  run: RunData,
): Markish[] {
  const [low, high] = domainOf(models, inputs);
  const top = (density: number) => low * (high / low) ** (DENSITY_HEIGHT * density);
  const names = models.map(({ name }) => name);
  const densities = lengthDensities(run.histogram, names).filter(
    ({ output_tokens }) => output_tokens >= SHORTEST && output_tokens <= LONGEST,
  );
  const hills = onBothForms(densities.map((one) => ({ ...one, low, high: top(one.density) })));
  const peaks = onBothForms(densities.filter(({ density }) => density === 1).map((one) => ({ ...one, y: top(1) })));
  const covered = onBothForms(models.map(({ name, laws }) => ({ name, range: coveredOutput(laws['request-cost']) })));
  const facets = { fx: 'form', fy: 'name' } as const;
  return [
    plot.rect(covered, { x1: (m) => m.range[0], x2: (m) => m.range[1], ...facets, fill: MUTED, fillOpacity: 0.13 }),
    plot.areaY(hills, {
      ...{ x: 'output_tokens', y1: 'low', y2: 'high', z: 'regime', ...facets },
      ...{ fill: ACCENT, fillOpacity: 0.22 },
    }),
    plot.lineY(hills, { x: 'output_tokens', y: 'high', z: 'regime', ...facets, stroke: ACCENT, strokeWidth: 0.8 }),
    plot.text(isLabelled ? peaks : [], {
      x: 'output_tokens',
      y: 'y',
      text: 'regime',
      ...facets,
      dy: -6,
      fontSize: 9,
      fill: MUTED,
    }),
  ];
}

function fitMarks({ plot }: Drawing, models: readonly DrawnModel[], inputs: readonly number[]): Markish[] {
  const facets = { fx: 'form', fy: 'name' } as const;
  const lines = models.flatMap((model) => DRAWN_FORMS.flatMap((form) => curves(model, form, inputs)));
  const points = onBothForms(models.flatMap(({ name, rows }) => rows.map((row) => ({ name, ...row }))));
  const lengths = { x: 'output_tokens', z: 'z', ...facets, clip: true } as const;
  return [
    plot.frame({ stroke: 'var(--line)' }),
    plot.ruleY(models.flatMap(capOf), { y: 'cap', ...facets, stroke: MUTED, strokeDasharray: '5 4' }),
    plot.areaY(
      lines.filter(({ low }) => low !== undefined),
      { ...lengths, y1: 'low', y2: 'high', fill: 'input_tokens', fillOpacity: 0.12 },
    ),
    plot.line(lines, { ...lengths, y: 'tps', stroke: 'input_tokens', strokeWidth: 1.6 }),
    plot.dot(points, {
      ...{ x: 'output_tokens', y: 'tps', ...facets },
      ...{ fill: 'input_tokens', stroke: 'var(--paper)', r: 4 },
    }),
  ];
}

/** How each form fits, beside the panels; the name alone in them where there is no room. */
function sideMark({ plot }: Drawing, models: readonly DrawnModel[], { name: layout }: Layout): Markish {
  const isWide = layout === 'wide';
  const place = isWide
    ? ({ frameAnchor: 'top-right', dx: 12, dy: 4, fx: () => DRAWN_FORMS[1] } as const)
    : ({ frameAnchor: 'top-left', dx: 4, dy: 4, fx: () => DRAWN_FORMS[0] } as const);
  return plot.text(models, {
    ...{ fy: 'name', textAnchor: 'start', lineHeight: 1.35, fill: 'currentColor', ...place },
    text: (model) => (isWide ? sideText(model) : model.name),
  });
}

/** What stands in the panels of both forms. */
function onBothForms<T extends object>(rows: readonly T[]): (T & { readonly form: string })[] {
  return DRAWN_FORMS.flatMap((form) => rows.map((row) => ({ ...row, form })));
}

/** Throughputs that all panels show: of the rows and, within their outputs, of the laws. */
function domainOf(models: readonly DrawnModel[], inputs: readonly number[]): [low: number, high: number] {
  const measured = models.flatMap(({ rows }) => rows.map(({ tps }) => tps));
  const drawn = models.flatMap((model) => curves(model, 'request-cost', inputs).map(({ tps }) => tps));
  return [Math.min(...measured, ...drawn) / 3, Math.max(...measured, ...drawn) * 1.5];
}

/** A form's lines and bands over the output length: of a request-cost law one for each number of queries in flight, too. */
function curves({ name, rows, laws }: DrawnModel, form: (typeof DRAWN_FORMS)[number], inputs: readonly number[]) {
  const own = inputs.filter((input) => rows.some(({ input_tokens }) => input_tokens === input));
  return own.flatMap((input_tokens) =>
    flightsOf(rows, input_tokens, form).flatMap((concurrency) =>
      Array.from({ length: STEPS + 1 }, (_, i) => {
        const output_tokens = SHORTEST * (LONGEST / SHORTEST) ** (i / STEPS);
        const query = { input_tokens, output_tokens, ...(concurrency !== undefined && { concurrency }) };
        const [low, high] = lawBand(laws[form], query, rows) ?? [];
        const z = `${name} ${input_tokens} ${concurrency}`;
        return { name, form, input_tokens, output_tokens, z, tps: lawTps(laws[form], query), low, high };
      }),
    ),
  );
}

function flightsOf(rows: DrawnModel['rows'], input: number, form: string): readonly (number | undefined)[] {
  if (form !== 'request-cost') return [undefined];
  return [...new Set(rows.flatMap((row) => (row.input_tokens === input ? [row.concurrency] : [])))];
}

function capOf({ name, laws }: DrawnModel) {
  const law = laws['by lengths alone'];
  return law.method === 'request-cost' ? [] : [{ name, form: 'by lengths alone', cap: law.cap_tps }];
}

function sideText({ name, rows, own, laws }: DrawnModel): string {
  const [rates, costs] = DRAWN_FORMS.map((form) => laws[form]);
  const mark = (form: string) => (form === own ? ' (in use)' : '');
  return [
    name,
    `${counted(rows.length, 'row')}, each from the others:`,
    ...(rates.method === 'request-cost'
      ? []
      : [`${nameOf(rates)}${mark('by lengths alone')} ${looText(logLogLooError(rows))}`]),
    ...(costs.method === 'request-cost' ? [`request-cost${mark('request-cost')} ${looText(costs.fit.loo_error)}`] : []),
    ...(costs.method === 'request-cost' ? [`from priors: ${percent(costs.fit.prior_share)}`] : []),
    ...(rates.method === 'regression' && rates.r_squared !== null
      ? [`log-log R² ${significant(rates.r_squared)}`]
      : []),
  ].join('\n');
}

function nameOf({ method }: { readonly method: string }): string {
  return method === 'maximum' ? 'highest' : 'log-log';
}

function looText(error: number | null): string {
  return error === null ? '–' : errorText(error);
}

function describe({ name, rows, own, laws }: DrawnModel): string {
  const law = laws[own];
  const of = law.method === 'request-cost' ? law.fit : law;
  const covered = `inputs ${of.input_tokens.join('–')} and outputs ${of.output_tokens.join('–')} tokens`;
  const cap = law.method === 'request-cost' ? '' : `, capped at ${significant(law.cap_tps)} tokens per second`;
  return `${name}: ${law.method} on ${rows.length} rows covering ${covered}${cap}`;
}

function measurementTable(models: readonly DrawnModel[]): Markup {
  const rows = models.flatMap(({ name, rows: measured }) =>
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

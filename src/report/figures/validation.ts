import { exp, ln } from '../../distributions/elementary.js';
import { percent, significant } from '../../format.js';
import type { ScoredRow } from '../../validate/scored-row.js';
import { lnErrorOf, scoresOf } from '../../validate/scores.js';
import { counted } from '../../words.js';
import { type Drawing, figureMarkup, MUTED, SERIES, seriesLegend } from '../drawing.js';
import type { Markup } from '../html.js';
import { dataOf, type TableData } from '../table-texts.js';

/** Predicted against measured energies, with 90 % intervals; on the diagonal they agree. */
export function agreementFigure(drawing: Drawing, rows: readonly ScoredRow[], id: string): Markup {
  const { plot } = drawing;
  const points = rows.map(({ measured_wh, prediction, accelerator }) => ({
    measured: measured_wh,
    accelerator,
    ...prediction.quantiles,
  }));
  const energies = points.flatMap(({ measured, p50 }) => [measured, p50]);
  const ends = [Math.min(...energies), Math.max(...energies)];
  const accelerators = [...new Set(points.map(({ accelerator }) => accelerator))];
  const text = {
    id: `${id}-agreement`,
    title: agreementTitle(rows),
    subtitle: 'Predicted against measured, Wh per request; on the dashed line both agree; thin lines: 90 % intervals.',
    data: scoredData(rows),
    description: `${rows.length} measurements with the medians and 90 % intervals that were predicted for them; on the diagonal both agree.`,
    legend: seriesLegend(accelerators),
  };
  return figureMarkup(drawing, text, () => ({
    height: 480,
    marginLeft: 60,
    x: { type: 'log', label: 'measured, Wh per request' },
    y: { type: 'log', label: 'predicted, Wh per request' },
    color: { type: 'ordinal', domain: accelerators, range: SERIES },
    marks: [
      plot.line(ends, {
        x: (value: number) => value,
        y: (value: number) => value,
        stroke: MUTED,
        strokeDasharray: '4 3',
      }),
      plot.ruleX(points, { x: 'measured', y1: 'p05', y2: 'p95', stroke: 'accelerator', strokeOpacity: 0.15 }),
      plot.dot(points, { x: 'measured', y: 'p50', stroke: 'accelerator', r: 2 }),
    ],
  }));
}

function agreementTitle(rows: readonly ScoredRow[]): string {
  return `Half of ${counted(rows.length, 'prediction')} lie within a factor of ${significant(exp(scoresOf(rows).median_abs))} of what was measured`;
}

function scoredData(rows: readonly ScoredRow[]): TableData {
  return {
    columns: ['dataset', 'model', 'accelerator', 'workload', 'concurrency', 'measured_wh', 'p05', 'p50', 'p95', 'pit'],
    rows: rows.map(({ row, accelerator, measured_wh, prediction: { quantiles, pit } }) => [
      ...[row.dataset, row.model, accelerator, row.workload, row.concurrency ?? null, measured_wh],
      ...[quantiles.p05, quantiles.p50, quantiles.p95, pit],
    ]),
  };
}

function concurrencyTitle(rows: readonly ScoredRow[]): string {
  const { bias, slope } = scoresOf(rows);
  const signed = (value: number) => `${value < 0 ? '−' : '+'}${significant(Math.abs(value), 2)}`;
  const rise =
    slope === null
      ? 'concurrency varies too little to tell more'
      : `and change by ${signed(slope)} for each e-fold of queries in flight`;
  return `Errors are ${signed(bias)} in ln at the median, ${rise}`;
}

const BINS = 20;

/** How often measurements lie in each twentieth of what was predicted: level where the predictions know what they do not know. */
export function pitFigure(drawing: Drawing, rows: readonly ScoredRow[], id: string): Markup {
  const { plot } = drawing;
  const bins = Array.from({ length: BINS }, (_, i) => ({ from: i / BINS, to: (i + 1) / BINS, count: 0 }));
  for (const { prediction } of rows) bins[Math.min(BINS - 1, Math.floor(prediction.pit * BINS))].count++;
  const text = {
    id: `${id}-pit`,
    title: `${percent(scoresOf(rows).coverage90)} of ${counted(rows.length, 'measurement')} lie in their 90 % interval`,
    subtitle:
      'Probability integral transforms: how many measurements lie in each twentieth of what was predicted; level, at the dashed line, where predictions know what they do not know.',
    data: dataOf(bins, ['from', 'to', 'count']),
    description: `How many of ${rows.length} measurements lie in each twentieth of the predicted distributions; the line is what would be if they were drawn from them.`,
  };
  return figureMarkup(drawing, text, () => ({
    height: 240,
    marginLeft: 60,
    x: { label: 'predicted probability of less than was measured', domain: [0, 1] },
    y: { label: 'measurements' },
    marks: [
      plot.rectY(bins, { x1: 'from', x2: 'to', y: 'count', fill: SERIES[0], fillOpacity: 0.6 }),
      plot.ruleY([rows.length / BINS], { stroke: MUTED, strokeDasharray: '4 3' }),
      plot.ruleY([0]),
    ],
  }));
}

/** Errors against concurrency: level where the number of queries in flight is accounted for. */
export function concurrencyFigure(drawing: Drawing, rows: readonly ScoredRow[], id: string): Markup {
  const { plot } = drawing;
  const points = rows.map((one) => ({
    concurrency: one.row.concurrency,
    error: lnErrorOf(one),
    workload: one.row.workload,
  }));
  const workloads = [...new Set(points.map(({ workload }) => workload))];
  const text = {
    id: `${id}-concurrency`,
    title: concurrencyTitle(rows),
    subtitle: 'ln(predicted / measured) against queries in flight; dashed: both agree, and a factor of two.',
    data: dataOf(points, ['concurrency', 'error', 'workload']),
    description: `Errors of ${rows.length} predicted medians by concurrency; ±${ln(2).toFixed(2)} is a factor of two.`,
    legend: seriesLegend(workloads),
  };
  return figureMarkup(drawing, text, () => ({
    height: 320,
    marginLeft: 60,
    x: { type: 'log', label: 'queries in flight' },
    y: { label: 'ln(predicted / measured)' },
    color: { type: 'ordinal', domain: workloads, range: SERIES },
    marks: [
      plot.ruleY([-ln(2), 0, ln(2)], { stroke: MUTED, strokeDasharray: '4 3' }),
      plot.dot(points, { x: 'concurrency', y: 'error', stroke: 'workload', r: 2 }),
    ],
  }));
}

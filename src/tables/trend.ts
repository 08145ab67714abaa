import { count, float, type Row, text } from './columns.js';

const SEE_UNIT = 'see unit column';

/** Results of one scenario night after night, from `tokenjoule trend`: a row for each night and result. */
export const TREND = {
  name: 'trend',
  columns: [
    text('night', 'name of the folder of the night'),
    text('scenario', 'name of the scenario'),
    text('regime', 'kind of query; empty for a fleet'),
    text('subject_kind', 'what the row is about: model, blend or mix (of a fleet)'),
    text('subject', 'name of the model, blend or mix'),
    text('formula', 'form that gave the energy; empty in tables of format 1'),
    text('metric', 'energy (of a query) or energy_per_day (of a fleet)'),
    text('statistic', 'p50 of an energy, total of a fleet'),
    text('unit', 'unit of the numbers in this row'),
    float('value', SEE_UNIT, 'the statistic on this night'),
    float('low', SEE_UNIT, 'lower end of its 95 % Monte Carlo interval; null for a fleet'),
    float('high', SEE_UNIT, 'upper end of its 95 % Monte Carlo interval; null for a fleet'),
    float('ratio', '1', 'value over that of the night before which has one; null on the first'),
    text('moved', 'yes where the ratio differs from 1 by more than the Monte Carlo errors of both; no; first'),
    text('changed', 'what differs from the night before: keys of the scenario, data, version; empty if nothing'),
    count('samples', 'draws', 'draws per model and regime'),
  ],
} as const;

/** One result on one night: a row of `trend.arrow`. */
export type TrendRow = Row<typeof TREND>;

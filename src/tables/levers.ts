import { count, float, type Row, text } from './columns.js';

const SEE_UNIT = 'see unit column';

/** What could be changed in a scenario and what each change saves, from `tokenjoule levers`: a row for each, subject and metric. */
export const LEVERS_TABLE = {
  name: 'levers',
  columns: [
    text('scenario', 'name of the scenario'),
    text('lever', 'name of the lever; all: those that combine, together; name of a pathway'),
    text('kind', 'lever, combination, or pathway: an improvement that the scenario states as a multiplier'),
    count('rank', '1', 'from 1 by the energy saved of the first subject, among its kind'),
    text('settings', 'keys and values set, as for --set, one a line; empty for a pathway'),
    text('basis', 'where the values come from: measured, published, assumed (a what-if), or stated by the user'),
    text('source', 'their source'),
    text('regime', 'kind of query; empty for a mix'),
    text('subject_kind', 'what the row is about: mix (of a fleet), blend or model'),
    text('subject', 'its name'),
    text('metric', 'energy, carbon, water or cost of a query'),
    text('unit', 'unit of now, saved and their interval'),
    float('now', SEE_UNIT, 'mean as the scenario is'),
    float('saved', SEE_UNIT, 'mean that is saved'),
    float('saved_low', SEE_UNIT, 'lower end of its 95 % Monte Carlo interval'),
    float('saved_high', SEE_UNIT, 'upper end of its 95 % Monte Carlo interval'),
    float('share', '1', 'saved over now'),
    float('share_low', '1', 'lower end of its 95 % Monte Carlo interval'),
    float('share_high', '1', 'upper end of its 95 % Monte Carlo interval'),
    float('share_p05', '1', '5th percentile over queries of the share that each saves; null for a mix'),
    float('share_p95', '1', '95th percentile over queries of the share that each saves; null for a mix'),
    float('if_multiplied', '1', 'of a combination: the share if its levers saved independently; else null'),
    text('unit_per_day', 'unit of the fleet: MWh/day, tCO2e/day, m3/day or currency/day; empty without a fleet'),
    float('saved_per_day', 'see unit_per_day column', 'saved by the fleet; null without a fleet'),
    float('saved_per_day_low', 'see unit_per_day column', 'lower end of its 95 % Monte Carlo interval'),
    float('saved_per_day_high', 'see unit_per_day column', 'upper end of its 95 % Monte Carlo interval'),
    count('n', 'draws', 'draws that both have a finite number in'),
    text('formula', 'formula of the energy'),
  ],
} as const;

/** What one change saves of one metric of one subject: a row of `levers.arrow`. */
export type LeverRow = Row<typeof LEVERS_TABLE>;

import { float, type Row, text } from './columns.js';

const WH = 'Wh/request';

/** Predictions beside measured energies, from `tokenjoule validate`: a row for each measurement, formula and input length. */
export const VALIDATION = {
  name: 'validation',
  columns: [
    text('dataset', 'where the measurement is from'),
    text('model', 'canonical name of the model; as written where it is unknown'),
    text('accelerator', 'canonical name of the accelerator; as written where it is unknown'),
    text('quantization', 'canonical name of the precision of the weights; as written where it is unknown'),
    text('workload', 'what was asked'),
    float('input_tokens', 'tok', 'mean input length: stated, or one of the two published for the workload'),
    float('output_tokens', 'tok', 'mean output length'),
    float('concurrency', 'queries', 'queries in flight or waiting on all accelerators of the row'),
    text(
      'formula',
      'request-cost (with power against load), oviedo, scenario or regression; empty for an unmatched row',
    ),
    text('match', 'strict; loose: one of model, chip, precision and accelerators differs; none'),
    text('reason', 'what the prediction rests on and what differs; of an unmatched row, why'),
    text('boundary', 'what measured and predicted energy count: gpu_board, node_ac, facility or fleet'),
    float('measured', WH, 'energy of a request as measured; null where the row states none'),
    float('p05', WH, '5th percentile of the mean energy of a request, as it was known without the measurement'),
    float('p25', WH, '25th percentile'),
    float('p50', WH, 'median'),
    float('p75', WH, '75th percentile'),
    float('p95', WH, '95th percentile'),
    float('pit', '1', 'probability that the formula gave to less than was measured'),
  ],
} as const;

/** One prediction beside its measurement: a row of `validation.arrow`. */
export type ValidationRow = Row<typeof VALIDATION>;

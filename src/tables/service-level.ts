import { float, type Row, text } from './columns.js';

/** Times per output token against the limit of a scenario that states `slo`: one row for each model in each regime. */
export const SERVICE_LEVEL = {
  name: 'service_level',
  columns: [
    text('scenario', 'name of the scenario'),
    text('regime', 'kind of query'),
    text('model', 'name of the model'),
    float('concurrency', 'queries', 'queries in flight on a full node, mean'),
    float('limit', 's/tok', 'longest time per output token that the service allows'),
    float(
      'full_node',
      's/tok',
      'time per output token on a full node: concurrency times node-seconds over output tokens, of means',
    ),
    float('worst', 's/tok', 'the same in the hour of the highest load; without load, of a full node'),
    float('mean', 's/tok', 'mean over queries'),
    float('share_beyond', '1', 'share of queries in hours beyond the limit'),
    text('kept', 'yes, or no where any hour is beyond the limit: the energy is that of a service that breaks it'),
    float('energy_p50', 'Wh/query', 'median energy of a query, beside which the limit is kept or not'),
  ],
} as const;

/** One model in one regime against the limit: a row of `service_level.arrow`. */
export type ServiceLevelRow = Row<typeof SERVICE_LEVEL>;

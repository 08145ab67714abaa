import { count, float, type Row, text } from './columns.js';

/** A fleet through the hours of its load, from a scenario that states `load`: one row for each mix and hour. */
export const LOAD = {
  name: 'load',
  columns: [
    text('scenario', 'name of the scenario'),
    text(
      'mix',
      'name of the mix of regimes; empty without a fleet, whose nodes then count as the full ones of the peak hour',
    ),
    count('hour', 'h', 'hour from Monday 00:00 UTC, or of a day from 00:00 UTC'),
    float('arriving', '1', 'work that arrives, over that of the peak hour for which the nodes were bought'),
    float('node_load', '1', 'load of the serving nodes; 0 where none serves'),
    float('nodes_owned', 'nodes', 'nodes owned'),
    float('nodes_serving', 'nodes', 'nodes that serve'),
    float('nodes_parked', 'nodes', 'nodes that are parked'),
    float(
      'energy_factor',
      '1',
      'energy over that of full nodes for the work of the hour; null where nothing is served',
    ),
    float('power_mw', 'MW', 'power of the facility; null without a fleet'),
    float('late_share', '1', 'share of the work of the hour that is served in a later one'),
  ],
} as const;

/** One hour of a fleet: a row of `load.arrow`. */
export type LoadRow = Row<typeof LOAD>;

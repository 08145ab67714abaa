import { percent, significant } from '../../format.js';
import type { LoadRow } from '../../tables/load-hours.js';
import { type Drawing, figureMarkup, MUTED, SERIES, seriesLegend } from '../drawing.js';
import { html, type Markup, NOTHING } from '../html.js';
import type { RunData } from '../run-data.js';
import { dataOf } from '../table-texts.js';

const HOURS_PER_DAY = 24;

/** What is drawn of an hour, in nodes. */
const LINES = ['work, in full nodes', 'nodes serving', 'nodes owned'] as const;

/** A fleet through the hours of its load: the work that is served, the nodes that serve it and those that are owned, for each mix. */
export function weekFigures(drawing: Drawing, { load }: RunData, id: string): Markup {
  if (load.length === 0) return NOTHING;
  const mixes = [...new Set(load.map(({ mix }) => mix))];
  return html`${mixes.map((mix, i) =>
    figure(
      drawing,
      load.filter((row) => row.mix === mix),
      `${id}-${i}`,
    ),
  )}`;
}

function figure(drawing: Drawing, hours: readonly LoadRow[], id: string): Markup {
  const { plot } = drawing;
  const points = hours.flatMap((row) => linesOf(row).map((nodes, i) => ({ hour: row.hour, line: LINES[i], nodes })));
  const text = {
    id,
    title: titleOf(hours),
    subtitle: `${hours[0].mix === '' ? 'Nodes count as the full ones of the peak hour' : `Mix ${hours[0].mix}`}; hours in UTC${hours.length > HOURS_PER_DAY ? ', from Monday' : ''}. Between work and owned nodes lies what idles.`,
    description: titleOf(hours),
    legend: seriesLegend(LINES),
    data: dataOf(hours, COLUMNS),
  };
  return figureMarkup(drawing, text, (layout) => ({
    height: 260,
    marginLeft: 60,
    x: { label: 'hour', ticks: layout.name === 'wide' ? 8 : 4 },
    y: { label: 'nodes', zero: true, grid: true },
    color: { type: 'ordinal', domain: [...LINES], range: SERIES },
    marks: [
      plot.line(points, { x: 'hour', y: 'nodes', stroke: 'line', strokeWidth: 1.6 }),
      plot.ruleY([0], { stroke: MUTED }),
    ],
  }));
}

const COLUMNS = [
  ...(['mix', 'hour', 'arriving', 'node_load', 'nodes_owned', 'nodes_serving', 'nodes_parked'] as const),
  ...(['energy_factor', 'power_mw', 'late_share'] as const),
];

function linesOf({ node_load, nodes_serving, nodes_owned }: LoadRow): number[] {
  return [Number(node_load) * Number(nodes_serving), Number(nodes_serving), Number(nodes_owned)];
}

function titleOf(hours: readonly LoadRow[]): string {
  const mean = (of: (row: LoadRow) => number) => hours.reduce((sum, row) => sum + of(row), 0) / hours.length;
  const work = mean((row) => linesOf(row)[0]);
  const owned = Number(hours[0].nodes_owned);
  const power = hours.every(({ power_mw }) => power_mw !== null)
    ? `, which draw ${significant(mean(({ power_mw }) => Number(power_mw)))} MW in the mean`
    : '';
  return `The work of the hours fills ${percent(work / owned)} of ${significant(owned)} nodes${power}`;
}

import { rangeText, significant } from '../format.js';
import { counted } from '../words.js';
import { ACCENT, type Drawing, figureMarkup, openDrawing } from './drawing.js';
import { tick } from './figures/densities.js';
import { html, type Markup, NOTHING, trusted } from './html.js';
import { namedRows } from './layout.js';
import type { OverviewResult, OverviewRun } from './overview-run.js';
import { STYLE } from './style.js';
import { tableMarkup } from './table.js';
import type { TableData } from './table-texts.js';

/** No script, no font, no image, as of the report. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/** More rows than this make no figure that can be read: the least and the most are drawn, and all stand in the table. */
const MOST_DRAWN = 40;

interface Line extends OverviewResult {
  readonly run: OverviewRun;
  readonly label: string;
}

/** Many runs on one page that needs nothing else: contents, a figure, and a table of all results. @param folder that they are in */
export async function overviewPage(folder: string, runs: readonly OverviewRun[]): Promise<string> {
  const drawing = await openDrawing(`${counted(runs.length, 'run')} in ${folder}`);
  const lines = runs
    .flatMap((run) =>
      run.results.map((one) => ({ ...one, run, label: `${run.folder}, ${one.row.regime}, ${one.row.subject}` })),
    )
    .sort((a, b) => Number(b.row.p50) - Number(a.row.p50));
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="color-scheme" content="light dark">
<title>Energy per query: ${counted(runs.length, 'run')}</title><style>${trusted(STYLE)}</style></head>
<body><main><p class="small">tokenjoule report</p><h1>Energy per query: ${counted(runs.length, 'run')} in ${folder}</h1>
${lines.length === 0 ? NOTHING : html`<p class="headline">${finding(lines)}</p>${figure(drawing, lines)}`}
<h2>Contents</h2><nav aria-label="Contents"><ol>${runs.map(entry)}</ol></nav>
<h2>All results</h2>${table(lines)}
</main></body></html>
`.markup;
}

function finding(lines: readonly Line[]): string {
  const [most, least] = [lines[0], lines[lines.length - 1]];
  const of = ({ label, row }: Line) => `${significant(Number(row.p50))} Wh (${label})`;
  return most === least
    ? `In the median a query takes ${of(most)}`
    : `In the median a query takes from ${of(least)} to ${of(most)}`;
}

function figure(drawing: Drawing, lines: readonly Line[]): Markup {
  const { plot } = drawing;
  const half = MOST_DRAWN / 2;
  const drawn = lines.length <= MOST_DRAWN ? lines : [...lines.slice(0, half), ...lines.slice(-half)];
  const rows = drawn.map(({ label, row, known }) => ({ label, ...row, low: known?.[0], high: known?.[1] }));
  const names = rows.map(({ label }) => label);
  const left =
    lines.length > drawn.length ? ` The ${half} largest and smallest of ${lines.length}; all are in the table.` : '';
  const text = {
    id: 'overview',
    title: finding(lines),
    subtitle: `Medians (dots), quartiles of queries (thick) and, where asked for, what the median is known to (thin), Wh per query.${left}`,
    description: rows.map(({ label, p50 }) => `${label}: ${significant(Number(p50))} Wh`).join('; '),
    data: dataOf(lines),
  };
  return figureMarkup(drawing, text, (layout) => {
    const { marginLeft, height, axis, marks } = namedRows(drawing, layout, names, { channel: 'y', rowHeight: 22 });
    return {
      height: height + 60,
      ...{ marginLeft, marginBottom: 45, marginRight: 60 },
      x: { type: 'log', label: 'Wh per query', grid: true, ticks: 4, tickFormat: tick },
      y: { ...axis, domain: names },
      marks: [
        plot.ruleY(rows, { x1: 'p25', x2: 'p75', y: 'label', stroke: ACCENT, strokeWidth: 5, strokeOpacity: 0.35 }),
        plot.ruleY(
          rows.filter(({ low }) => low !== undefined),
          { x1: 'low', x2: 'high', y: 'label', stroke: 'currentColor' },
        ),
        plot.dot(rows, { x: 'p50', y: 'label', r: 3.5, fill: ACCENT }),
        ...marks,
      ],
    };
  });
}

/** A run's name, which leads to its own report where there is one. */
function entry({ folder, hasReport, name, description, results }: OverviewRun): Markup {
  const file = `${encodeURIComponent(folder)}/report.html`;
  const label = folder === name ? name : `${folder}: ${name}`;
  const said = results.map(({ row }) => `${row.regime} ${significant(Number(row.p50))} Wh`).slice(0, 3);
  const more = results.length > said.length ? ', …' : '';
  return html`<li>${hasReport ? html`<a href="${file}">${label}</a>` : label} <span class="small">${description} ${said.join(', ')}${more}</span></li>`;
}

function table(lines: readonly Line[]): Markup {
  const head = ['run', 'regime', 'subject', 'median, Wh', 'known to', 'quartiles', 'P5–P95', 'boundary', 'samples'];
  const cells = lines.map(({ run, row, known }) => [
    ...[run.folder, row.regime, row.subject, significant(Number(row.p50))],
    known === undefined ? 'not asked for' : rangeText(...known, 2),
    rangeText(Number(row.p25), Number(row.p75)),
    rangeText(Number(row.p05), Number(row.p95)),
    ...[row.boundary, row.n.toLocaleString('en-US')],
  ]);
  return tableMarkup('Results of all runs, Wh per query', head, cells, dataOf(lines));
}

function dataOf(lines: readonly Line[]): TableData {
  return {
    columns: [
      ...['run', 'scenario', 'regime', 'subject', 'trim', 'boundary', 'p05', 'p25', 'p50', 'p75', 'p95', 'mean'],
      ...['median_known_p05', 'median_known_p95', 'n', 'seed', 'engine_version'],
    ],
    rows: lines.map(({ run, row, known }) => [
      ...[run.folder, run.name, row.regime, row.subject, row.trim, row.boundary],
      ...[row.p05, row.p25, row.p50, row.p75, row.p95, row.mean],
      ...[known?.[0] ?? null, known?.[1] ?? null, row.n, run.seed, run.engine_version],
    ]),
  };
}

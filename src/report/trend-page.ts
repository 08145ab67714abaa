import type { Trend } from '../comparison/trend.js';
import { rangeText, significant } from '../format.js';
import type { TrendRow } from '../tables/trend.js';
import { html, type Markup, trusted } from './html.js';
import { STYLE } from './style.js';

/** No script, no font, no image, as of the report. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/** Every result over the nights as one page that needs nothing else: what moved on the last night first. */
export function trendPage({ nights, rows, moved, missing }: Trend): string {
  const series = seriesOf(rows);
  const isMoved = new Set(moved.map(keyOf));
  const first = moved.map((row) => series.get(keyOf(row)) ?? []);
  const others = [...series].filter(([key]) => !isMoved.has(key)).map(([, one]) => one);
  const lost = missing.length === 0 ? '' : ` Missing on the last night: ${missing.join(', ')}.`;
  const span = `${nights[0]} to ${nights[nights.length - 1]}`;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="color-scheme" content="light dark">
<title>Energy per query, ${span}</title><style>${trusted(STYLE)}</style></head>
<body><main><p class="small">tokenjoule trend</p><h1>Energy over ${String(nights.length)} nights, ${span}</h1>
<p class="headline">${moved.length === 0 ? 'Nothing moved' : html`<strong>${String(moved.length)}</strong> of ${String(series.size)} results moved`} beyond their Monte Carlo error on the last night.${lost}</p>
${section('What moved', first, nights)}
${section(moved.length === 0 ? 'Results' : 'What did not move', others, nights)}
</main></body></html>
`.markup;
}

type Series = readonly TrendRow[];

function seriesOf(rows: readonly TrendRow[]): Map<string, Series> {
  const series = new Map<string, TrendRow[]>();
  for (const row of rows) {
    const known = series.get(keyOf(row));
    if (known) known.push(row);
    else series.set(keyOf(row), [row]);
  }
  return series;
}

function keyOf({ scenario, regime, subject_kind, subject, formula, metric, statistic }: TrendRow): string {
  return JSON.stringify([scenario, regime, subject_kind, subject, formula, metric, statistic]);
}

function section(title: string, series: readonly Series[], nights: readonly string[]): Markup | string {
  if (series.length === 0) return '';
  const head = ['scenario', 'regime', 'of', 'over the nights', 'last', 'Monte Carlo 95 %', 'change', 'changed'];
  return html`<h2>${title}</h2><div class="wide"><table><thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${series.map((one) => rowMarkup(one, nights))}</tbody></table></div>`;
}

function rowMarkup(series: Series, nights: readonly string[]): Markup {
  const last = series[series.length - 1];
  const { scenario, regime, subject, value, unit, low, high, ratio, changed } = last;
  const interval = low === null || high === null ? '–' : rangeText(low, high);
  const change = ratio === null ? 'new' : `${ratio > 1 ? '+' : ''}${significant((ratio - 1) * 100, 2)} %`;
  return html`<tr><th scope="row">${scenario}</th><td class="text">${regime}</td><td class="text">${subject}</td><td>${sparkMarkup(series, nights)}</td>
<td>${significant(value ?? Number.NaN)} ${unit}</td><td>${interval}</td><td>${change}</td><td class="text">${changed}</td></tr>
`;
}

const [WIDTH, HEIGHT, MARGIN] = [140, 30, 4];

/** A line over the nights with the band of its interval; the scale is the series' own, from its lowest to its highest end. */
function sparkMarkup(series: Series, nights: readonly string[]): Markup {
  const points = series.flatMap(({ night, value, low, high }) =>
    value === null ? [] : [{ night, value, low: low ?? value, high: high ?? value }],
  );
  const [least, most] = [Math.min(...points.map((p) => p.low)), Math.max(...points.map((p) => p.high))];
  const x = (night: string) =>
    (MARGIN + (nights.indexOf(night) * (WIDTH - 2 * MARGIN)) / Math.max(1, nights.length - 1)).toFixed(1);
  const y = (value: number) =>
    (most === least
      ? HEIGHT / 2
      : HEIGHT - MARGIN - ((value - least) * (HEIGHT - 2 * MARGIN)) / (most - least)
    ).toFixed(1);
  const line = points.map(({ night, value }) => `${x(night)},${y(value)}`).join(' ');
  const upper = points.map(({ night, high }) => `${x(night)},${y(high)}`);
  const lower = points.map(({ night, low }) => `${x(night)},${y(low)}`).reverse();
  const label = points.map(({ night, value }) => `${night}: ${significant(value)}`).join('; ');
  return html`<svg role="img" aria-label="${label}" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}"><title>${label}</title>
<polygon points="${[...upper, ...lower].join(' ')}" fill="var(--accent)" fill-opacity="0.2"/><polyline points="${line}" fill="none" stroke="var(--accent)" stroke-width="1.5"/>${points.map(({ night, value }) => html`<circle cx="${x(night)}" cy="${y(value)}" r="1.8" fill="var(--accent)"/>`)}</svg>`;
}

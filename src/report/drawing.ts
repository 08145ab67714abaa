import type { PlotOptions } from '@observablehq/plot';
import { downloadLink, fileStem, linksMarkup } from './downloads.js';
import { html, type Markup, NOTHING, trusted } from './html.js';
import { type Layout, NARROW, WIDE } from './layout.js';
import { svgFile } from './svg-file.js';
import { csvText, type TableData } from './table-texts.js';

/** What figures are drawn with: Observable Plot on a document that is no browser's. Imported late (0.4 s). */
export interface Drawing {
  readonly plot: typeof import('@observablehq/plot');
  readonly document: ReturnType<typeof import('linkedom').parseHTML>['document'];
  /** What a figure says of where it comes from, on the page and in its file. */
  readonly origin: string;
}

/** @param origin e.g. `oviedo-2026 · facility · tokenjoule 0.3.0` */
export async function openDrawing(origin = ''): Promise<Drawing> {
  const [plot, { parseHTML }] = await Promise.all([import('@observablehq/plot'), import('linkedom')]);
  return { plot, document: parseHTML('<!doctype html><html><body></body></html>').document, origin };
}

export interface FigureText {
  /** Unique on the page, in letters, digits and '-'. */
  readonly id: string;
  /** What the figure shows, as a sentence that its numbers say. */
  readonly title: string;
  /** What is drawn, and how to read it. */
  readonly subtitle?: string;
  /** The figure's numbers, for a reader who does not see it. */
  readonly description: string;
  /** What the colours mean. */
  readonly legend?: readonly LegendEntry[];
  /** What is drawn, for a file. */
  readonly data?: TableData;
}

export interface LegendEntry {
  readonly label: string;
  readonly color: string;
}

/** How a figure is drawn, the same at every width or for each. */
export type FigureOptions = PlotOptions | ((layout: Layout) => PlotOptions);

/**
 * A drawn figure with its caption: SVG with title and description, as screen readers announce it, drawn for a page and for a phone,
 * with where it comes from and the files of it.
 */
export function figureMarkup(drawing: Drawing, text: FigureText, options: FigureOptions): Markup {
  const wide = svgMarkup(drawing, text, options, WIDE);
  const narrow = typeof options === 'function' ? svgMarkup(drawing, text, options, NARROW) : undefined;
  const subtitle = text.subtitle === undefined ? NOTHING : html`<p class="small">${text.subtitle}</p>`;
  const drawn =
    narrow === undefined
      ? html`<div class="wide">${trusted(wide)}</div>`
      : html`<div class="by-width">${trusted(wide)}${trusted(narrow)}</div>`;
  return html`<figure id="${text.id}"><figcaption><strong>${text.title}</strong></figcaption>${subtitle}${legendMarkup(text.legend ?? [])}${drawn}${footMarkup(drawing, text, wide)}</figure>
`;
}

function svgMarkup({ plot, document }: Drawing, text: FigureText, options: FigureOptions, layout: Layout): string {
  const own = typeof options === 'function' ? options(layout) : options;
  const drawn = plot.plot({ width: layout.width, ...own, document, figure: false, className: 'plot' });
  const id = `${text.id}-${layout.name}`;
  const labels = { title: text.title, desc: text.description };
  for (const [tag, words] of Object.entries(labels).reverse()) {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    element.setAttribute('id', `${id}-${tag}`);
    element.textContent = words;
    drawn.insertBefore(element, drawn.firstChild);
  }
  drawn.setAttribute('role', 'img');
  drawn.setAttribute('aria-labelledby', `${id}-title ${id}-desc`);
  drawn.setAttribute('class', `plot ${layout.name}`);
  return drawn.outerHTML;
}

function footMarkup({ origin }: Drawing, text: FigureText, svg: string): Markup {
  const stem = fileStem(text.title);
  const { data } = text;
  const links = [
    downloadLink('SVG', `${stem}.svg`, 'image/svg+xml', svgFile(svg, text, origin)),
    ...(data === undefined ? [] : [downloadLink('CSV', `${stem}.csv`, 'text/csv;charset=utf-8', csvText(data))]),
  ];
  return html`<p class="small foot">${origin} ${linksMarkup(links)}</p>`;
}

function legendMarkup(entries: readonly LegendEntry[]): Markup {
  if (entries.length === 0) return NOTHING;
  const items = entries.map(({ label, color }) => html`<li><span style="background:${color}"></span>${label}</li>`);
  return html`<ul class="legend">${items}</ul>`;
}

/** The legend of an ordinal scale: entry i has series colour i. */
export function seriesLegend(labels: readonly string[]): LegendEntry[] {
  return labels.map((label, i) => ({ label, color: SERIES[i % SERIES.length] }));
}

/** Colours that follow the page's light or dark scheme; palette.ts gives them their values. */
export const ACCENT = 'var(--accent)';
export const MUTED = 'var(--muted)';
/** Of cells with words in them: readable at any opacity up to 0.65. */
export const HEAT = 'var(--heat)';
export const SERIES = [
  'var(--s1)',
  'var(--s2)',
  'var(--s3)',
  'var(--s4)',
  'var(--s5)',
  'var(--s6)',
  'var(--s7)',
  'var(--s8)',
];

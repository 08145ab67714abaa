import type { PlotOptions } from '@observablehq/plot';
import { html, type Markup, NOTHING, trusted } from './html.js';

/** What figures are drawn with: Observable Plot on a document that is no browser's. Imported late (0.4 s). */
export interface Drawing {
  readonly plot: typeof import('@observablehq/plot');
  readonly document: ReturnType<typeof import('linkedom').parseHTML>['document'];
}

export async function openDrawing(): Promise<Drawing> {
  const [plot, { parseHTML }] = await Promise.all([import('@observablehq/plot'), import('linkedom')]);
  return { plot, document: parseHTML('<!doctype html><html><body></body></html>').document };
}

export interface FigureText {
  /** Unique on the page, in letters, digits and '-'. */
  readonly id: string;
  readonly title: string;
  /** What the figure shows, for a reader who does not see it. */
  readonly description: string;
  /** What the colours mean. */
  readonly legend?: readonly LegendEntry[];
}

export interface LegendEntry {
  readonly label: string;
  readonly color: string;
}

const WIDTH = 860;

/** A drawn figure with its caption: SVG with title and description, as screen readers announce it. */
export function figureMarkup({ plot, document }: Drawing, text: FigureText, options: PlotOptions): Markup {
  const drawn = plot.plot({ width: WIDTH, ...options, document, figure: false, className: 'plot' });
  const labels = { title: text.title, desc: text.description };
  for (const [tag, words] of Object.entries(labels).reverse()) {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    element.setAttribute('id', `${text.id}-${tag}`);
    element.textContent = words;
    drawn.insertBefore(element, drawn.firstChild);
  }
  drawn.setAttribute('role', 'img');
  drawn.setAttribute('aria-labelledby', `${text.id}-title ${text.id}-desc`);
  return html`<figure id="${text.id}"><figcaption>${text.title}</figcaption>${legendMarkup(text.legend ?? [])}<div class="wide">${trusted(drawn.outerHTML)}</div></figure>
`;
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

/** Colours that follow the page's light or dark scheme; style.ts gives them their values. */
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

import type { Markish } from '@observablehq/plot';
import type { Drawing } from './drawing.js';

/** For which width a figure is drawn: at true size, so that its words are as large on a phone. */
export interface Layout {
  readonly name: 'wide' | 'narrow';
  /** Pixels. */
  readonly width: number;
}

/** Both drawings of a figure; style.ts shows the one that fits its place. */
export const WIDE: Layout = { name: 'wide', width: 860 };
export const NARROW: Layout = { name: 'narrow', width: 360 };

/** Mean width of a character of the figures' 12 px type, px: Helvetica has 5.9 to 6.4, DejaVu 7.2. */
const CHARACTER = 7.2;
const TICKS = 14;
/** Names take at most so much of a wide figure. */
const MOST_MARGIN = 390;

/** Rows with a name each: where the names stand, and how high a row is. */
export interface NamedRows {
  readonly marginLeft: number;
  /** Pixels of all rows. */
  readonly height: number;
  /** What the scale of rows says of its axis: names beside the rows where there is room. */
  readonly axis: { readonly axis: 'left' | null; readonly label: null; readonly tickFormat: (name: string) => string };
  /** Names over the rows, where there is none beside them. */
  readonly marks: readonly Markish[];
  /** Space that bars leave above them for a name, px. */
  readonly inset: number;
  /** Share of a facet's step that is left free, the place of a name over it included. */
  readonly padding: number;
}

/** Height that a name above its row adds, px. */
const NAME = 16;

/**
 * Names of rows beside them, or on a narrow figure above them.
 *
 * @param channel the scale that the rows are on
 * @param rowHeight of a wide figure, px
 */
export function namedRows(
  { plot }: Pick<Drawing, 'plot'>,
  { name: layout, width }: Layout,
  names: readonly string[],
  { channel, rowHeight }: { readonly channel: 'y' | 'fy'; readonly rowHeight: number },
): NamedRows {
  const isWide = layout === 'wide';
  const longest = Math.max(0, ...names.map((name) => name.length)) * CHARACTER + TICKS;
  const marginLeft = isWide ? Math.ceil(Math.min(MOST_MARGIN, longest)) : 16;
  const most = Math.floor((isWide ? marginLeft - TICKS : width - 48) / CHARACTER);
  const height = rowHeight + (isWide ? 0 : NAME);
  const over = { text: (name: string) => cut(name, most), textAnchor: 'start', fill: 'currentColor' } as const;
  const place =
    channel === 'y'
      ? ({ y: (name: string) => name, frameAnchor: 'left', dy: 8 - height / 2 } as const)
      : ({ fy: (name: string) => name, frameAnchor: 'top-left', dy: 2 - NAME } as const);
  return {
    marginLeft,
    height: new Set(names).size * height,
    axis: { axis: isWide ? 'left' : null, label: null, tickFormat: (name) => cut(name, most) },
    marks: isWide ? [] : [plot.text([...new Set(names)], { ...over, ...place })],
    inset: isWide ? 0 : NAME,
    padding: isWide ? 0.05 : NAME / height,
  };
}

/** A name in so many characters at most. */
function cut(name: string, most: number): string {
  return name.length <= most ? name : `${name.slice(0, most - 1)}…`;
}

import type { FigureText } from './drawing.js';
import { escaped } from './html.js';
import { LIGHT, painted } from './palette.js';

const PADDING = 20;
const LINE = 18;
/** Characters of a line of words across a figure. */
const TITLE_LINE = 92;
const SMALL_LINE = 135;

/**
 * A figure as a file of its own: its title, subtitle and legend above it and where it comes from below it, so that a picture in
 * somebody's slides still says what it is.
 *
 * @param svg the drawn figure, with its width and height
 * @param origin where its numbers come from
 */
export function svgFile(svg: string, { title, subtitle, legend }: FigureText, origin: string): string {
  const [width, height] = ['width', 'height'].map((name) =>
    Number(svg.match(new RegExp(`\\b${name}="([\\d.]+)"`))?.[1]),
  );
  const titles = wrapped(title, TITLE_LINE).map((line) => ({ line, size: 16, weight: 600 }));
  const smalls = wrapped(subtitle ?? '', SMALL_LINE).map((line) => ({ line, size: 12, weight: 400 }));
  const above = [...titles, ...smalls];
  const words = above.map((one, i) => wordsAt(PADDING, PADDING + (i + 1) * LINE, one));
  const keys = PADDING + (above.length + 1) * LINE;
  const top = legend === undefined ? keys - LINE / 2 : keys + LINE / 2;
  const foot = wordsAt(PADDING, top + height + LINE, { line: origin, size: 11, weight: 400 });
  const [wide, high] = [width + 2 * PADDING, top + height + LINE + PADDING];
  return painted(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${high}" viewBox="0 0 ${wide} ${high}" color="${LIGHT.ink}" font-family="system-ui, sans-serif" font-size="12">
<rect width="100%" height="100%" fill="${LIGHT.paper}"/>
${words.join('\n')}
${legendAt(keys, legend ?? [])}
<g transform="translate(${PADDING} ${top})">${plain(svg)}</g>
${foot}
</svg>
`,
    LIGHT,
  );
}

interface Words {
  readonly line: string;
  readonly size: number;
  readonly weight: number;
}

function wordsAt(x: number, y: number, { line, size, weight }: Words): string {
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${LIGHT.ink}">${escaped(line)}</text>`;
}

/** Entries one after the other; those that find no room are left to the figure's own names. */
function legendAt(y: number, legend: NonNullable<FigureText['legend']>): string {
  let x = PADDING;
  const entries = legend.map(({ label, color }) => {
    const at = x;
    x += 30 + label.length * 6.4;
    return `<rect x="${at}" y="${y - 9}" width="10" height="10" fill="${color}"/>${wordsAt(at + 15, y, { line: label, size: 12, weight: 400 })}`;
  });
  return entries.join('');
}

/** Without what only a page knows of: the drawn figure's own ids would be there a second time. */
function plain(svg: string): string {
  return svg.replace(/ id="[^"]*-(?:title|desc)"/g, '').replace(/ aria-labelledby="[^"]*"/, '');
}

/** Words in lines of so many characters at most; a longer word has a line of its own. */
export function wrapped(words: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of words.split(' ').filter((one) => one !== '')) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

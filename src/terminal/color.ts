import { order } from './shown-on.js';

/** Marks text for a terminal, or leaves it as it is. */
export interface Palette {
  readonly heading: (text: string) => string;
  readonly note: (text: string) => string;
}

/** Text as it is. */
export const PLAIN: Palette = { heading: same, note: same };

/** Colour on terminals alone, and not where NO_COLOR is set to anything (no-color.org) or a flag says no. */
export function paletteFor(
  stream: { readonly isTTY?: boolean; readonly mark?: string },
  environment: Readonly<Record<string, string | undefined>>,
  noColor = false,
): Palette {
  if (!stream.isTTY || environment.NO_COLOR || noColor) return PLAIN;
  // Select Graphic Rendition (ECMA-48): bold, yellow, neither.
  const marked = (code: number) => (text: string) => `${order(stream, `${code}m`)}${text}${order(stream, '0m')}`;
  return { heading: marked(1), note: marked(33) };
}

function same(text: string): string {
  return text;
}

/** Marks text for a terminal, or leaves it as it is. */
export interface Palette {
  readonly heading: (text: string) => string;
  readonly note: (text: string) => string;
}

/** Select Graphic Rendition (ECMA-48): bold, yellow. */
const COLORED: Palette = { heading: sgr(1), note: sgr(33) };

/** Text as it is. */
export const PLAIN: Palette = { heading: same, note: same };

/** Colour on terminals alone, and not where NO_COLOR is set to anything (no-color.org) or a flag says no. */
export function paletteFor(
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
  noColor = false,
): Palette {
  return stream.isTTY && !environment.NO_COLOR && !noColor ? COLORED : PLAIN;
}

function sgr(code: number): (text: string) => string {
  return (text) => `\x1b[${code}m${text}\x1b[0m`;
}

function same(text: string): string {
  return text;
}

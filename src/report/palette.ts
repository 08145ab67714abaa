/** Colours by the name of their custom property. */
export type Palette = Readonly<Record<string, string>>;

/** On white. Series colours are Okabe and Ito's, told apart by all, darkened until words in them are read. */
export const LIGHT: Palette = {
  ...{ paper: '#fff', ink: '#1c2024', muted: '#5f6b76', line: '#d8dde2', soft: '#f3f5f7', accent: '#0b62b0' },
  ...{ heat: '#0b62b0', warn: '#8a3b00' },
  ...{ s1: '#0072b2', s2: '#d55e00', s3: '#009e73', s4: '#b0568a' },
  ...{ s5: '#8a6d00', s6: '#3a8fc4', s7: '#555', s8: '#7a3e9d' },
};

/** On black. */
export const DARK: Palette = {
  ...{ paper: '#14181c', ink: '#e4e8ec', muted: '#9ba7b2', line: '#39424b', soft: '#1e242a', accent: '#6cb6ff' },
  ...{ heat: '#2b6cb5', warn: '#ffb27a' },
  ...{ s1: '#56b4e9', s2: '#ff9a4d', s3: '#2fc79a', s4: '#e39cc4' },
  ...{ s5: '#f0e442', s6: '#8fd0ff', s7: '#bbb', s8: '#c39be0' },
};

/** On paper. */
export const PRINT: Palette = {
  ...LIGHT,
  ...{ ink: '#000', muted: '#444', line: '#bbb', soft: '#f5f5f5', accent: '#00407a' },
};

/** As declarations of a style sheet. */
export function declarations(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, color]) => `--${name}:${color}`)
    .join(';');
}

/** Markup with its custom properties replaced by colours: for programs that know none. */
export function painted(markup: string, palette: Palette): string {
  return markup.replace(/var\(--(\w+)\)/g, (whole, name: string) => palette[name] ?? whole);
}

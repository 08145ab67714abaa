import { printable } from '../printable.js';

/** Markup that is safe to put into a page as it is. */
export interface Markup {
  readonly markup: string;
}

type Insert = Markup | string | number | readonly (Markup | string)[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it reads on a page, in content and in quoted attributes; what is no plain character stands as its escape. */
export function escaped(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

/** A template whose inserted texts are escaped; markup is put in as it is. */
export function html(parts: TemplateStringsArray, ...inserts: readonly Insert[]): Markup {
  return { markup: parts.map((part, i) => (i === 0 ? part : insertText(inserts[i - 1]) + part)).join('') };
}

/** Markup that someone else has escaped, e.g. a DOM's serialisation. */
export function trusted(markup: string): Markup {
  return { markup };
}

export const NOTHING: Markup = { markup: '' };

function insertText(insert: Insert): string {
  if (typeof insert === 'string' || typeof insert === 'number') return escaped(String(insert));
  if ('markup' in insert) return insert.markup;
  return insert.map(insertText).join('');
}

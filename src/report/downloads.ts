import { html, type Markup } from './html.js';

/** Bytes as a link that saves them: the page holds them itself. @param type media type */
export function downloadLink(label: string, name: string, type: string, content: string): Markup {
  const data = Buffer.from(content).toString('base64');
  return html`<a download="${name}" href="data:${type};base64,${data}" aria-label="${label}: ${name}">${label}</a>`;
}

/** Words that lead elsewhere, where the address is one of the web; else the words. */
export function linkMarkup(text: string, href: string): Markup {
  return /^https?:\/\/\S+$/.test(href) ? html`<a href="${href}" rel="noreferrer">${text}</a>` : html`${text}`;
}

/** Links side by side, in a line of their own. */
export function linksMarkup(links: readonly Markup[]): Markup {
  return html`<span class="links">${links}</span>`;
}

/** A name for a file: `Energy of one chat query, Wh` is energy-of-one-chat-query-wh. */
export function fileStem(words: string): string {
  const plain = words
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return plain.slice(0, LONGEST).replace(/[-.]+$/, '') || 'table';
}

const LONGEST = 72;

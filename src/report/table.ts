import { downloadLink, fileStem, linkMarkup, linksMarkup } from './downloads.js';
import { html, type Markup } from './html.js';
import { csvText, latexTable, markdownTable, type TableData } from './table-texts.js';

/** What stands in a cell: words, or words that lead to their source. */
export type Cell = string | { readonly text: string; readonly href: string };

/**
 * The numbers behind a figure, folded under it: the first cell of each row heads it. Each table can be saved.
 *
 * @param data the same with all digits, for the file; what is shown, if absent
 */
export function tableMarkup(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  data?: TableData,
): Markup {
  const cells = ([first, ...others]: readonly Cell[]) =>
    html`<tr><th scope="row">${shown(first)}</th>${others.map((cell) => html`<td>${shown(cell)}</td>`)}</tr>`;
  return html`<details><summary>${caption}</summary><div class="wide" role="region" aria-label="${caption}" tabindex="0"><table>
<caption>${caption}</caption>
<thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows.map(cells)}</tbody></table></div><p class="small foot">${tableLinks(
    caption,
    head,
    rows.map((row) => row.map(textOf)),
    data,
  )}</p></details>
`;
}

function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}

function shown(cell: Cell): Markup | string {
  return typeof cell === 'string' ? cell : linkMarkup(cell.text, cell.href);
}

function tableLinks(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  data: TableData = { columns: head, rows },
): Markup {
  const stem = fileStem(caption);
  return linksMarkup([
    downloadLink('CSV', `${stem}.csv`, 'text/csv;charset=utf-8', csvText(data)),
    downloadLink('Markdown', `${stem}.md`, 'text/markdown;charset=utf-8', markdownTable(caption, head, rows)),
    downloadLink('LaTeX', `${stem}.tex`, 'application/x-tex;charset=utf-8', latexTable(caption, head, rows)),
  ]);
}

import { html, type Markup } from './html.js';

/** The numbers behind a figure, folded under it: the first cell of each row heads it. */
export function tableMarkup(caption: string, head: readonly string[], rows: readonly (readonly string[])[]): Markup {
  const cells = ([first, ...others]: readonly string[]) =>
    html`<tr><th scope="row">${first}</th>${others.map((cell) => html`<td>${cell}</td>`)}</tr>`;
  return html`<details><summary>${caption}</summary><div class="wide"><table>
<caption>${caption}</caption>
<thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows.map(cells)}</tbody></table></div></details>
`;
}

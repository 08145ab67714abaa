import { make } from './dom.js';
import { type Cell, type Column, inOrder, type Order } from './row-order.js';

/**
 * A table whose columns are sorted by buttons in their heads; the first column names the rows.
 *
 * @param caption what it is a table of, for those who do not see where it stands
 * @param sorted told of each new order
 */
export function sortableTable(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  order: Order | undefined,
  sorted: (order: Order) => void,
): HTMLElement {
  const head = columns.map(({ label, numeric }, i) => {
    const mark = order?.column === i ? (order.direction === 'ascending' ? ' ▲' : ' ▼') : '';
    const button = make(
      'button',
      { type: 'button', 'data-column': `${i}` },
      label,
      make('span', { 'aria-hidden': 'true' }, mark),
    );
    button.addEventListener('click', () => sorted(next(order, i, numeric)));
    const direction = order?.column === i ? order.direction : 'none';
    return make('th', { scope: 'col', 'aria-sort': direction, ...(numeric && { class: 'number' }) }, button);
  });
  const body = (order ? inOrder(rows, order) : rows).map((cells) => make('tr', {}, ...cells.map(cellOf(columns))));
  const table = make('table', {}, make('caption', { class: 'unseen' }, caption));
  table.append(make('thead', {}, ...groupRow(columns), make('tr', {}, ...head)), make('tbody', {}, ...body));
  return make('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption }, table);
}

/** A row above the heads where columns are of something; each group stands over its columns. */
function groupRow(columns: readonly Column[]): HTMLElement[] {
  if (columns.every(({ group }) => group === undefined)) return [];
  const spans: { group: string; span: number }[] = [];
  for (const { group = '' } of columns) {
    const last = spans.at(-1);
    if (last?.group === group) last.span++;
    else spans.push({ group, span: 1 });
  }
  const cells = spans.map(({ group, span }) =>
    group === ''
      ? make('td', { colspan: `${span}` })
      : make('th', { scope: 'colgroup', colspan: `${span}`, class: 'group' }, group),
  );
  return [make('tr', {}, ...cells)];
}

function cellOf(columns: readonly Column[]): (cell: Cell, i: number) => HTMLElement {
  return ({ text }, i) => {
    if (i === 0) return make('th', { scope: 'row' }, text);
    return make('td', columns[i].numeric ? { class: 'number' } : {}, text);
  };
}

/** The other way round where a column is sorted already; numbers begin with the largest. */
function next(order: Order | undefined, column: number, numeric: boolean): Order {
  if (order?.column !== column) return { column, direction: numeric ? 'descending' : 'ascending' };
  return { column, direction: order.direction === 'ascending' ? 'descending' : 'ascending' };
}

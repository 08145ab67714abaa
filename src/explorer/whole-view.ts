import { count } from '../format.js';
import { counted } from '../words.js';
import { cardsOf } from './cards.js';
import { element, make } from './dom.js';
import type { Order } from './row-order.js';
import { sortableTable } from './sortable-table.js';
import type { RunSide } from './whole-rows.js';
import { fleetTable, formulasTable, modelsTable, pathwaysTable, regimesTable, type TableData } from './whole-tables.js';

const TABLES = {
  models: { caption: 'Energy of one query by model', make: modelsTable },
  regimes: { caption: 'Energy of one query by kind of query', make: regimesTable },
  pathways: { caption: 'Energy of one query by pathway and way of serving', make: pathwaysTable },
  formulas: { caption: 'Energy of one query by formula', make: formulasTable },
  fleet: { caption: 'Energy of the fleet’s day', make: fleetTable },
} as const satisfies Record<string, { caption: string; make: (sides: readonly RunSide[]) => TableData }>;

type TableName = keyof typeof TABLES;

/** Shows what whole runs found: notes, cards and tables, which keep how somebody has sorted them. */
export class WholeView {
  readonly #orders = new Map<TableName, Order>();
  #sides: readonly RunSide[] = [];

  /** @param sides whose runs are done; one where both are the same */
  show(sides: readonly RunSide[]): void {
    this.#sides = sides;
    element('whole').setAttribute('aria-busy', 'false');
    element('cards').replaceChildren(...cardsOf(sides));
    showNotes(sides);
    for (const name of Object.keys(TABLES) as TableName[]) this.#table(name);
  }

  /** What is shown is of settings that were left. */
  wait(): void {
    element('whole').setAttribute('aria-busy', 'true');
  }

  #table(name: TableName): void {
    const { caption, make: of } = TABLES[name];
    const { columns, rows } = of(this.#sides);
    element(name).hidden = rows.length < (name === 'regimes' ? 2 : 1);
    const sorted = (order: Order) => {
      this.#orders.set(name, order);
      this.#table(name);
    };
    const place = element(`${name}-table`);
    const focused = place.contains(document.activeElement)
      ? document.activeElement?.getAttribute('data-column')
      : undefined;
    place.replaceChildren(sortableTable(caption, columns, rows, this.#orders.get(name), sorted));
    // The button that had the focus is another one now, whether it was pressed or a run has ended.
    if (focused) place.querySelector<HTMLElement>(`[data-column="${focused}"]`)?.focus();
  }
}

/** What a run prints beside its numbers; what holds for one side alone begins with its name. */
function showNotes(sides: readonly RunSide[]): void {
  const told = [...new Set(sides.flatMap(({ whole }) => whole.run.notes))];
  const notes = told.map((note) => {
    const of = sides.filter(({ whole }) => whole.run.notes.includes(note));
    return of.length === sides.length ? note : `${of[0].name}: ${note}`;
  });
  const sign = element('strip-notes');
  sign.hidden = notes.length === 0;
  sign.textContent = `! ${counted(notes.length, 'note')}`;
  sign.onclick = () => element('notes').scrollIntoView();
  const draws = [...new Set(sides.map(({ scenario }) => count(scenario.samples)))].join(' and ');
  const all = [
    ...notes,
    `What stands below is of a whole run, with ${draws} draws per model where something is drawn.`,
  ];
  element('note-list').replaceChildren(...all.map((note) => make('li', {}, note)));
}

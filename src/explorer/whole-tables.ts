import { rangeText, significant } from '../format.js';
import type { FleetRow } from '../tables/schema.js';
import type { Cell, Column } from './row-order.js';
import { formulasOf, knownDay, knownOf, pathwaysOf, type RunSide, rowOf, type Which } from './whole-rows.js';

/** What a table shows. */
export interface TableData {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

const MW_PER_GWH_A_DAY = 1000 / 24;

/** Energies by model and blend in the chosen kind of query. */
export function modelsTable(sides: readonly RunSide[]): TableData {
  const subjects = namesIn(sides, ({ scenario }) => [...scenario.models, ...scenario.blends]);
  return energiesTable('Model or blend', subjects, sides, (side, subject) => ({ regime: side.choice.regime, subject }));
}

/** Energies of the chosen subject by kind of query. */
export function regimesTable(sides: readonly RunSide[]): TableData {
  const regimes = namesIn(sides, ({ scenario }) => scenario.regimes);
  return energiesTable('Kind of query', regimes, sides, (side, regime) => ({ regime, subject: side.choice.subject }));
}

/** Energies of the chosen subject by pathway, and outside production. */
export function pathwaysTable(sides: readonly RunSide[]): TableData {
  const pathways = [...new Set(sides.flatMap(pathwaysOf))];
  return energiesTable('Pathway or serving', pathways, sides, ({ choice }, pathway) => ({
    ...subjectOf(choice),
    pathway,
  }));
}

/** Energies of the chosen subject by formula; no rows where there is one alone. */
export function formulasTable(sides: readonly RunSide[]): TableData {
  const formulas = [...new Set(sides.flatMap(formulasOf))];
  const shown = formulas.length > 1 ? formulas : [];
  return energiesTable('Formula', shown, sides, ({ choice }, formula) => ({ ...subjectOf(choice), formula }));
}

function subjectOf({ regime, subject }: RunSide['choice']) {
  return { regime, subject };
}

function namesIn(sides: readonly RunSide[], of: (side: RunSide) => readonly { readonly name: string }[]): string[] {
  return [...new Set(sides.flatMap((side) => of(side).map(({ name }) => name)))];
}

type WhichOf = (side: RunSide, name: string) => Omit<Which, 'metric'>;

function energiesTable(head: string, names: readonly string[], sides: readonly RunSide[], of: WhichOf): TableData {
  const columns = [text(head), ...sides.flatMap((side) => energyColumns(side)), ...(sides.length > 1 ? [TIMES] : [])];
  const rows = names.map((name) => {
    const medians = sides.map((side) => rowOf(side, { metric: 'energy', ...of(side, name) })?.p50 ?? Number.NaN);
    const cells = sides.flatMap((side) => energyCells(side, of(side, name)));
    return [named(name), ...cells, ...(sides.length > 1 ? [number(medians[1] / medians[0])] : [])];
  });
  return { columns, rows };
}

const TIMES: Column = { label: 'times, of the medians', numeric: true };

function energyColumns(side: RunSide): Column[] {
  const { name: group, whole } = side;
  const labels = ['median, Wh', 'half of the queries', 'nine of ten', 'mean'];
  const all = [...labels, ...(whole.worldsFollow ? ['median known to'] : [])];
  return all.map((label) => ({ label, group, numeric: true }));
}

function energyCells(side: RunSide, which: Omit<Which, 'metric'>): Cell[] {
  const row = rowOf(side, { metric: 'energy', ...which });
  const [p05, p25, p50, p75, p95, mean] = [row?.p05, row?.p25, row?.p50, row?.p75, row?.p95, row?.mean].map(
    (value) => value ?? Number.NaN,
  );
  const known = knownOf(side, { metric: 'energy', ...which });
  const cells = [number(p50), range(p25, p75), range(p05, p95), number(mean)];
  return side.whole.worldsFollow ? [...cells, known ? range(...known, 2) : { text: '…', value: Number.NaN }] : cells;
}

/** The day of a fleet by mix and improvement. No rows where no side has a fleet. */
export function fleetTable(sides: readonly RunSide[]): TableData {
  const keys = [...new Set(sides.flatMap(({ whole }) => whole.run.fleet.map(keyOf)))];
  const isLoaded = sides.some(({ whole }) => whole.run.load.length > 0);
  const labels = ['MWh a day', 'known to', 'mean MW', ...(isLoaded ? ['peak MW', 'nodes'] : [])];
  const columns = sides.flatMap(({ name: group }) => labels.map((label) => ({ label, group, numeric: true })));
  const rows = keys.map((key) => {
    const days = sides.map(({ whole }) => whole.run.fleet.find((row) => keyOf(row) === key));
    return [named(key), ...sides.flatMap((side, i) => dayCells(side, days[i], isLoaded))];
  });
  return { columns: [text('Mix of queries'), ...columns], rows };
}

function keyOf({ mix, improvement }: FleetRow): string {
  return improvement === 'none' ? mix : `${mix}, ${improvement}`;
}

function dayCells(side: RunSide, row: FleetRow | undefined, isLoaded: boolean): Cell[] {
  const gwh = row?.gwh_per_day ?? Number.NaN;
  const known = row && knownDay(side, row.mix, row.improvement);
  const cells = [
    number(gwh * 1000),
    known ? range(known[0] * 1000, known[1] * 1000, 2) : { text: '–', value: Number.NaN },
    number(gwh * MW_PER_GWH_A_DAY),
  ];
  if (!isLoaded) return cells;
  const hours = side.whole.run.load.filter(({ mix }) => mix === row?.mix && row?.improvement === 'none');
  const peak = hours.length > 0 ? Math.max(...hours.map(({ power_mw }) => power_mw ?? 0)) : Number.NaN;
  return [...cells, number(peak), number(hours[0]?.nodes_owned ?? Number.NaN)];
}

function text(label: string): Column {
  return { label, numeric: false };
}

function named(name: string): Cell {
  return { text: name, value: name };
}

function number(value: number): Cell {
  return { text: significant(value), value };
}

function range(low: number, high: number, digits = 3): Cell {
  return { text: Number.isFinite(low) ? rangeText(low, high, digits) : '–', value: high - low };
}

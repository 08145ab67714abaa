import { rangeText, significant } from '../format.js';
import { make } from './dom.js';
import { knownOf, type RunSide, rowOf } from './whole-rows.js';

/** A quantity that has a card of its own. */
interface Carded {
  readonly metric: string;
  readonly title: string;
  readonly unit: string;
  readonly boundary: string;
  /** What a scenario must state for it; what always follows has none. */
  readonly stated?: string;
}

const FACILITY = 'facility: servers and cooling; without training, network and devices';

const CARDS: readonly Carded[] = [
  { metric: 'energy', title: 'Energy', unit: 'Wh', boundary: FACILITY },
  {
    metric: 'carbon',
    title: 'Emissions',
    unit: 'gCO2e',
    boundary: 'electricity, and making the node where that is stated',
    stated: 'impact: { grid: { gco2e_per_kwh: 400 } }, or { grid: { region: SWE } }',
  },
  {
    metric: 'water',
    title: 'Water',
    unit: 'mL',
    boundary: 'evaporated on site and where the electricity is generated, as far as stated',
    stated: 'impact: { water: { wue_site_l_per_kwh: 0.5 } }',
  },
  {
    metric: 'cost',
    title: 'Cost',
    unit: 'currency',
    boundary: 'electricity and hours of the node, as far as stated',
    stated: 'impact: { cost: { currency: EUR, price_per_kwh: 0.1, node_hour: 30 } }',
  },
];

/** Sessions have these beside the energy of the whole session. */
const SESSION_CARDS: readonly Carded[] = [
  { metric: 'energy_per_request', title: 'Energy of a request', unit: 'Wh', boundary: FACILITY },
  { metric: 'energy_per_success', title: 'Energy of a success', unit: 'Wh', boundary: FACILITY },
];

/** What a query of each side comes to: energy, emissions, water and cost side by side, each with its spread and how well it is known. */
export function cardsOf(sides: readonly RunSide[]): HTMLElement[] {
  const hasSession = sides.some((side) => cellOf(side, 'energy_per_request') !== undefined);
  return [...CARDS, ...(hasSession ? SESSION_CARDS : [])].map((card) => cardOf(card, sides));
}

function cardOf(card: Carded, sides: readonly RunSide[]): HTMLElement {
  const told = sides.flatMap((side) => (cellOf(side, card.metric) ? [sideOf(card, side)] : []));
  const missing = `Not stated. In the scenario: ${card.stated}`;
  const content = told.length > 0 ? told : [make('p', { class: 'small' }, missing)];
  return make(
    'section',
    { class: 'card', 'data-metric': card.metric },
    make('h3', {}, card.title),
    ...content,
    ...(told.length > 0 ? [make('p', { class: 'small' }, `Boundary: ${card.boundary}.`)] : []),
    ...(card.metric === 'energy' && !sides.some(isKnown) ? [make('p', { class: 'small' }, HOW_KNOWN)] : []),
  );
}

const HOW_KNOWN =
  'How well a median is known is told where the scenario says uncertainty: { worlds: 500, samples: 4096 }, and vary: shared of what all queries share.';

function isKnown({ whole }: RunSide): boolean {
  return whole.worldsFollow;
}

function cellOf(side: RunSide, metric: string) {
  return rowOf(side, { metric, regime: side.choice.regime, subject: side.choice.subject });
}

function sideOf({ metric, unit }: Carded, side: RunSide): HTMLElement {
  const { regime, subject } = side.choice;
  const row = cellOf(side, metric);
  const shown = unit === 'currency' ? (side.scenario.impact?.currency ?? unit) : unit;
  const [p25, p50, p75, mean] = [row?.p25, row?.p50, row?.p75, row?.mean].map((value) => value ?? Number.NaN);
  return make(
    'div',
    { class: 'card-side' },
    make('p', { class: 'side-name' }, side.name),
    make('p', { class: 'card-value' }, `${significant(p50)} ${shown}`),
    make('p', {}, `queries: half of them ${rangeText(p25, p75)}; mean ${significant(mean)}`),
    make('p', { class: 'known' }, `known to ${knownText(side, { metric, regime, subject })}`),
  );
}

/** How well a median is known, or why that is not said. */
export function knownText(side: RunSide, which: Parameters<typeof knownOf>[1]): string {
  const known = knownOf(side, which);
  if (known) return rangeText(...known, 2);
  if (side.whole.worldsFollow && !side.whole.uncertainty) return '… (being worked out)';
  if (side.whole.worldsFollow) return '–';
  return 'not asked for';
}

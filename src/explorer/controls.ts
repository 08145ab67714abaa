import { count } from '../format.js';
import type { Change } from './changes.js';
import { type Choice, exploredIn, type PageState, secondSide } from './choice.js';
import { make } from './dom.js';
import type { Explored } from './explored.js';
import type { Setting } from './setting.js';
import { sliderOf } from './slider.js';
import type { SideName } from './what-if.js';

/** What the controls show. */
export interface Shown {
  readonly state: PageState;
  /** The side that they are of. */
  readonly side: SideName;
  readonly all: ReadonlyMap<string, Explored>;
}

/** Sliders that stand open; the others are folded until somebody asks for them. */
const OPEN_SLIDERS = 3;

/** Samples to choose from; 0 integrates. */
const SAMPLES = [0, 10_000, 100_000, 1_000_000, 10_000_000];

/** The controls of one side. @param isUnfolded whether all sliders are in sight */
export function controlsOf(shown: Shown, isUnfolded: boolean, changed: (change: Change) => void): HTMLElement[] {
  const { state, side, all } = shown;
  const choice = side === 'a' ? state.a : secondSide(state);
  const { regimes, subjects, settings, opened } = exploredIn(all, choice.scenario);
  const usable = settings.filter(({ own, absent }) => own(choice.regime) !== undefined || absent !== undefined);
  const sliders = usable.map((setting) =>
    sliderOf(setting, stateOf(setting, choice, shown), (value) => changed({ kind: 'value', key: setting.key, value })),
  );
  const choose = (name: 'scenario' | 'regime' | 'subject') => (value: string) => changed({ kind: 'name', name, value });
  const folded = make(
    'details',
    {},
    make('summary', {}, `${sliders.length - OPEN_SLIDERS} more inputs`),
    ...sliders.slice(OPEN_SLIDERS),
  );
  folded.open = isUnfolded;
  const samples = SAMPLES.map((n) => [`${n}`, n === 0 ? 'as many as needed (integrated)' : count(n)] as const);
  const known = SAMPLES.includes(state.samples)
    ? samples
    : [...samples, [`${state.samples}`, count(state.samples)] as const];
  return [
    select('Scenario', [...all.keys()].map(twice), choice.scenario, choose('scenario'), opened.scenario.description),
    select('Kind of query', regimes.map(twice), choice.regime, choose('regime')),
    select('Model or blend', subjects.map(twice), choice.subject, choose('subject')),
    ...sliders.slice(0, OPEN_SLIDERS),
    ...(sliders.length > OPEN_SLIDERS ? [folded] : []),
    select(
      'Draws per model',
      known,
      `${state.samples}`,
      (n) => changed({ kind: 'samples', value: Number(n) }),
      DRAWS_HELP,
    ),
    resetButton(side, changed),
  ];
}

const DRAWS_HELP =
  'Integrated where energy is a product of independent factors; drawn where it is not, or where you say how often.';

function stateOf({ key, own }: Setting, choice: Choice, { state, side }: Shown) {
  const moved = Object.hasOwn((side === 'a' ? state.a : state.b).values, key);
  const isOfFirst = side === 'b' && Object.hasOwn(state.a.values, key);
  const value = choice.values[key] ?? own(choice.regime);
  return { value, moved, back: isOfFirst ? 'as on the other side' : 'the scenario’s own' };
}

function twice(text: string): readonly [string, string] {
  return [text, text];
}

function select(
  label: string,
  options: readonly (readonly [value: string, text: string])[],
  value: string,
  chosen: (value: string) => void,
  help = '',
): HTMLElement {
  const id = `choose-${label.toLowerCase().replaceAll(' ', '-')}`;
  const element = make('select', { id, ...(help !== '' && { 'aria-describedby': `${id}-help` }) });
  element.append(...options.map(([key, text]) => new Option(text, key, false, key === value)));
  element.addEventListener('change', () => chosen(element.value));
  const words = help === '' ? [] : [make('p', { class: 'help', id: `${id}-help` }, help)];
  return make('div', { class: 'choice' }, make('label', { for: id }, label), element, ...words);
}

function resetButton(side: SideName, changed: (change: Change) => void): HTMLElement {
  const text = side === 'a' ? 'Back to the scenario’s own values' : 'Back to the same as the other side';
  const button = make('button', { type: 'button' }, text);
  button.addEventListener('click', () => changed({ kind: 'reset' }));
  return button;
}

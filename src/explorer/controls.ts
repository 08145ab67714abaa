import { significant } from '../format.js';
import { INPUTS, OPTIONAL_INPUTS } from '../model/quantities.js';
import type { Preset } from './preset.js';
import { type Choice, QUANTITIES, type Quantity } from './state.js';

/** A slider's range; long ranges are by their logarithm. */
type Range = (typeof INPUTS)[Quantity]['slider'];

const POSITIONS = 1000;

/** One side's controls: fills `form`, calls `changed` with each new choice, and returns the one they begin with. */
export function controls(
  form: HTMLFormElement,
  presets: ReadonlyMap<string, Preset>,
  given: Choice,
  changed: (choice: Choice) => void,
): Choice {
  let choice = sensible(given, presets);
  const draw = () => {
    form.replaceChildren(...fields(choice, presets.get(choice.preset)!, [...presets.keys()], set));
  };
  function set(change: (choice: Choice) => Partial<Choice>, redraw: boolean): void {
    choice = sensible({ ...choice, ...change(choice) }, presets);
    if (redraw) draw();
    changed(choice);
  }
  form.addEventListener('submit', (event) => event.preventDefault());
  draw();
  return choice;
}

/** Changes what is chosen now; a redraw follows where the controls themselves change. */
type Set = (change: (choice: Choice) => Partial<Choice>, redraw: boolean) => void;

/** A choice whose names the preset has: a URL may say anything. */
function sensible(choice: Choice, presets: ReadonlyMap<string, Preset>): Choice {
  const preset = presets.has(choice.preset) ? choice.preset : [...presets.keys()][0];
  const { regimes, models, blends } = presets.get(preset)!;
  const subjects = [...blends, ...models];
  return {
    ...choice,
    preset,
    regime: regimes.includes(choice.regime) ? choice.regime : regimes[0],
    subject: subjects.includes(choice.subject) ? choice.subject : subjects[0],
  };
}

function fields(choice: Choice, preset: Preset, presets: readonly string[], set: Set): HTMLElement[] {
  const { regime, subject, samples } = choice;
  const kept = { quantities: {} };
  return [
    select('Preset', presets, choice.preset, (name) => set(() => ({ preset: name, ...kept }), true)),
    select('Query', preset.regimes, regime, (name) => set(() => ({ regime: name, ...kept }), true)),
    select('Model or blend', [...preset.blends, ...preset.models], subject, (name) =>
      set(() => ({ subject: name }), false),
    ),
    // What a scenario may leave out, and does, has no slider.
    ...QUANTITIES.filter((name) => !isLeftOut(name, preset, regime)).map((name) => slider(name, choice, preset, set)),
    select('Samples', ['10000', '100000', '1000000', '10000000'], `${samples}`, (n) =>
      set(() => ({ samples: Number(n) }), false),
    ),
    button('Reset', () => set(() => kept, true)),
  ];
}

function isLeftOut(quantity: Quantity, preset: Preset, regime: string): boolean {
  return OPTIONAL_INPUTS.some((name) => name === quantity) && preset.middleOf(quantity, regime) === undefined;
}

function select(
  label: string,
  options: readonly string[],
  value: string,
  chosen: (value: string) => void,
): HTMLElement {
  const element = document.createElement('select');
  element.append(...options.map((option) => new Option(option, option, false, option === value)));
  element.addEventListener('change', () => chosen(element.value));
  return labelled(label, element);
}

function button(text: string, pressed: () => void): HTMLElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = text;
  element.addEventListener('click', pressed);
  return element;
}

function slider(quantity: Quantity, choice: Choice, preset: Preset, set: Set): HTMLElement {
  const range = INPUTS[quantity].slider;
  const own = preset.middleOf(quantity, choice.regime);
  const element = document.createElement('input');
  const value = document.createElement('output');
  Object.assign(element, { type: 'range', min: '0', max: `${POSITIONS}`, step: '1', name: quantity });
  if (own === undefined) {
    element.disabled = true;
    value.textContent = 'follows throughput';
    return labelled(range.label, element, value);
  }
  const show = (shown: number) => {
    value.textContent = significant(shown);
    element.setAttribute('aria-valuetext', significant(shown));
  };
  const begun = choice.quantities[quantity] ?? own;
  element.value = `${positionOf(begun, range)}`;
  show(begun);
  element.addEventListener('input', () => {
    const moved = valueAt(Number(element.value), range);
    show(moved);
    set(({ quantities }) => ({ quantities: { ...quantities, [quantity]: moved } }), false);
  });
  return labelled(range.label, element, value);
}

function labelled(text: string, ...elements: HTMLElement[]): HTMLElement {
  const label = document.createElement('label');
  const words = document.createElement('span');
  words.textContent = text;
  label.append(words, ...elements);
  return label;
}

function positionOf(value: number, { low, high, log }: Range): number {
  const share = log ? Math.log(Math.max(value, low) / low) / Math.log(high / low) : (value - low) / (high - low);
  return Math.round(Math.min(1, Math.max(0, share)) * POSITIONS);
}

/** Three digits: what the slider shows is what is run. */
function valueAt(position: number, { low, high, log }: Range): number {
  const share = position / POSITIONS;
  return Number((log ? low * (high / low) ** share : low + share * (high - low)).toPrecision(3));
}

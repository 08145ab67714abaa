import { significant } from '../format.js';
import { make } from './dom.js';
import type { Setting } from './setting.js';

const POSITIONS = 1000;

/** A slider's value now, and what it is where nobody moved it. */
export interface SliderState {
  /** Undefined where the scenario states none. */
  readonly value: number | undefined;
  /** Whether this side has moved it. */
  readonly moved: boolean;
  /** What to go back to is called. */
  readonly back: string;
}

/** Told of a value, or of none: back to what it was. */
export type OnMove = (value: number | undefined) => void;

/**
 * A setting's slider with its value as a number that can be typed, a sentence of help, and the way back. What it shows follows the slider;
 * whether it has moved, it is told by being made anew.
 */
export function sliderOf(setting: Setting, state: SliderState, onMove: OnMove): HTMLElement {
  const { key, label, help, slider, bounds, absent } = setting;
  const ids = { slider: `setting-${key}`, help: `help-${key}` };
  const range = make('input', {
    ...{ type: 'range', id: ids.slider, name: key, min: '0', max: `${POSITIONS}`, step: '1' },
    'aria-describedby': ids.help,
  });
  const number = make('input', {
    ...{ type: 'number', name: `${key}-number`, step: 'any', min: `${bounds[0]}` },
    ...(Number.isFinite(bounds[1]) && { max: `${bounds[1]}` }),
    'aria-label': `${label}, as a number`,
    ...(absent !== undefined && { placeholder: absent }),
  });
  const show = (value: number | undefined) => {
    const text = value === undefined ? (absent ?? '') : significant(value);
    range.setAttribute('aria-valuetext', text);
    range.title = text;
  };
  range.value = `${positionOf(state.value ?? slider.high, slider)}`;
  number.value = state.value === undefined ? '' : `${state.value}`;
  show(state.value);
  range.addEventListener('input', () => {
    const value = clamped(valueAt(Number(range.value), slider), bounds);
    number.value = `${value}`;
    show(value);
    onMove(value);
  });
  number.addEventListener('change', () => {
    const typed = number.value.trim() === '' ? undefined : Number(number.value);
    if (typed !== undefined && !Number.isFinite(typed)) return;
    onMove(typed === undefined ? undefined : clamped(typed, bounds));
  });
  const back = make(
    'button',
    { type: 'button', class: 'back', 'aria-label': `${label}: back to ${state.back}` },
    `↺ ${state.back}`,
  );
  back.hidden = !state.moved;
  back.addEventListener('click', () => onMove(undefined));
  return make(
    'div',
    { class: state.moved ? 'setting moved' : 'setting' },
    make('label', { for: ids.slider }, label),
    number,
    range,
    make('p', { class: 'help', id: ids.help }, help),
    back,
  );
}

function clamped(value: number, [low, high]: Setting['bounds']): number {
  return Math.min(high, Math.max(low, value));
}

function positionOf(value: number, { low, high, log }: Setting['slider']): number {
  const share = log ? Math.log(Math.max(value, low) / low) / Math.log(high / low) : (value - low) / (high - low);
  return Math.round(Math.min(1, Math.max(0, share)) * POSITIONS);
}

/** Three digits: what the slider shows is what is run. */
function valueAt(position: number, { low, high, log }: Setting['slider']): number {
  const share = position / POSITIONS;
  return Number((log ? low * (high / low) ** share : low + share * (high - low)).toPrecision(3));
}

import { type Choice, type Difference, exploredIn, type PageState, secondSide, sensible } from './choice.js';
import type { Explored } from './explored.js';
import type { SideName } from './what-if.js';

/** What somebody has changed. */
export type Change =
  | { readonly kind: 'name'; readonly name: 'scenario' | 'regime' | 'subject'; readonly value: string }
  | { readonly kind: 'value'; readonly key: string; readonly value: number | undefined }
  | { readonly kind: 'samples'; readonly value: number }
  | { readonly kind: 'reset' };

/** The state after a change on one side: what no longer fits is left out. Pure. */
export function changedState(
  state: PageState,
  side: SideName,
  change: Change,
  all: ReadonlyMap<string, Explored>,
): PageState {
  if (change.kind === 'samples') return { ...state, samples: change.value };
  if (side === 'a') return fitting({ ...state, a: { ...state.a, ...changedSide(state.a, change, all) } }, all);
  if (change.kind === 'reset') return { ...state, b: { values: {} } };
  return fitting({ ...state, b: { ...state.b, ...changedSide(secondSide(state), change, all, state.b.values) } }, all);
}

/** Both sides with what their scenarios have; of the second, only what differs from the first. */
export function fitting(state: PageState, all: ReadonlyMap<string, Explored>): PageState {
  const a = sensible(state.a, all);
  const b = sensible(secondSide({ ...state, a }), all);
  const own = Object.entries(b.values).filter(([key, value]) => value !== a.values[key]);
  const names = (['scenario', 'regime', 'subject'] as const).filter((name) => b[name] !== a[name]);
  return {
    ...state,
    a,
    b: { ...Object.fromEntries(names.map((name) => [name, b[name]])), values: Object.fromEntries(own) },
  };
}

function changedSide(
  choice: Choice,
  change: Exclude<Change, { kind: 'samples' }>,
  all: ReadonlyMap<string, Explored>,
  values: Difference['values'] = choice.values,
): Difference {
  switch (change.kind) {
    case 'reset':
      return { values: {} };
    case 'value': {
      const { [change.key]: _, ...others } = values;
      return { values: change.value === undefined ? others : { ...others, [change.key]: change.value } };
    }
    case 'name':
      if (change.name === 'subject') return { subject: change.value, values };
      // What is moved stays where both mean the same by it; another scenario begins with its own values.
      if (change.name === 'scenario') return { scenario: change.value, values: {} };
      return { regime: change.value, values: keptBetween(choice, change.value, values, all) };
  }
}

/** Moved values whose own is the same in another kind of query. */
function keptBetween(
  { scenario, regime }: Choice,
  other: string,
  values: Choice['values'],
  all: ReadonlyMap<string, Explored>,
): Choice['values'] {
  const { settings } = exploredIn(all, scenario);
  const kept = Object.entries(values).filter(([key]) => {
    const setting = settings.find((one) => one.key === key);
    return setting?.own(regime) === setting?.own(other);
  });
  return Object.fromEntries(kept);
}

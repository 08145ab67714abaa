import { beyondNotes, middle, rounded, withMiddle } from './moved-distribution.js';
import { type Choice, QUANTITIES, type Quantity } from './state.js';

/** A preset's scenario file as plain data: one of those that come with tokenjoule, so it is right. */
export interface PresetData {
  readonly name: string;
  readonly description: string;
  readonly regimes: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly models: Readonly<Record<string, { readonly node_power_kw?: unknown } | null>>;
  readonly blends?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** What a preset offers to choose from, and its own values. */
export interface Preset {
  readonly data: PresetData;
  readonly regimes: readonly string[];
  readonly models: readonly string[];
  readonly blends: readonly string[];
  /** The middle of a quantity in a regime; undefined where it is not for a slider, as coupled utilisation. */
  middleOf(quantity: Quantity, regime: string): number | undefined;
  /** What a reader must know of the draws of a choice: shares of those that it leaves as they are beyond physical bounds. */
  notesOn(choice: Choice): string[];
}

export function presetOf(data: PresetData): Preset {
  return {
    data,
    regimes: Object.keys(data.regimes),
    models: Object.keys(data.models),
    blends: Object.keys(data.blends ?? {}),
    middleOf: (quantity, regime) => middle(writtenOf(data, quantity, regime)),
    notesOn: ({ regime, quantities }) =>
      QUANTITIES.filter((quantity) => quantities[quantity] === undefined).flatMap((quantity) =>
        beyondNotes(quantity, writtenOf(data, quantity, regime)),
      ),
  };
}

/** One change to a scenario file; without a value the key goes. */
export interface Edit {
  readonly path: readonly string[];
  readonly value?: unknown;
}

/** Sections that belong to a comparison with the paper, not to a what-if. */
const LEFT_OUT = ['fleet', 'published', 'non_production', 'pathways'];

/** What makes of a preset the scenario of a choice: one regime, one subject, and the chosen values in place. */
export function editsOf({ data, regimes, models, blends }: Preset, choice: Choice): Edit[] {
  const { regime, subject, samples, quantities } = choice;
  const one = models.includes(subject);
  const kept = one ? [subject] : models;
  const gone = [
    ...LEFT_OUT.filter((section) => section in data).map((section) => [section]),
    ...regimes.filter((name) => name !== regime).map((name) => ['regimes', name]),
    ...(one && blends.length > 0 ? [['blends']] : []),
    ...models.filter((name) => !kept.includes(name)).map((name) => ['models', name]),
  ];
  return [
    { path: ['name'], value: `explored-${data.name}` },
    { path: ['samples'], value: samples },
    ...gone.map((path) => ({ path })),
    ...QUANTITIES.flatMap((quantity) => {
      const value = quantities[quantity];
      return value === undefined ? [] : quantityEdits(data, quantity, value, regime, kept);
    }),
  ];
}

/** The scenario of a choice as plain data: what the text of `scenarioText` says. */
export function scenarioData(preset: Preset, choice: Choice): object {
  const copy = structuredClone(preset.data) as Record<string, unknown>;
  for (const { path, ...change } of editsOf(preset, choice)) {
    let section = copy;
    for (const key of path.slice(0, -1)) section = section[key] as Record<string, unknown>;
    if ('value' in change) section[path[path.length - 1]] = change.value;
    else delete section[path[path.length - 1]];
  }
  return copy;
}

function quantityEdits(
  data: PresetData,
  quantity: Quantity,
  value: number,
  regime: string,
  models: readonly string[],
): Edit[] {
  const written = writtenOf(data, quantity, regime);
  const own = middle(written);
  if (quantity === 'node_power_kw') return nodePowerEdits(data, value, value / (own ?? Number.NaN), models);
  return own === undefined
    ? []
    : [{ path: ['regimes', regime, quantity], value: withMiddle(quantity, written, value) }];
}

/** Models with a node of their own keep its ratio to the others'. */
function nodePowerEdits(data: PresetData, value: number, factor: number, models: readonly string[]): Edit[] {
  const ownNodes = models.flatMap((name) => {
    const power = data.models[name]?.node_power_kw;
    return typeof power === 'number'
      ? [{ path: ['models', name, 'node_power_kw'], value: rounded(power * factor) }]
      : [];
  });
  return [{ path: ['node_power_kw'], value }, ...ownNodes];
}

function writtenOf(data: PresetData, quantity: Quantity, regime: string): unknown {
  return data.regimes[regime]?.[quantity] ?? data[quantity] ?? undefined;
}

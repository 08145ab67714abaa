import type { Distribution } from '../distributions/index.js';
import { IMPACT_INPUT_NAMES, IMPACT_INPUTS, type ImpactInput } from '../model/impact/inputs.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { type Bounds, middleOf, movedTo } from './moved-distribution.js';
import type { NumberSection } from './replacement.js';
import { including, type Setting, type Unmoved } from './setting.js';

/** How a page shows a number of a section. */
interface Shown {
  readonly label: string;
  readonly help: string;
  readonly unit: string;
  readonly slider: Setting['slider'];
}

/** Labels and sliders of what is stated for impacts; meaning and bounds are those of the model's own table. */
const IMPACTS: Readonly<Record<ImpactInput, Pick<Shown, 'label' | 'slider'>>> = {
  grid_gco2e_per_kwh: { label: 'Grid, gCO2e/kWh', slider: { low: 0, high: 1000, log: false } },
  embodied_kgco2e_per_node: { label: 'Making a node, kgCO2e', slider: { low: 100, high: 20_000, log: true } },
  lifetime_years: { label: 'Life of a node, years', slider: { low: 1, high: 10, log: false } },
  lifetime_utilization: { label: 'Share of its life in service', slider: { low: 0.05, high: 1, log: false } },
  wue_site_l_per_kwh: { label: 'Water of the site, L/kWh', slider: { low: 0, high: 3, log: false } },
  wue_grid_l_per_kwh: { label: 'Water of the grid, L/kWh', slider: { low: 0, high: 10, log: false } },
  price_per_kwh: { label: 'Price of a kWh', slider: { low: 0, high: 1, log: false } },
  price_per_node_hour: { label: 'Price of a node’s hour', slider: { low: 0, high: 100, log: false } },
};

interface ShownNumber extends Shown {
  readonly section: NumberSection;
  readonly key: string;
  readonly bounds: Bounds;
}

/** Plain numbers that move, with the bounds that a scenario file has for them. */
const NUMBERS: readonly ShownNumber[] = [
  {
    section: 'fleet',
    key: 'queries_per_day',
    label: 'Queries a day',
    help: 'How many queries the fleet answers in a day. Its energy grows in proportion.',
    unit: 'queries/day',
    slider: { low: 1e3, high: 1e11, log: true },
    bounds: [1, 1e15],
  },
  {
    section: 'fleet',
    key: 'beta',
    label: 'Fleet factor (beta)',
    help: 'What uneven use of nodes, interconnect and orchestration add to a fleet’s energy: 1 adds nothing.',
    unit: '1',
    slider: { low: 1, high: 3, log: false },
    bounds: [1e-3, 1e3],
  },
  {
    section: 'load',
    key: 'peak_load',
    label: 'Load of the peak hour',
    help: 'How full the serving nodes are in the busiest hour. Less means more nodes and more idle power.',
    unit: '1',
    slider: { low: 0.1, high: 1, log: false },
    bounds: [0.01, 1],
  },
  {
    section: 'load',
    key: 'growth',
    label: 'Traffic over that of the profile',
    help: 'Traffic now over the traffic that the nodes were bought for.',
    unit: '1',
    slider: { low: 0.2, high: 1, log: false },
    bounds: [0.01, 1.5],
  },
  {
    section: 'power_management',
    key: 'clock',
    label: 'Clock, share of the highest',
    help: 'Clock that the accelerators are locked to. Lower saves power and takes longer.',
    unit: '1',
    slider: { low: 0.4, high: 1, log: false },
    bounds: [0.2, 1],
  },
  {
    section: 'power_management',
    key: 'cap',
    label: 'Power cap, share of the maximum',
    help: 'Power that a node is held to. Lower saves power and takes longer.',
    unit: '1',
    slider: { low: 0.5, high: 1, log: false },
    // What a node draws at any clock, at most: a scenario file is held to no less.
    bounds: [0.45, 1],
  },
];

/** Settings of what a scenario states beside its inputs: impacts, fleet, load, managed power. */
export async function sectionSettings(
  scenario: ResolvedScenario,
): Promise<{ readonly settings: readonly Setting[]; readonly unmoved: readonly Unmoved[] }> {
  const impacts = await Promise.all(IMPACT_INPUT_NAMES.map((input) => impactSetting(scenario, input)));
  const numbers = NUMBERS.flatMap((one) => numberSetting(scenario, one) ?? []);
  const found = [...numbers, ...impacts];
  return {
    settings: found.flatMap((one) => (one && 'key' in one ? [one] : [])),
    unmoved: found.flatMap((one) => (one && 'why' in one ? [one] : [])),
  };
}

async function impactSetting({ impact }: ResolvedScenario, input: ImpactInput): Promise<Setting | Unmoved | undefined> {
  const distribution: Distribution | undefined = impact?.[input];
  if (distribution === undefined) return undefined;
  const { label, slider } = IMPACTS[input];
  const own = await middleOf(distribution);
  if (own === undefined) return { label, why: 'its distribution has no one middle to move' };
  const { key, unit, about, physical } = IMPACT_INPUTS[input];
  const bounds: Bounds = [physical.low, physical.high];
  return {
    ...{ key, label, unit, bounds },
    help: about,
    slider: including(slider, own, bounds),
    own: () => own,
    replacements: (_, value) => [
      { place: { of: 'impact', input }, written: movedTo({ distribution, own, bounds }, value) },
    ],
  };
}

function numberSetting(scenario: ResolvedScenario, shown: ShownNumber): Setting | Unmoved | undefined {
  const { section, key, label, help, unit, slider, bounds } = shown;
  const stated: unknown = scenario[section];
  const own = typeof stated === 'object' && stated !== null ? Reflect.get(stated, key) : undefined;
  if (typeof own !== 'number') return undefined;
  const why = whyUnmoved(scenario, shown);
  if (why !== undefined) return { label, why };
  return {
    ...{ key: `${section}.${key}`, label, help, unit, bounds },
    slider: including(slider, own, bounds),
    own: () => own,
    replacements: (_, value) => [{ place: { of: 'number', section, key }, written: value }],
  };
}

/** Numbers that others follow from when a file is read, which no page does anew. */
function whyUnmoved({ fleet, load }: ResolvedScenario, { section, key }: ShownNumber): string | undefined {
  if (section === 'fleet' && key === 'beta' && fleet?.beta_factors) return 'is made of factors that are uncertain';
  return section === 'power_management' && load
    ? 'the power of idle nodes follows from it when a file is read'
    : undefined;
}

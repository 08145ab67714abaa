import { PHYSICAL_BOUNDS, type PhysicalBounds } from './physical-bounds.js';

/** How an input is drawn: whole token counts; weights, used as they are; factors, only ever used by their logarithm. */
export type Scale = 'tokens' | 'weight' | 'factor';

/** An input that queries draw, under the scenario's own key. */
interface InputQuantity {
  readonly unit: string;
  readonly scale: Scale;
  /** What is physically possible, in `unit`. */
  readonly bounds: readonly [low: number, high: number];
  /** Where a scenario states it: for a kind of query, or for a model; both may be said for all at the top level. */
  readonly stated: 'regime' | 'model';
  /** Its place among the Sobol dimensions, from 0; never changed once given. */
  readonly dimension: number;
  /** Where it may be left out: it is then no part of the scenario at all. */
  readonly optional?: true;
  /** Whether a draw of it may be 0: never, not always, or it is fine. */
  readonly zero: 'never' | 'not-always' | 'fine';
  /** What it is where nobody states it; without it, and unless it is optional, somebody must. */
  readonly fallback?: number;
  /** Numbers beyond which it was written in another unit, or by a slip. */
  readonly physical?: PhysicalBounds;
  /** What a scenario's author is told of it. */
  readonly about: string;
  readonly meaning: string;
  /** What a page says of it to somebody who moves it. */
  readonly help: string;
  /** How a page lets somebody move it; long ranges go by their logarithm. */
  readonly slider: { readonly label: string; readonly low: number; readonly high: number; readonly log: boolean };
  /** Its place among the others: in a plan, which deals an analysis its points; among a scenario's keys; on a page. */
  readonly place: { readonly plan: number; readonly keys: number; readonly page: number };
}

/** All inputs, in the order in which tables show them. */
export const INPUTS = {
  output_tokens: {
    unit: 'tok',
    scale: 'tokens',
    bounds: [0, Number.POSITIVE_INFINITY],
    stated: 'regime',
    dimension: 0,
    zero: 'fine',
    physical: PHYSICAL_BOUNDS.tokens,
    about:
      'Length of the answer, with its reasoning unless reasoning_tokens tells that, tokens per query; draws are rounded to whole tokens.',
    meaning: 'output tokens of the query',
    help: 'Length of the answer with its reasoning. Energy grows about in proportion to it.',
    slider: { label: 'Output tokens, median', low: 10, high: 100_000, log: true },
    place: { plan: 1, keys: 3, page: 2 },
  },
  reasoning_tokens: {
    unit: 'tok',
    scale: 'tokens',
    bounds: [0, Number.POSITIVE_INFINITY],
    stated: 'regime',
    dimension: 12,
    optional: true,
    zero: 'fine',
    physical: PHYSICAL_BOUNDS.tokens,
    about: 'Tokens that the model reasons by before it answers, beside output_tokens: both are decoded.',
    meaning: 'reasoning tokens of the query, decoded beside its output tokens',
    help: 'How long the model reasons before it answers; each token costs what one of the answer costs.',
    slider: { label: 'Reasoning tokens, median', low: 10, high: 100_000, log: true },
    place: { plan: 8, keys: 8, page: 8 },
  },
  input_tokens: {
    unit: 'tok',
    scale: 'tokens',
    bounds: [0, Number.POSITIVE_INFINITY],
    stated: 'regime',
    dimension: 7,
    zero: 'fine',
    physical: PHYSICAL_BOUNDS.tokens,
    about: 'Length of the prompt with its context, tokens per query.',
    meaning: 'input tokens of the query',
    help: 'Length of the prompt with its context. Long prompts slow the node down.',
    slider: { label: 'Input tokens', low: 10, high: 100_000, log: true },
    place: { plan: 0, keys: 2, page: 3 },
  },
  cached_input_tokens: {
    unit: 'tok',
    scale: 'tokens',
    bounds: [0, Number.POSITIVE_INFINITY],
    stated: 'regime',
    dimension: 10,
    optional: true,
    zero: 'fine',
    physical: PHYSICAL_BOUNDS.tokens,
    about:
      'Of the input tokens, those that the server has in its cache: no prefill; only request-cost throughput knows of it.',
    meaning: 'input tokens of the query whose keys and values are cached',
    help: 'The part of the prompt that the server has read before; it costs no prefill, but is still read as context.',
    slider: { label: 'Cached input tokens', low: 10, high: 100_000, log: true },
    place: { plan: 6, keys: 6, page: 6 },
  },
  concurrency: {
    unit: 'queries',
    scale: 'weight',
    bounds: [1, Number.POSITIVE_INFINITY],
    stated: 'regime',
    dimension: 11,
    optional: true,
    zero: 'never',
    physical: PHYSICAL_BOUNDS.concurrency,
    about:
      'Queries in flight on the node, which share each reading of the weights; if absent, the node is full. Only request-cost throughput knows of it.',
    meaning: 'queries in flight on the node, which share each reading of the weights',
    help: 'How many queries the node answers at once. Few of them leave each to pay more for the weights.',
    slider: { label: 'Queries in flight', low: 1, high: 4096, log: true },
    place: { plan: 7, keys: 7, page: 7 },
  },
  prefill_weight: {
    unit: '1',
    scale: 'weight',
    bounds: [0, Number.POSITIVE_INFINITY],
    stated: 'regime',
    dimension: 9,
    zero: 'fine',
    fallback: 0,
    physical: PHYSICAL_BOUNDS.prefill_weight,
    about: 'Output tokens that one input token counts as.',
    meaning: 'output tokens that one input token counts as',
    help: 'How many output tokens one token of the prompt counts as; 0 in the paper’s main analysis.',
    slider: { label: 'Prefill weight', low: 0, high: 0.2, log: false },
    place: { plan: 2, keys: 4, page: 4 },
  },
  node_power_kw: {
    unit: 'kW',
    scale: 'factor',
    bounds: [0, Number.POSITIVE_INFINITY],
    stated: 'model',
    dimension: 8,
    zero: 'never',
    physical: PHYSICAL_BOUNDS.node_power_kw,
    about: 'Maximum power of the whole node that serves the model, kW.',
    meaning: 'maximum power of the node',
    help: 'What the whole server with its eight accelerators may draw at most, before cooling.',
    slider: { label: 'Node power, kW', low: 1, high: 30, log: false },
    place: { plan: 5, keys: 5, page: 5 },
  },
  power_utilization: {
    unit: '1',
    scale: 'factor',
    bounds: [0, 1],
    stated: 'regime',
    dimension: 1,
    zero: 'not-always',
    physical: PHYSICAL_BOUNDS.power_utilization,
    about: 'Power in use / maximum power of the node: a number, a distribution, or coupled to throughput.',
    meaning: 'share of node_power_kw that is drawn',
    help: 'The share of the node’s maximum power that it draws while it serves.',
    slider: { label: 'Power utilisation', low: 0.05, high: 1, log: false },
    place: { plan: 4, keys: 0, page: 1 },
  },
  pue: {
    unit: '1',
    scale: 'factor',
    bounds: [1, Number.POSITIVE_INFINITY],
    stated: 'regime',
    dimension: 2,
    zero: 'never',
    physical: PHYSICAL_BOUNDS.pue,
    about: 'Energy of the facility / energy of its IT equipment.',
    meaning: 'power usage effectiveness of the datacentre',
    help: 'Energy of the whole building over that of its servers: 1.1 is a good new site, 1.6 an old one.',
    slider: { label: 'PUE', low: 1, high: 2.5, log: false },
    place: { plan: 3, keys: 1, page: 0 },
  },
} as const satisfies Readonly<Record<string, InputQuantity>>;

/** Name of an input. */
export type Input = keyof typeof INPUTS;

/** An input that a scenario may leave out. */
export type OptionalInput = {
  [I in Input]: (typeof INPUTS)[I] extends { readonly optional: true } ? I : never;
}[Input];

/** An input that every scenario has. */
export type RequiredInput = Exclude<Input, OptionalInput>;

/** Names of all inputs, in the order in which tables show them. */
export const INPUT_NAMES = Object.keys(INPUTS) as readonly Input[];

/** Names of the inputs that a scenario may leave out, and of all others, in table order. */
export const OPTIONAL_INPUTS = INPUT_NAMES.filter(isOptional);
export const REQUIRED_INPUTS = INPUT_NAMES.filter((name): name is RequiredInput => !isOptional(name));

/** All inputs in another order than that of tables. */
export function inputsBy(order: keyof InputQuantity['place']): Input[] {
  return [...INPUT_NAMES].sort((a, b) => INPUTS[a].place[order] - INPUTS[b].place[order]);
}

/** Inputs that a kind of query states, in table order. */
export const REGIME_INPUTS = INPUT_NAMES.filter(isOfRegime);

/** An input that a kind of query states. */
export type RegimeInput = { [I in Input]: (typeof INPUTS)[I]['stated'] extends 'regime' ? I : never }[Input];

/** Inputs that a model states, in table order. */
export const MODEL_INPUTS = INPUT_NAMES.filter((name): name is ModelInput => INPUTS[name].stated === 'model');

/** An input that a model states. */
export type ModelInput = Exclude<Input, RegimeInput>;

function isOptional(name: Input): name is OptionalInput {
  return 'optional' in INPUTS[name];
}

function isOfRegime(name: Input): name is RegimeInput {
  return INPUTS[name].stated === 'regime';
}

/** What is computed from the inputs, draw by draw, and counted. */
export const RESULTS = {
  energy: { unit: 'Wh/query', expected: true, meaning: 'energy of the query' },
  carbon: { unit: 'gCO2e/query', expected: true, meaning: 'emissions that the query causes' },
  carbon_grid: { unit: 'gCO2e/query', expected: true, meaning: 'emissions of the electricity of the query' },
  carbon_embodied: { unit: 'gCO2e/query', expected: true, meaning: 'share of the query in those of making its node' },
  water: { unit: 'mL/query', expected: true, meaning: 'water that the query consumes' },
  water_site: { unit: 'mL/query', expected: true, meaning: 'water that the site evaporates for the query' },
  water_grid: { unit: 'mL/query', expected: true, meaning: 'water consumed where its electricity is generated' },
  cost: { unit: 'currency/query', expected: true, meaning: 'cost of the query, in the currency of the scenario' },
  cost_energy: { unit: 'currency/query', expected: true, meaning: 'cost of the electricity of the query' },
  cost_node: { unit: 'currency/query', expected: true, meaning: 'cost of the hours of the node for the query' },
  energy_idle: {
    unit: 'Wh/query',
    expected: true,
    meaning: 'energy of idle nodes for each query, where it is kept apart',
  },
  node_seconds: { unit: 's/query', expected: true, meaning: 'seconds of the whole node, full, that the query takes' },
  energy_ratio: { unit: '1', expected: true, meaning: 'energy served outside production over that in production' },
  energy_per_session: { unit: 'Wh/session', expected: true, meaning: 'energy of all requests of a session' },
  energy_per_request: { unit: 'Wh/request', expected: true, meaning: 'mean energy of a session’s requests' },
  energy_per_success: {
    unit: 'Wh/success',
    expected: true,
    meaning: 'energy of a session over the share of sessions that succeed',
  },
  requests: { unit: 'requests', expected: true, meaning: 'requests of a session, repeated ones too' },
  longest_context: { unit: 'tok', expected: true, meaning: 'context of the longest request of a session' },
  session_cut: { unit: '1', expected: false, meaning: 'share of sessions cut at 4,096 turns' },
  tps: { unit: 'tok/s', expected: true, meaning: 'output tokens per second of the whole node' },
  tps_capped: { unit: '1', expected: false, meaning: 'share of draws whose throughput was capped' },
  tps_extrapolated: { unit: '1', expected: false, meaning: 'share of draws outside the range of the rows used' },
  tps_off_hull: {
    unit: '1',
    expected: false,
    meaning: 'share of draws between no rows: off the hull of their lengths',
  },
  energy_zero: { unit: '1', expected: false, meaning: 'share of draws that take no energy' },
  energy_non_finite: { unit: '1', expected: false, meaning: 'share of draws without a finite energy' },
} as const satisfies Readonly<Record<string, { unit: string; expected: boolean; meaning: string }>>;

/** Name of a result. */
export type ResultName = keyof typeof RESULTS;

/** Any quantity that a row of a table can be about: what a summary calls a metric. */
export type Metric = Input | ResultName;

/** Unit of a quantity. */
export function unitOf(metric: Metric): string {
  return metric in RESULTS ? RESULTS[metric as ResultName].unit : INPUTS[metric as Input].unit;
}

/** What a quantity is, in words. */
export function meaningOf(metric: Metric): string {
  return metric in RESULTS ? RESULTS[metric as ResultName].meaning : INPUTS[metric as Input].meaning;
}

/** Quantities that a scenario may expect something of: those with a unit of their own, results first. */
export const EXPECTED_METRICS: readonly Metric[] = [
  ...(Object.keys(RESULTS) as ResultName[]).filter((name) => RESULTS[name].expected),
  ...INPUT_NAMES,
];

/** Physical bounds of a variable, by the name of its stream; anything is possible for one that is no input. */
export function boundsOf(variable: string): readonly [low: number, high: number] {
  return isInput(variable) ? INPUTS[variable].bounds : [0, Number.POSITIVE_INFINITY];
}

/** Whether a variable's name is that of an input. */
export function isInput(variable: string): variable is Input {
  return Object.hasOwn(INPUTS, variable);
}

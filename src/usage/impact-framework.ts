import type { UsageEstimate } from './estimate-usage.js';

/** What the Impact Framework knows of a parameter. */
export type ParameterMetadata = Readonly<
  Record<
    string,
    {
      readonly description: string;
      readonly unit: string;
      readonly 'aggregation-method': { readonly time: Aggregation; readonly component: Aggregation };
    }
  >
>;

type Aggregation = 'sum' | 'avg' | 'copy' | 'none';

const SUMMED = { time: 'sum', component: 'sum' } as const;
const AVERAGED = { time: 'avg', component: 'avg' } as const;

function parameter(description: string, unit: string, method: { time: Aggregation; component: Aggregation }) {
  return { description, unit, 'aggregation-method': method };
}

/** What an observation has. */
export const INPUT_PARAMETERS: ParameterMetadata = {
  'input-tokens': parameter('input tokens of one query', 'tokens', AVERAGED),
  'output-tokens': parameter('output tokens of one query, its reasoning included', 'tokens', AVERAGED),
  requests: parameter('queries of these lengths; 1 if absent', 'requests', SUMMED),
};

/** Metrics of all queries, by the framework's names for them, in its units: kWh, g, L. */
const SUMS = [
  { name: 'energy', metric: 'energy', scale: 1e-3, unit: 'kWh', about: 'energy of the facility for the queries' },
  { name: 'carbon', metric: 'carbon', scale: 1, unit: 'gCO2eq', about: 'emissions of the queries' },
  {
    name: 'carbon-operational',
    metric: 'carbon_grid',
    scale: 1,
    unit: 'gCO2eq',
    about: 'emissions of their electricity',
  },
  {
    name: 'carbon-embodied',
    metric: 'carbon_embodied',
    scale: 1,
    unit: 'gCO2eq',
    about: 'their share in making the nodes',
  },
  { name: 'water', metric: 'water', scale: 1e-3, unit: 'L', about: 'water that the queries consume' },
  { name: 'cost', metric: 'cost', scale: 1, unit: 'currency of the scenario', about: 'cost of the queries' },
] as const;

/** What the plugin adds: sums over the queries by their means, and how much one of them may take. */
export const OUTPUT_PARAMETERS: ParameterMetadata = {
  ...Object.fromEntries(SUMS.map(({ name, about, unit }) => [name, parameter(about, unit, SUMMED)])),
  'energy-per-request': parameter('mean energy of one query', 'Wh', AVERAGED),
  'energy-per-request-p05': parameter('energy that 5 % of such queries stay below', 'Wh', AVERAGED),
  'energy-per-request-p95': parameter('energy that 95 % of such queries stay below', 'Wh', AVERAGED),
};

/** The outputs of one observation; those of which the scenario states nothing are absent. */
export function impactOutputs(estimates: readonly UsageEstimate[], requests: number): Record<string, number> {
  const of = (metric: string) => estimates.find((one) => one.metric === metric);
  const sums = SUMS.flatMap(({ name, metric, scale }) => {
    const one = of(metric) ?? (metric === 'carbon_grid' ? of('carbon') : undefined);
    return one ? [[name, one.mean * requests * scale] as const] : [];
  });
  const energy = of('energy');
  return {
    ...Object.fromEntries(sums),
    ...(energy && {
      'energy-per-request': energy.mean,
      'energy-per-request-p05': energy.p05,
      'energy-per-request-p95': energy.p95,
    }),
  };
}

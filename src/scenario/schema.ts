import { either } from './kinds/either.js';
import { defaulting, optional, required } from './kinds/field.js';
import type { Value } from './kinds/kind.js';
import { mapping } from './kinds/mapping.js';
import { integer } from './kinds/number.js';
import { oneOf } from './kinds/one-of.js';
import { text } from './kinds/text.js';
import { blends } from './sections/blends.js';
import { correlation } from './sections/correlation.js';
import { expect } from './sections/expect.js';
import { fleet } from './sections/fleet.js';
import { folderName } from './sections/folder-name.js';
import { formulas } from './sections/formulas.js';
import { hardware } from './sections/hardware.js';
import { impact } from './sections/impact.js';
import { load } from './sections/load.js';
import { nonProduction, throughput } from './sections/measurements.js';
import { models } from './sections/models.js';
import { pathways } from './sections/pathways.js';
import { pools } from './sections/pools.js';
import { powerManagement } from './sections/power-management.js';
import { published } from './sections/published.js';
import { nodeFields, queryFields, regimes, trafficFields } from './sections/query.js';
import { PRECISION, precision, QUANTILES, quantiles, SAMPLER, sampler } from './sections/sampling.js';
import { slo } from './sections/slo.js';
import { sweep } from './sections/sweep.js';
import { UNCERTAINTY, uncertainty } from './sections/uncertainty.js';

/**
 * What people write in a scenario file, said once: the checks, the type `Scenario` and the JSON Schema for editors all come
 * from here. What no single key can say (every regime needs a pue, from somewhere) is in completeness.ts.
 */
export const scenarioFields = {
  version: required(oneOf(1), 'Version of the scenario format: 1.'),
  name: required(folderName, 'Name of the scenario and of the folder with its results.'),
  description: defaulting(text({ minLength: 0, maxLength: 2000 }), '', 'What the scenario shows.'),
  seed: defaulting(
    either(text({ maxLength: 200 }), integer({})),
    'tokenjoule',
    'Text or whole number that all draws follow from; scenarios with one seed share their draws.',
  ),
  samples: defaulting(integer({ min: 1, max: 1e12 }), 1_000_000, 'Draws per model and regime.'),
  sampler: defaulting(sampler, 'pseudo', SAMPLER),
  precision: optional(precision, PRECISION),
  quantiles: optional(quantiles, QUANTILES),
  throughput: optional(throughput, 'The measurements that throughput is fitted to.'),
  hardware: optional(hardware, 'The accelerator of the nodes: what throughput without rows follows from.'),
  formulas: optional(
    formulas,
    'Formulas of energy, over the same draws; the first one is shown, and says who is in a blend. oviedo, the default, is the form of throughput.',
  ),
  ...nodeFields,
  models: optional(models, 'Models by their name in the dataset; all that it has rows for, if absent.'),
  ...queryFields,
  ...trafficFields,
  regimes: required(regimes, 'Kinds of queries by name; each may override what the top level says.'),
  correlation: optional(
    correlation,
    'Spearman rank correlations of drawn variables, e.g. output_tokens: { input_tokens: 0.6 }.',
  ),
  blends: optional(blends, 'Pools of models in equal shares, by name.'),
  pathways: optional(pathways, 'Ways to save energy by name: energy is divided by the multiplier.'),
  load: optional(load, 'How full nodes are through the day; without it they always are.'),
  pools: optional(pools, 'Prefill and decode on nodes of their own; without it a node does both.'),
  slo: optional(slo, 'Limits of the service; a plan that breaks one is flagged beside its energy.'),
  power_management: optional(
    powerManagement,
    'Clocks or caps that the nodes run under, by phase; without it they run freely.',
  ),
  impact: optional(impact, 'What queries cause beside energy, from what is stated of the site and its electricity.'),
  fleet: optional(fleet, 'Daily energy of many queries.'),
  non_production: optional(nonProduction, 'Ways to serve outside production by name, for comparison draw by draw.'),
  published: optional(published, 'Figures of others, printed beside ours.'),
  uncertainty: optional(uncertainty, UNCERTAINTY),
  expect: optional(expect, 'What the results must satisfy, by metric.statistic: else the exit status is 3.'),
  sweep: optional(sweep, 'Many runs of this scenario, each with other values of some keys: for `tokenjoule sweep`.'),
};

export const scenarioKind = mapping(scenarioFields);

/** A scenario that is right by itself, its defaults filled; names of models are still to be held against the dataset. */
export type Scenario = Value<typeof scenarioKind>;

import { loadScenario } from './scenario/load.js';
import type { ResolvedScenario } from './scenario/resolved.js';
import { type UsageEstimate, UsageEstimator } from './usage/estimate-usage.js';
import {
  INPUT_PARAMETERS,
  impactOutputs,
  OUTPUT_PARAMETERS,
  type ParameterMetadata,
} from './usage/impact-framework.js';
import type { Usage } from './usage/usage-record.js';
import { openPool } from './workers/open-pool.js';

/** What a manifest says in the plugin's `config`. */
export interface TokenjouleConfig {
  /** Path of the scenario file, from where the runner was started. */
  readonly scenario: string;
  /** Kind of query whose PUE, utilisation and the like are taken; the file's first if absent. */
  readonly regime?: string;
  /** Model of inputs that name none. */
  readonly model?: string;
  /** Draws for each pair of lengths; 4096 if absent. */
  readonly samples?: number;
}

/** One observation of a manifest. */
export type Observation = Readonly<Record<string, unknown>>;

/** A plugin as the Impact Framework runs it. */
export interface ImpactFrameworkPlugin {
  readonly metadata: { readonly inputs: ParameterMetadata; readonly outputs: ParameterMetadata };
  execute(inputs: readonly Observation[]): Promise<Observation[]>;
}

const SAMPLES = 4096;

/**
 * A plugin for the Impact Framework of the Green Software Foundation: energy, carbon, water and cost of queries to language models,
 * from their token counts. An observation has `input-tokens` and `output-tokens` of one query, and may have `model` and `requests`, how
 * many such queries there were.
 *
 * @param mapping other names for inputs and outputs, as manifests state them
 */
export function Tokenjoule(
  config: TokenjouleConfig,
  parametersMetadata?: { readonly inputs?: ParameterMetadata; readonly outputs?: ParameterMetadata },
  mapping: Readonly<Record<string, string>> = {},
): ImpactFrameworkPlugin {
  return {
    metadata: {
      inputs: { ...INPUT_PARAMETERS, ...parametersMetadata?.inputs },
      outputs: parametersMetadata?.outputs ?? OUTPUT_PARAMETERS,
    },
    async execute(inputs) {
      const estimator = await estimatorOf(config);
      const usages = inputs.map((input, i) => usageOf(input, mapping, config.model, i));
      const estimates = await estimator.estimate(usages);
      return inputs.map((input, i) => {
        const found = estimates[i] ?? unknownModel(usages[i], i);
        return { ...input, ...outputsOf(found, numberOf(input, mapping, 'requests', i, 1), mapping) };
      });
    },
  };
}

async function estimatorOf({ scenario: file, regime, samples = SAMPLES }: TokenjouleConfig): Promise<UsageEstimator> {
  if (typeof file !== 'string')
    throw new TypeError('tokenjoule: config.scenario is missing: the path of a scenario file');
  const scenario = await loadScenario(file, { samples });
  return new UsageEstimator(scenario, regimeOf(scenario, regime), await openPool(0));
}

function regimeOf({ regimes }: ResolvedScenario, name: string | undefined) {
  const regime = name === undefined ? regimes[0] : regimes.find((one) => one.name === name);
  if (regime !== undefined) return regime;
  throw new RangeError(
    `tokenjoule: config.regime is one of ${regimes.map((one) => one.name).join(', ')}; found ${name}`,
  );
}

type Mapping = Readonly<Record<string, string>>;

function usageOf(input: Observation, mapping: Mapping, model: string | undefined, i: number): Usage {
  const named = input[mapping.model ?? 'model'] ?? model;
  if (typeof named !== 'string') throw new TypeError(`tokenjoule: input ${i} names no model, and neither does config`);
  return {
    model: named,
    input_tokens: numberOf(input, mapping, 'input-tokens', i),
    output_tokens: numberOf(input, mapping, 'output-tokens', i),
  };
}

/** A number of an observation that is not below 0. @throws TypeError that says which observation has none */
function numberOf(input: Observation, mapping: Mapping, name: string, i: number, fallback?: number): number {
  const key = mapping[name] ?? name;
  const value = input[key] ?? fallback;
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  throw new TypeError(`tokenjoule: input ${i}: ${key} is a number from 0 on; found ${JSON.stringify(value)}`);
}

function unknownModel({ model }: Usage, i: number): never {
  throw new RangeError(`tokenjoule: input ${i}: the scenario has no model ${JSON.stringify(model)}`);
}

function outputsOf(estimates: readonly UsageEstimate[], requests: number, mapping: Mapping): Observation {
  const outputs = impactOutputs(estimates, requests);
  return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [mapping[name] ?? name, value]));
}

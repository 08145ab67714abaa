import type { Distribution } from '../distributions/index.js';
import { catalogueModel } from '../model/catalogue/models.js';
import { shippedNames } from '../model/catalogue/names.js';
import type { Boundary } from '../model/formulas/formula.js';
import { IMPACTS } from '../model/impact/index.js';
import { type Series, seriesOf } from '../result/series.js';
import type { ResolvedModel, ResolvedRegime, ResolvedScenario } from '../scenario/resolved.js';
import { simulateIn } from '../simulate/simulate.js';
import { statisticsOf } from '../sketch/statistics.js';
import type { Pool } from '../workers/pool.js';
import type { Usage } from './usage-record.js';

/** What a query of known lengths comes to: its spread by all that is not known of it. */
export interface UsageEstimate {
  /** energy, carbon, water, cost or a part of one. */
  readonly metric: string;
  /** Of one query, e.g. Wh. */
  readonly unit: string;
  readonly mean: number;
  readonly p05: number;
  readonly p50: number;
  readonly p95: number;
  readonly formula: string;
  readonly boundary: Boundary;
}

/** Queries that are simulated together. */
const AT_ONCE = 64;

/** Estimates usages by the models and the site of a scenario, each pair of lengths once. */
export class UsageEstimator {
  readonly #scenario: ResolvedScenario;
  readonly #regime: ResolvedRegime;
  readonly #pool: Pool;
  readonly #known = new Map<string, readonly UsageEstimate[]>();
  readonly #models = new Map<string, ResolvedModel | undefined>();

  /** @param regime its PUE, utilisation and the like are taken, and its lengths left */
  constructor(scenario: ResolvedScenario, regime: ResolvedRegime, pool: Pool) {
    this.#scenario = scenario;
    this.#regime = regime;
    this.#pool = pool;
  }

  /** The scenario's model of a name, or of an alias of it; undefined where it has none. */
  modelOf(name: string): ResolvedModel | undefined {
    if (!this.#models.has(name)) this.#models.set(name, findModel(name, this.#scenario.models));
    return this.#models.get(name);
  }

  /** What each of some usages comes to; undefined for one of a model that the scenario has not. */
  async estimate(usages: readonly Usage[], signal?: AbortSignal): Promise<(readonly UsageEstimate[] | undefined)[]> {
    const fresh = new Map(
      usages
        .filter((usage) => this.modelOf(usage.model) && !this.#known.has(keyOf(usage)))
        .map((one) => [keyOf(one), one]),
    );
    for (const { name } of this.#scenario.models) {
      const own = [...fresh.values()].filter(({ model }) => this.modelOf(model)?.name === name);
      for (let from = 0; from < own.length; from += AT_ONCE)
        await this.#simulate(own.slice(from, from + AT_ONCE), signal);
    }
    return usages.map((usage) => this.#known.get(keyOf(usage)));
  }

  /** Simulates usages of one model, each as a regime of its own. */
  async #simulate(usages: readonly Usage[], signal: AbortSignal | undefined): Promise<void> {
    const model = this.modelOf(usages[0].model);
    if (model === undefined) return;
    const { correlation: _, fleet: __, expect: ___, precision: ____, ...rest } = this.#scenario;
    const scenario: ResolvedScenario = {
      ...rest,
      ...(rest.formulas && { formulas: rest.formulas.slice(0, 1) }),
      models: [model],
      regimes: usages.map((usage, i) => regimeOf(usage, model, this.#regime, `${i}`)),
      non_production: [],
      blends: [],
      pathways: [],
    };
    const series = seriesOf(await simulateIn(this.#pool, scenario, signal ? { signal } : {}));
    usages.forEach((usage, i) => {
      const own = series.filter(({ regime, metric }) => regime === `${i}` && METRICS.has(metric));
      this.#known.set(keyOf(usage), own.map(estimateOf));
    });
  }
}

const METRICS: ReadonlySet<string> = new Set([
  'energy',
  ...IMPACTS.flatMap(({ metric, parts }) => [metric, ...parts.map((part) => part.metric)]),
]);

function estimateOf({ metric, unit, histogram, effectiveDraws, formula, boundary }: Series): UsageEstimate {
  const { mean, p05, p50, p95 } = statisticsOf(histogram, effectiveDraws(0.5));
  return { metric, unit: unit.replace('/query', ''), mean, p05, p50, p95, formula, boundary };
}

function keyOf({ model, input_tokens, output_tokens, cached_input_tokens }: Usage): string {
  return JSON.stringify([model, input_tokens, output_tokens, cached_input_tokens]);
}

/** A kind of query whose lengths are those of one. Only request-cost knows what a cached token costs. */
function regimeOf(usage: Usage, model: ResolvedModel, regime: ResolvedRegime, name: string): ResolvedRegime {
  const { cached_input_tokens: _, ...rest } = regime;
  const cached = model.throughput.method === 'request-cost' ? usage.cached_input_tokens : undefined;
  return {
    ...rest,
    name,
    input_tokens: always(usage.input_tokens),
    output_tokens: always(usage.output_tokens),
    ...(cached !== undefined && { cached_input_tokens: always(cached) }),
  };
}

function always(value: number): Distribution {
  return { family: 'constant', parameters: { value } };
}

function findModel(name: string, models: readonly ResolvedModel[]): ResolvedModel | undefined {
  const aliases = shippedNames();
  const meant = (one: string) => {
    const row = catalogueModel(one, aliases);
    return 'found' in row ? row.found.model : one.toLowerCase();
  };
  return models.find((model) => model.name === name) ?? models.find((model) => meant(model.name) === meant(name));
}

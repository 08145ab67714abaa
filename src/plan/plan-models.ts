import { ln } from '../distributions/elementary.js';
import { BASELINE } from '../model/pathway.js';
import type { Metric } from '../model/quantities.js';
import { lawOf } from '../model/throughput/throughput.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { IndicatorKind, NodeId, PlanNode } from './node.js';
import type { Plan, RowNames } from './plan.js';
import { type KeyOf, PlanBuilder } from './plan-builder.js';
import { type PlannedService, planService, tpsVariable } from './services.js';

/** First pass: every model in every regime, with the inputs behind it. @param keyOf the streams' keys, for other uses none */
export function planModels(scenario: ResolvedScenario, keyOf?: KeyOf): Plan {
  const builder = new PlanBuilder(scenario, keyOf);
  for (const regime of scenario.regimes) {
    for (const model of scenario.models) {
      const { stated, ...service } = planService(regime, model, builder);
      builder.service(service);
      measureService({ ...service, stated }, scenario, builder);
    }
  }
  for (const { name, throughput } of scenario.models) {
    if (throughput.method === 'given') builder.input({ variable: tpsVariable(name), distribution: throughput.tps });
  }
  return builder.plan(1);
}

/** The rows of one service, in table order: its results, its inputs, and the shares that a reader must know of. */
function measureService(service: PlannedService, scenario: ResolvedScenario, builder: PlanBuilder): void {
  const { regime, quantities, stated } = service;
  const measure = (metric: Metric, node: NodeId, pathway = BASELINE) =>
    builder.measure(rowOf(service, metric, pathway), builder.countNode(node));
  const isCoupled = !stated.some(({ input }) => input === 'power_utilization');
  measure('energy', quantities.energy);
  measure('tps', quantities.tps);
  if (isCoupled) measure('power_utilization', quantities.power_utilization);
  for (const { serving, ratio, energy } of nonProduction(service, scenario, builder)) {
    measure('energy', energy, serving);
    measure('energy_ratio', ratio, serving);
  }
  for (const { input, distribution } of stated) {
    measure(input, quantities[input]);
    builder.input({ regime, variable: input, distribution, of: builder.countNode(quantities[input]) });
  }
  measureShares(service, scenario, builder);
}

/** Shares of draws: each the distribution of an indicator that is 0 or 1. */
function measureShares(service: PlannedService, { models }: ResolvedScenario, builder: PlanBuilder): void {
  const { energy, input_tokens: input, output_tokens: output } = service.quantities;
  const throughput = models.find(({ name }) => name === service.model)?.throughput;
  const share = (metric: Metric, kind: IndicatorKind) => {
    const node: PlanNode =
      throughput && throughput.method !== 'given'
        ? { kind, law: lawOf(throughput), input, output }
        : { kind: 'constant', value: 0, ln: Number.NEGATIVE_INFINITY };
    builder.measure(rowOf(service, metric), builder.countNode(builder.graph.place(node)));
  };
  share('tps_capped', 'capped');
  share('tps_extrapolated', 'outside');
  const of = builder.countNode(energy);
  builder.measure(rowOf(service, 'energy_zero'), of, { share: 'zeros' });
  builder.measure(rowOf(service, 'energy_non_finite'), of, { share: 'non_finite' });
}

function rowOf({ regime, model }: PlannedService, metric: Metric, pathway = BASELINE): Omit<RowNames, 'unit'> {
  return { regime, subject_kind: 'model', subject: model, pathway, trim: 'none', metric };
}

/** A service's energy at other, constant throughputs, and its ratio to the energy in production: all other factors are the same. */
function nonProduction({ model, quantities }: PlannedService, scenario: ResolvedScenario, { graph }: PlanBuilder) {
  const product = (factors: readonly NodeId[], divisors: readonly NodeId[]) =>
    graph.place({ kind: 'product', factors, constant: 1, divisors });
  return scenario.non_production.flatMap(({ name: serving, models }) =>
    models
      .filter(({ name }) => name === model)
      .map(({ tps }) => {
        const other = graph.place({ kind: 'constant', value: tps, ln: ln(tps) });
        const ratio = product([quantities.tps], [other]);
        return { serving, ratio, energy: product([ratio, quantities.energy], []) };
      }),
  );
}

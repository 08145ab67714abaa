import { ln } from '../distributions/elementary.js';
import type { Distribution } from '../distributions/index.js';
import { BASELINE } from '../model/pathway.js';
import type { Metric } from '../model/quantities.js';
import { SESSION_RESULTS } from '../model/session/session-results.js';
import { hullOf } from '../model/throughput/hull.js';
import type { RequestCosts } from '../model/throughput/request-cost.js';
import { type CoveredTokens, lawOf, type Throughput } from '../model/throughput/throughput.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { tellImpact } from './impacts.js';
import { tellLoad } from './load.js';
import type { NodeId, PlanNode } from './node.js';
import { tellService } from './offline-to-service.js';
import type { Outcome, Plan, RowNames } from './plan.js';
import { type KeyOf, PlanBuilder } from './plan-builder.js';
import { COST_KEYS, costVariable } from './request-cost.js';
import { formulasOf, type PlannedService, planService, tpsVariable } from './services.js';

/** First pass: every model in every regime, with the inputs behind it. @param keyOf the streams' keys, for other uses none */
export function planModels(scenario: ResolvedScenario, keyOf?: KeyOf): Plan {
  const builder = new PlanBuilder(scenario, keyOf);
  const formulas = formulasOf(scenario);
  const services = scenario.regimes.flatMap((regime) =>
    scenario.models.map((model) => {
      const planned = planService(scenario, regime, model, formulas, builder);
      const { stated: _, own: __, amount: ___, decoded: ____, ...service } = planned;
      builder.service(service);
      measureService(planned, scenario, builder);
      return planned;
    }),
  );
  const others = services[0]?.outcomes.slice(1) ?? [];
  others.forEach((_, i) => {
    for (const service of services) measureOutcome(service, service.outcomes[i + 1], builder);
  });
  for (const { name, throughput } of scenario.models) {
    if (throughput.method === 'given') builder.input({ variable: tpsVariable(name), distribution: throughput.tps });
    if (throughput.method === 'request-cost' && !throughput.fit) tellCosts(name, throughput.costs, builder);
  }
  const fitted = scenario.models.flatMap(({ throughput }) => (throughput.method === 'given' ? [] : [throughput]));
  tellService(fitted, builder);
  if (scenario.load) tellLoad(scenario.load, builder);
  if (scenario.impact) tellImpact(scenario.impact, builder);
  return builder.plan(1);
}

/** Readers are told of costs that the scenario states. */
function tellCosts(model: string, costs: Readonly<Record<keyof RequestCosts, Distribution>>, builder: PlanBuilder) {
  for (const cost of Object.keys(COST_KEYS) as (keyof RequestCosts)[]) {
    builder.input({ variable: costVariable(model, cost), distribution: costs[cost] });
  }
}

/** The rows of one service, in table order: its results and, but in worlds, its inputs and the shares that a reader must know of. */
function measureService(service: PlannedService, scenario: ResolvedScenario, builder: PlanBuilder): void {
  const { regime, quantities, stated } = service;
  const measure = (metric: Metric, node: NodeId, pathway = BASELINE) =>
    builder.measure(rowOf(service, metric, pathway), builder.countNode(node));
  const isCoupled = !stated.some(({ input }) => input === 'power_utilization');
  measureOutcome(service, service.outcomes[0], builder);
  measure('tps', quantities.tps);
  for (const metric of SESSION_RESULTS) {
    const node = quantities[metric];
    if (node !== undefined) measure(metric, node);
  }
  if (isCoupled) measure('power_utilization', quantities.power_utilization);
  for (const { serving, ratio, energy } of nonProduction(service, scenario, builder)) {
    measure('energy', energy, serving);
    measure('energy_ratio', ratio, serving);
  }
  if (scenario.world) return;
  for (const { input, distribution } of stated) {
    const node = quantities[input];
    if (node === undefined) continue;
    measure(input, node);
    builder.input({ regime, variable: input, distribution, of: builder.countNode(node) });
  }
  measureShares(service, scenario, builder);
}

function measureOutcome(service: PlannedService, outcome: Outcome | undefined, builder: PlanBuilder): void {
  if (outcome === undefined) return;
  const { metric, unit, formula, boundary, node } = outcome;
  const names = { ...rowOf(service, metric), formula, boundary, ...(unit !== undefined && { unit }) };
  builder.measure(names, builder.countNode(node));
}

/** Shares of draws: each the distribution of an indicator that is 0 or 1. */
function measureShares(service: PlannedService, { models }: ResolvedScenario, builder: PlanBuilder): void {
  const { energy, longest_context } = service.quantities;
  const { decoded: output } = service;
  // Of a session the longest context is held against the rows.
  const input = longest_context ?? service.quantities.input_tokens;
  const model = models.find(({ name }) => name === service.model);
  const throughput = model?.throughput;
  const share = (metric: Metric, node: PlanNode | undefined) => {
    builder.measure(rowOf(service, metric), builder.countNode(builder.graph.place(node ?? NEVER)));
  };
  const law = throughput && 'cap_tps' in throughput ? lawOf(throughput) : undefined;
  const covered = law ?? coveredBy(throughput);
  share('tps_capped', law && { kind: 'capped', law, input, output });
  const isForetold = throughput?.method === 'request-cost' && throughput.fit?.rows_used === 0;
  share('tps_extrapolated', isForetold ? ALWAYS : covered && { kind: 'outside', law: covered, input, output });
  const hull = model?.measured && hullOf(model.measured);
  if (hull) share('tps_off_hull', { kind: 'offHull', hull, input, output });
  const of = builder.countNode(energy);
  const { formula, boundary } = service.outcomes[0];
  const names = (metric: Metric) => ({ ...rowOf(service, metric), formula, boundary });
  builder.measure(names('energy_zero'), of, { share: 'zeros' });
  builder.measure(names('energy_non_finite'), of, { share: 'non_finite' });
}

/** Indicators of what no draw is, and of what every draw is. */
const NEVER: PlanNode = { kind: 'constant', value: 0, ln: Number.NEGATIVE_INFINITY };
const ALWAYS: PlanNode = { kind: 'constant', value: 1, ln: 0 };

/** Lengths of the rows that costs were fitted to. */
function coveredBy(throughput: Throughput | undefined): CoveredTokens | undefined {
  if (throughput?.method !== 'request-cost') return undefined;
  const { input_tokens, output_tokens } = throughput.fit ?? {};
  return input_tokens && output_tokens && { input_tokens, output_tokens };
}

function rowOf(service: PlannedService, metric: Metric, pathway = BASELINE): Omit<RowNames, 'unit'> {
  const { regime, model, own } = service;
  const { name: formula, boundary } = own;
  return { regime, subject_kind: 'model', subject: model, pathway, trim: 'none', metric, formula, boundary };
}

/**
 * A service's energy by its own form at other, constant throughputs, and its ratio to the energy in production: all other
 * factors are the same. Without its own form there is none.
 */
function nonProduction(service: PlannedService, scenario: ResolvedScenario, { graph }: PlanBuilder) {
  const { model, quantities, outcomes, own, amount } = service;
  const inProduction = outcomes.find(({ metric, formula }) => metric === 'energy' && formula === own.name);
  if (inProduction === undefined) return [];
  const product = (factors: readonly NodeId[], divisors: readonly NodeId[]) =>
    graph.place({ kind: 'product', factors, constant: 1, divisors });
  return scenario.non_production.flatMap(({ name: serving, models }) =>
    models
      .filter(({ name }) => name === model)
      .map(({ tps }) => {
        const other = graph.place({ kind: 'constant', value: tps, ln: ln(tps) });
        const slower = product([quantities.tps], [other]);
        // Of nothing over nothing there is no ratio.
        const ratio = graph.place({ kind: 'conditional', of: slower, on: amount });
        return { serving, ratio, energy: product([slower, inProduction.node], []) };
      }),
  );
}

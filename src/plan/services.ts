import { mayBeZero } from '../distributions/support.js';
import type { DerivedSymbol, Formula } from '../model/formulas/formula.js';
import { FORMULAS, type FormulaName, OWN_FORM } from '../model/formulas/index.js';
import { OVIEDO } from '../model/formulas/oviedo.js';
import { REQUEST_COST } from '../model/formulas/request-cost.js';
import { energyFactors, type PhaseFactors, timeFactors } from '../model/power-management/managed-costs.js';
import { type ManagedPhases, managedPhases, UNMANAGED_PHASES } from '../model/power-management/power-management.js';
import { INPUT_NAMES, INPUTS, type Input } from '../model/quantities.js';
import type { SessionResult } from '../model/session/session-results.js';
import type { RequestCostThroughput } from '../model/throughput/request-cost-throughput.js';
import { lawOf, type Throughput } from '../model/throughput/throughput.js';
import type {
  PowerUtilization,
  ResolvedModel,
  ResolvedRegime,
  ResolvedScenario,
  ResolvedSession,
} from '../scenario/resolved.js';
import { planFormula } from './formulas.js';
import { planImpacts } from './impacts.js';
import { underLoad } from './load.js';
import type { NodeId } from './node.js';
import { serviceTps } from './offline-to-service.js';
import type { InputNodes, Service } from './plan.js';
import type { PlanBuilder } from './plan-builder.js';
import { poolFactors } from './pools.js';
import { planRequest, planRequestUtilization, planSeconds } from './request-cost.js';
import { scaled } from './scaled.js';
import { planSession, type SessionNodes, sessionQuantities } from './session.js';

/** A service and the distributions of its inputs, where it has some of their own. */
export interface PlannedService extends Service {
  readonly quantities: InputNodes & Readonly<Record<'energy' | 'tps', NodeId> & Partial<Record<SessionResult, NodeId>>>;
  readonly stated: readonly StatedInput[];
  /** Output tokens, those of reasoning among them. */
  readonly decoded: NodeId;
  /** The form of throughput that ran. */
  readonly own: Pick<Formula, 'name' | 'boundary'>;
  /** What is 0 in the draws whose energy is: ratios of energies are only formed where it is not. */
  readonly amount: NodeId;
}

interface StatedInput {
  readonly input: Input;
  readonly distribution: Exclude<PowerUtilization, Coupled>;
}

type Coupled = Extract<PowerUtilization, { coupled: unknown }>;

/** What follows from a service's inputs, and by which form of throughput. */
interface OwnForm {
  readonly form: FormulaName;
  /** What is 0 in the draws whose energy is, if none of its factors are. */
  readonly amount: NodeId;
  readonly nodes: FormNodes;
  /** Those that energy follows from in place of them: where power is managed, phases differ in power beside time. */
  readonly powered: Partial<FormNodes>;
  /** Where a query is a session of requests. */
  readonly session?: SessionNodes;
}

type FormNodes = InputNodes & Readonly<Record<'tps', NodeId> & Partial<Record<DerivedSymbol, NodeId>>>;

/** The formulas that a scenario asks for, the first one that which its readers are shown. */
export function formulasOf({ formulas }: ResolvedScenario): readonly FormulaName[] {
  return formulas ?? [OWN_FORM];
}

/** By which formula the energy of some models is that readers are shown. */
export function formulaShown(scenario: ResolvedScenario, members: readonly string[]): string {
  const [first] = formulasOf(scenario);
  const models = scenario.models.filter(({ name }) => members.includes(name));
  const names = models.map(({ throughput }) => {
    if (first !== OWN_FORM) return first;
    return throughput.method === 'request-cost' ? REQUEST_COST.name : OVIEDO.name;
  });
  return [...new Set(names)].join(' and ');
}

/** One model in one regime: its inputs, its throughput, and its energy and impacts by each formula as nodes. */
export function planService(
  scenario: ResolvedScenario,
  regime: ResolvedRegime,
  model: ResolvedModel,
  formulas: readonly FormulaName[],
  builder: PlanBuilder,
): PlannedService {
  const { impact, load, slo, pools, power_management: management } = scenario;
  const stated = statedInputs(regime, model);
  const inPlanOrder = [...stated].sort((a, b) => INPUTS[a.input].place.plan - INPUTS[b.input].place.plan);
  const drawn = Object.fromEntries(
    inPlanOrder.map(({ input, distribution }) => [
      input,
      builder.variable(variableOf(input, distribution), distribution, INPUTS[input].scale),
    ]),
  ) as unknown as InputNodes;
  const phases = management ? managedPhases(management) : UNMANAGED_PHASES;
  const decoded = decodedTokens(drawn, builder);
  const served = { regime, model: model.name, drawn: { ...drawn, output_tokens: decoded }, phases, scenario };
  const own =
    model.throughput.method === 'request-cost'
      ? requestNodes(served, model.throughput, builder)
      : rateNodes(served, model.throughput, builder);
  const formsOf = (asked: FormulaName) =>
    asked === 'request-cost' && model.request_cost ? requestNodes(served, model.request_cost, builder) : own;
  const outcomes = formulas.flatMap((asked) => {
    const made = formsOf(asked);
    const { energy, nodeSeconds } = planFormula(asked === OWN_FORM ? made.form : asked, model, made, builder);
    const full = { ...energy, asked };
    const timed = slo || pools ? [{ ...full, metric: 'node_seconds' as const, node: nodeSeconds() }] : [];
    // Pools idle each in its own way, which their energies have in them.
    const [outcome, ...apart] = load && !pools ? underLoad(load, full, nodeSeconds, builder) : [full, ...timed];
    return [outcome, ...apart, ...planImpacts(impact, outcome, { ...made.nodes, nodeSeconds }, builder)];
  });
  const { form, nodes } = own;
  const energy = outcomes[0].node;
  const ofSession = own.session && sessionQuantities(energy, own.session, regime.session?.success ?? 1, builder);
  const quantities = { ...inputsAmong(nodes), output_tokens: drawn.output_tokens, energy, ...ofSession };
  const isByTokens = !stated.some(({ input, distribution }) => isFactor(input) && mayBeZero(distribution));
  const amount = isByTokens ? own.amount : outcomes[0].node;
  return { regime: regime.name, model: model.name, quantities, outcomes, stated, decoded, own: FORMULAS[form], amount };
}

/** What a node decodes for a query: its answer, and the reasoning where that is told apart. */
function decodedTokens({ output_tokens: answer, reasoning_tokens: reasoning }: InputNodes, { graph }: PlanBuilder) {
  if (reasoning === undefined) return answer;
  const one = graph.place({ kind: 'constant', value: 1, ln: 0 });
  return graph.place({ kind: 'decoded', answer, reasoning, one });
}

/** The stream that an input is drawn by: that of the row, where several are drawn together. */
function variableOf(input: Input, distribution: StatedInput['distribution']): string {
  return (distribution.family === 'recorded' ? distribution.parameters.row_of : undefined) ?? input;
}

function isFactor(input: Input): boolean {
  return INPUTS[input].scale === 'factor';
}

/** What a query states, in table order: inputs that are left out, or follow from others, are not among them. */
function statedInputs(regime: ResolvedRegime, model: ResolvedModel): StatedInput[] {
  const written = { ...model, ...regime };
  return INPUT_NAMES.flatMap((input) => {
    const distribution = written[input];
    return distribution === undefined || 'coupled' in distribution ? [] : [{ input, distribution }];
  });
}

/** What readers are told of; the rest of what follows from the inputs is for formulas alone. */
function inputsAmong({ effective_tokens: _, node_seconds: __, ...nodes }: OwnForm['nodes']) {
  return nodes;
}

/** A model in a regime, on nodes whose power is managed or not. */
interface Served {
  readonly regime: ResolvedRegime;
  readonly model: string;
  readonly drawn: InputNodes;
  readonly phases: ManagedPhases;
  readonly scenario: Pick<ResolvedScenario, 'pools' | 'load'>;
}

/**
 * By the tokens that a node puts out in a second. Its time splits between the phases as its tokens do: an input token counts as
 * prefill_weight output tokens.
 */
function rateNodes(
  { regime, model, drawn, phases }: Served,
  throughput: Exclude<Throughput, RequestCostThroughput>,
  builder: PlanBuilder,
): OwnForm {
  const unmanaged = planTps(model, throughput, drawn, builder);
  const { power_utilization: utilization } = regime;
  const power_utilization = planUtilization(utilization, throughput, drawn.power_utilization, unmanaged, builder);
  const tokens = ({ prefill, decode }: PhaseFactors) =>
    builder.graph.place({
      kind: 'weightedSum',
      base: drawn.output_tokens,
      weight: scaled(drawn.prefill_weight, prefill / decode, builder),
      other: drawn.input_tokens,
    });
  const effective_tokens = tokens(timeFactors(phases));
  const tps = scaled(unmanaged, phases.decode.speed, builder);
  const powered = {
    effective_tokens: tokens(energyFactors(phases)),
    power_utilization: scaled(power_utilization, phases.decode.power, builder),
  };
  const nodes = { ...drawn, power_utilization, tps, effective_tokens };
  return { form: 'oviedo', amount: effective_tokens, nodes, powered };
}

/** By the node-seconds that a request, or a session of requests, costs. */
function requestNodes(
  { regime, model, drawn, phases, scenario }: Served,
  throughput: RequestCostThroughput,
  builder: PlanBuilder,
): OwnForm {
  const pooled = poolFactors(scenario, regime, throughput, timeFactors(phases));
  const { power_utilization: utilization } = regime;
  const session = hasSession(regime) ? planSession(model, throughput, regime, drawn, builder) : undefined;
  const requested = (factors: PhaseFactors) => session ?? planRequest(model, throughput, drawn, builder, factors);
  const { node_seconds, tps } = requested(both(timeFactors(phases), pooled?.time));
  const power_utilization =
    'coupled' in utilization
      ? planRequestUtilization(utilization.coupled, throughput, requested(timeFactors(UNMANAGED_PHASES)), builder)
      : drawn.power_utilization;
  const nodes = { ...drawn, power_utilization, tps, node_seconds };
  const powered =
    session ?? planSeconds(model, throughput, drawn, builder, both(energyFactors(phases), pooled?.energy));
  return {
    form: 'request-cost',
    amount: node_seconds,
    nodes,
    powered: { node_seconds: powered.node_seconds },
    ...(session && { session }),
  };
}

/** What two causes make of each phase. */
function both(one: PhaseFactors, other: PhaseFactors = { prefill: 1, decode: 1 }): PhaseFactors {
  return { prefill: one.prefill * other.prefill, decode: one.decode * other.decode };
}

function hasSession(regime: ResolvedRegime): regime is ResolvedRegime & { readonly session: ResolvedSession } {
  return regime.session !== undefined;
}

function planTps(
  model: string,
  throughput: Exclude<Throughput, RequestCostThroughput>,
  { input_tokens: input, output_tokens: output }: InputNodes,
  builder: PlanBuilder,
): NodeId {
  if (throughput.method === 'given') return builder.variable(tpsVariable(model), throughput.tps);
  const tps = builder.graph.place({ kind: 'fit', law: lawOf(throughput), input, output });
  return serviceTps(throughput, tps, builder);
}

/** Name of the stream of a throughput that a scenario states. */
export function tpsVariable(model: string): string {
  return `models.${model}.tps`;
}

function planUtilization(
  power_utilization: PowerUtilization,
  throughput: Exclude<Throughput, RequestCostThroughput>,
  drawn: NodeId,
  tps: NodeId,
  { graph }: PlanBuilder,
): NodeId {
  if (!('coupled' in power_utilization)) return drawn;
  const { base, span } = power_utilization.coupled;
  if (throughput.method !== 'given')
    return graph.place({ kind: 'coupled', base, span, max_tps: throughput.cap_tps, tps });
  // A throughput that the user states is the node's highest: it has no other to be compared with.
  const highest = graph.place({ kind: 'constant', value: 1, ln: 0 });
  return graph.place({ kind: 'coupled', base, span, max_tps: 1, tps: highest });
}

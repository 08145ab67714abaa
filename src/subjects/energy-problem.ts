import { exp, ln } from '../distributions/elementary.js';
import { hasValues } from '../kernel/layout.js';
import { drawsOf, type ReferenceModel, referenceModel } from '../kernel/reference/reference.js';
import { sessionDraws, sessionNodes } from '../kernel/session-draws.js';
import type { ResultName } from '../model/quantities.js';
import { closure } from '../plan/dependence.js';
import type { NodeId } from '../plan/node.js';
import type { Outcome, Plan, Service } from '../plan/plan.js';
import { planModels } from '../plan/plan-models.js';
import { scoreMatrix } from '../random/correlated-streams.js';
import { BLOCK_SIZE } from '../random/uniforms.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { SensitivityProblem } from '../sensitivity/problem.js';
import { isUncertain, sessionInputs, uniformsByInput } from './session-inputs.js';
import type { Subject } from './subjects.js';

/** Name of the choice of a query's model, the blend's own uncertainty. */
export const MEMBER = 'model';

/** A condition on energy whose truth is an output: 1 where energy exceeds so many Wh. */
export interface Threshold {
  readonly text: string;
  /** In the metric's unit. */
  readonly value: number;
}

/** What is asked of a query: its energy, unless a metric is named, and whether it exceeds limits. */
export interface AskedResult {
  readonly metric?: ResultName;
  readonly thresholds?: readonly Threshold[];
}

/**
 * Energy of one subject, or an impact, as a function of its uncertain inputs: outputs `energy` (Wh) and `ln_energy` (or as the metric is
 * called), then one indicator for each threshold. A blend has one more parameter, `model`: which of its members, with equal shares, answers the query.
 *
 * Parameters bear the scenario's names of variables. Where models draw one variable from several distributions by the same
 * uniform number, its values are those uniform numbers; so are those of what a session draws in its turns.
 */
export async function energyProblem(
  scenario: ResolvedScenario,
  subject: Subject,
  { metric = 'energy', thresholds = [] }: AskedResult = {},
): Promise<SensitivityProblem> {
  const plan = planOf(askedScenario(scenario, metric), subject);
  const model = await referenceModel(plan.nodes);
  drawCertain(plan, model);
  const energies = plan.services.flatMap((service) => outcomeOf(service, metric)?.node ?? []);
  const sessions = sessionInputs(plan.nodes);
  const drawn = variablesOf(plan, energies, metric);
  const variables = [...drawn, ...sessions.map(({ name }) => ({ name, nodes: [] }))];
  const ofTurns = new Map(sessions.map(({ stream }) => [stream, new Float64Array(BLOCK_SIZE)]));
  const nodesOfSessions = sessionNodes(plan.nodes, [...plan.nodes.keys()]);
  const drawSessions = await sessionDraws(nodesOfSessions, model.layout, uniformsByInput(sessions, ofTurns));
  const blend = subject.members.length > 1;
  const correlation = correlationOf(scenario, variables, blend);
  const lnEnergy = new Float64Array(BLOCK_SIZE);
  return {
    parameters: [...variables.map(({ name }) => name), ...(blend ? [MEMBER] : [])],
    outputs: [metric, `ln_${metric}`, ...thresholds.map(({ text }) => text)],
    ...(correlation && { correlation }),
    quantile: (j, uniforms, values, n) => {
      if (j < variables.length) drawVariable(plan, model, variables[j], uniforms, values, n);
      else for (let i = 0; i < n; i++) values[i] = Math.floor(uniforms[i] * energies.length);
    },
    evaluate: (values, n, [energy, ln_energy, ...indicators]) => {
      drawn.forEach((variable, j) => {
        setVariable(plan, model, variable, values[j], n);
      });
      sessions.forEach(({ stream }, j) => {
        ofTurns.get(stream)?.set(values[drawn.length + j].subarray(0, n));
      });
      for (const draw of drawSessions) draw(0, 0, n);
      model.compute(n);
      collect(model, energies, blend ? values[variables.length] : undefined, n, lnEnergy);
      ln_energy.set(lnEnergy.subarray(0, n));
      for (let i = 0; i < n; i++) energy[i] = exp(lnEnergy[i]);
      thresholds.forEach(({ value }, t) => {
        for (let i = 0; i < n; i++) indicators[t][i] = energy[i] > value ? 1 : 0;
      });
    },
  };
}

/** An uncertain variable and the nodes drawn by its uniform numbers. */
interface Variable {
  readonly name: string;
  readonly nodes: readonly NodeId[];
}

/** What an energy does not depend on is in no problem of it. */
function askedScenario(scenario: ResolvedScenario, metric: ResultName): ResolvedScenario {
  if (metric !== 'energy') return scenario;
  const { impact: _impact, ...rest } = scenario;
  return rest;
}

/** What a service comes to by the first formula; undefined where its scenario states nothing that makes it. */
export function outcomeOf({ outcomes }: Service, metric: ResultName): Outcome | undefined {
  return outcomes.find((one) => one.metric === metric);
}

/** The first pass of one subject alone. */
export function planOf(scenario: ResolvedScenario, { regime, members }: Subject): Plan {
  const models = members.map((name) => scenario.models.find((model) => model.name === name)!);
  return planModels({ ...scenario, regimes: [regime], models, non_production: [], samples: BLOCK_SIZE });
}

/**
 * Queries that are sessions draw their lengths in turns, and not once beside: those are no variables of theirs. Nor does one impact
 * depend on what another does.
 */
function variablesOf({ nodes }: Plan, results: readonly NodeId[], metric: ResultName): Variable[] {
  const isPart = metric !== 'energy' || nodes.some(({ kind }) => kind === 'session');
  const read = new Set(isPart ? closure(nodes, results) : nodes.keys());
  const uncertain = drawsOf(nodes).filter(({ id, node }) => read.has(id) && isUncertain(node.distribution));
  const names = [...new Set(uncertain.map(({ node }) => node.variable))];
  return names.map((name) => ({
    name,
    nodes: uncertain.filter(({ node }) => node.variable === name).map(({ id }) => id),
  }));
}

/** Draws variables whose distributions hold one value. */
function drawCertain({ nodes }: Plan, model: ReferenceModel): void {
  model.uniforms.fill(0.5);
  for (const { id, node } of drawsOf(nodes)) if (!isUncertain(node.distribution)) model.draw(id, BLOCK_SIZE);
}

function correlationOf(
  { correlation }: ResolvedScenario,
  variables: readonly Variable[],
  blend: boolean,
): number[][] | undefined {
  if (!correlation) return undefined;
  const scores = scoreMatrix(correlation.rank);
  const positions = [...variables.map(({ name }) => correlation.variables.indexOf(name)), ...(blend ? [-1] : [])];
  const matrix = positions.map((p, i) => positions.map((q, j) => (i === j ? 1 : p < 0 || q < 0 ? 0 : scores[p][q])));
  return matrix.some((row, i) => row.some((value, j) => i !== j && value !== 0)) ? matrix : undefined;
}

function drawVariable(
  plan: Plan,
  model: ReferenceModel,
  { nodes }: Variable,
  uniforms: Float64Array,
  values: Float64Array,
  n: number,
): void {
  const own = uniforms.subarray(0, n);
  if (nodes.length !== 1) values.set(own);
  else drawNode(plan, model, nodes[0], own, values);
}

function drawNode(
  { nodes }: Plan,
  { layout, uniforms: ofBlock, draw }: ReferenceModel,
  id: NodeId,
  uniforms: Float64Array,
  values: Float64Array,
): void {
  const n = uniforms.length;
  ofBlock.set(uniforms);
  draw(id, n);
  const lnValue = layout.ln[id];
  if (hasValues(nodes[id])) values.set(layout.value[id].subarray(0, n));
  else for (let i = 0; i < n; i++) values[i] = exp(lnValue[i]);
}

function setVariable(
  plan: Plan,
  { layout, uniforms, draw }: ReferenceModel,
  { nodes }: Variable,
  values: Float64Array,
  n: number,
): void {
  if (nodes.length > 1) {
    uniforms.set(values.subarray(0, n));
    for (const id of nodes) draw(id, n);
    return;
  }
  const [id] = nodes;
  if (hasValues(plan.nodes[id])) layout.value[id].set(values.subarray(0, n));
  const lnValue = layout.ln[id];
  for (let i = 0; i < n; i++) lnValue[i] = ln(values[i]);
}

function collect(
  { layout }: ReferenceModel,
  energies: readonly NodeId[],
  member: Float64Array | undefined,
  n: number,
  lnEnergy: Float64Array,
): void {
  if (member) for (let i = 0; i < n; i++) lnEnergy[i] = layout.ln[energies[member[i]]][i];
  else lnEnergy.set(layout.ln[energies[0]].subarray(0, n));
}

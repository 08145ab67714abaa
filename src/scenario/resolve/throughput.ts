import type { SizeAndHardware } from '../../model/catalogue/size-and-hardware.js';
import { fittedCosts } from '../../model/throughput/fitted-costs.js';
import { type Architecture, scaleFreePrior, withSteps } from '../../model/throughput/pooled-priors.js';
import type { MeasuredRow, RequestCostFit } from '../../model/throughput/request-cost-fit.js';
import type { RequestCostPrior } from '../../model/throughput/request-cost-prior.js';
import type { RequestCostThroughput } from '../../model/throughput/request-cost-throughput.js';
import { STORED_PRIORS } from '../../model/throughput/stored-priors.js';
import { fitThroughput, highestThroughput, MAXIMUM_ROWS, type Throughput } from '../../model/throughput/throughput.js';
import { constantCosts, uncertainCosts } from '../../model/throughput/uncertain-costs.js';
import type { Scenario } from '../schema.js';
import type { ThroughputForm } from '../sections/measurements.js';

/** Fewest rows that a form can be fitted to. */
export const FEWEST_ROWS: Readonly<Record<ThroughputForm, number>> = {
  'log-log': MAXIMUM_ROWS,
  'request-cost': 1,
  highest: 1,
};

/** What the tables that ship say of a model, beside its rows. */
export interface KnownModel {
  /** Of a model whose architecture is not known, the one with the wider residual. */
  readonly architecture: Architecture;
  /** Its size and the hardware of its rows; undefined where either is not known, or rows are of several. */
  readonly service: () => SizeAndHardware | undefined;
}

/** A model's throughput: as the scenario states it, else by its form fitted to the rows; undefined for too few of them. */
export function throughputOf(
  name: string,
  scenario: Scenario,
  rows: readonly MeasuredRow[],
  known: () => KnownModel,
): Throughput | undefined {
  const { models, throughput } = scenario;
  const { tps, node_seconds } = models?.[name] ?? {};
  if (tps) return { method: 'given', tps };
  if (node_seconds) return statedCosts(node_seconds);
  const form = throughput?.form ?? 'log-log';
  const fit = rows.length < FEWEST_ROWS[form] ? undefined : FITS[form](rows, scenario, known);
  const offline_to_service = throughput?.offline_to_service;
  return fit && { ...fit, ...(offline_to_service && { offline_to_service }) };
}

/** The same rows by request-cost, beside another form of throughput; undefined without rows, and where it is the form itself. */
export function requestCostBeside(
  name: string,
  scenario: Scenario,
  rows: readonly MeasuredRow[],
  known: () => KnownModel,
): RequestCostThroughput | undefined {
  const { models, ...others } = scenario;
  const { throughput, formulas } = others;
  if (!formulas?.includes('request-cost') || !throughput || throughput.form === 'request-cost') return undefined;
  if (models?.[name]?.node_seconds) return undefined;
  const fit = throughputOf(name, { ...others, throughput: { ...throughput, form: 'request-cost' } }, rows, known);
  return fit?.method === 'request-cost' ? fit : undefined;
}

/** Whether a throughput was fitted to rows; else it is stated, or foretold. */
export function isFitted(throughput: Throughput): boolean {
  return throughput.method === 'request-cost' ? (throughput.fit?.rows_used ?? 0) > 0 : throughput.method !== 'given';
}

type NodeSeconds = NonNullable<NonNullable<Scenario['models']>[string]['node_seconds']>;

function statedCosts({ per_input_token, per_output_token, per_context_token, per_step }: NodeSeconds): Throughput {
  const costs = { a: per_input_token, b: per_output_token, c: per_context_token, w: per_step };
  return { method: 'request-cost', costs };
}

type FitOfRows = Exclude<Throughput, { method: 'given' }>;

const FITS: Readonly<
  Record<
    ThroughputForm,
    (rows: readonly MeasuredRow[], scenario: Scenario, known: () => KnownModel) => FitOfRows | undefined
  >
> = {
  'log-log': fitThroughput,
  'request-cost': costsOfRows,
  highest: highestThroughput,
};

function costsOfRows(rows: readonly MeasuredRow[], scenario: Scenario, known: () => KnownModel): RequestCostThroughput {
  const { fit, told } = fittedCosts(rows, priorOf(scenario, rows, known()));
  return { method: 'request-cost', ...costsOfFit(fit, scenario), fit: told };
}

/** The weights' reading is part of the law where queries in flight are stated, of queries or of rows. */
function priorOf(
  scenario: Scenario,
  rows: readonly MeasuredRow[],
  { architecture, service }: KnownModel,
): RequestCostPrior {
  const prior = scaleFreePrior(STORED_PRIORS, architecture);
  const isStated = isConcurrencyStated(scenario) || rows.some(({ concurrency }) => concurrency !== undefined);
  return isStated ? withSteps(prior, STORED_PRIORS, service()) : prior;
}

/** Whether queries in flight are stated anywhere, so that they share what a step costs. */
export function isConcurrencyStated({ concurrency, regimes }: Scenario): boolean {
  return concurrency !== undefined || Object.values(regimes).some((regime) => regime.concurrency);
}

/** The costs of a fit, known or, where the scenario asks, as well as the fit knows them. */
export function costsOfFit(
  fit: RequestCostFit,
  { throughput }: Scenario,
): Pick<RequestCostThroughput, 'costs' | 'uncertain'> {
  return throughput?.fit_uncertainty === 'shared' ? uncertainCosts(fit) : { costs: constantCosts(fit.costs) };
}

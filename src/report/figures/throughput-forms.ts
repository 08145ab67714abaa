import { catalogueModel } from '../../model/catalogue/models.js';
import { lazyNames } from '../../model/catalogue/names.js';
import { fittedCosts } from '../../model/throughput/fitted-costs.js';
import { scaleFreePrior, withSteps } from '../../model/throughput/pooled-priors.js';
import type { MeasuredRow } from '../../model/throughput/request-cost-fit.js';
import { STORED_PRIORS } from '../../model/throughput/stored-priors.js';
import { fitThroughput, highestThroughput } from '../../model/throughput/throughput.js';
import { constantCosts } from '../../model/throughput/uncertain-costs.js';
import type { ResolvedModel } from '../../scenario/resolved.js';
import type { DrawnCosts, DrawnThroughput } from './throughput-law.js';

/** Forms as the figure names them, in its order. */
export const DRAWN_FORMS = ['by lengths alone', 'request-cost'] as const;

/** A model whose throughput was fitted to rows, under both forms. */
export interface DrawnModel {
  readonly name: string;
  readonly rows: readonly MeasuredRow[];
  /** The one that the run used. */
  readonly own: (typeof DRAWN_FORMS)[number];
  readonly laws: Readonly<Record<(typeof DRAWN_FORMS)[number], DrawnThroughput>>;
}

/** A model's rows under the form that the run used, and under the other one; undefined where it was fitted to none. */
export function drawnModel({ name, throughput, measured }: ResolvedModel): DrawnModel | undefined {
  if (throughput.method === 'given' || measured === undefined) return undefined;
  if (throughput.method !== 'request-cost') {
    const laws = { 'by lengths alone': throughput, 'request-cost': requestCostOf(name, measured) };
    return { name, rows: measured, own: 'by lengths alone', laws };
  }
  const { fit } = throughput;
  if (fit?.input_tokens === undefined || fit.output_tokens === undefined) return undefined;
  const own = { ...throughput, fit: { ...fit, input_tokens: fit.input_tokens, output_tokens: fit.output_tokens } };
  const laws = { 'by lengths alone': fitThroughput(measured) ?? highestThroughput(measured), 'request-cost': own };
  return { name, rows: measured, own: 'request-cost', laws };
}

/** As a scenario would fit it: of a model that models.csv does not know the wider residual. */
function requestCostOf(name: string, rows: readonly MeasuredRow[]): DrawnThroughput {
  const looked = catalogueModel(name, lazyNames()());
  const isDense = 'found' in looked && looked.found.architecture === 'dense';
  const prior = scaleFreePrior(STORED_PRIORS, isDense ? 'dense' : 'moe');
  const hasSteps = rows.some(({ concurrency }) => concurrency !== undefined);
  const { fit, told } = fittedCosts(rows, hasSteps ? withSteps(prior, STORED_PRIORS) : prior);
  const drawn: DrawnCosts = told;
  return { method: 'request-cost', costs: constantCosts(fit.costs), fit: drawn };
}

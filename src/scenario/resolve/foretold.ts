import { exp, ln } from '../../distributions/elementary.js';
import { significant } from '../../format.js';
import type { Aliases } from '../../model/catalogue/aliases.js';
import { type Unmeasured, unmeasuredService } from '../../model/catalogue/unmeasured.js';
import { sizePrior, withSteps } from '../../model/throughput/pooled-priors.js';
import { requestCostColumns } from '../../model/throughput/request-cost-columns.js';
import { fitRequestCost } from '../../model/throughput/request-cost-fit.js';
import type { RequestCostThroughput } from '../../model/throughput/request-cost-throughput.js';
import { STORED_PRIORS } from '../../model/throughput/stored-priors.js';
import type { Measurements } from '../dataset/measurements.js';
import type { Scenario } from '../schema.js';
import { acceleratorOf } from './accelerator.js';
import { gpusPerNode } from './gpus-per-node.js';
import { quantizationsOf } from './quantizations.js';
import { costsOfFit, isConcurrencyStated } from './throughput.js';

/** Throughput of a model without rows, and what a reader must know of it; or why it cannot be foretold. */
export type Foretold =
  | { readonly throughput: RequestCostThroughput; readonly note: string }
  | { readonly problem: string };

/** What a model's requests cost by its size and the hardware of its node, from the priors alone. */
export function foretell(name: string, scenario: Scenario, measured: Measurements, aliases: Aliases): Foretold {
  const accelerator = acceleratorOf(scenario, measured, aliases);
  if (accelerator === undefined) return { problem: NO_ACCELERATOR };
  const [precision] = quantizationsOf(scenario, name);
  const gpus = gpusPerNode(scenario);
  const unmeasured = unmeasuredService({ model: name, accelerator, precision }, gpus, aliases);
  return 'problem' in unmeasured ? unmeasured : foretoldCosts(unmeasured, gpus, scenario);
}

/** Standard deviations to either side of nine tenths of a normal distribution. */
const NINETY_PERCENT = 1.6448536269514722;

const NO_ACCELERATOR =
  'no accelerator is known to foretell its throughput for; state hardware: { accelerator: H200 SXM 141GB }, or another that tokenjoule catalogue hardware lists';

/** Throws an Error where the model does not fit its GPUs, which `unmeasuredService` has seen to. */
function foretoldCosts(
  { service, names, isMixture }: Extract<Unmeasured, { service: unknown }>,
  gpus: number,
  scenario: Scenario,
): Foretold {
  const sized = sizePrior(STORED_PRIORS, isMixture ? 'moe' : 'dense', service, gpus);
  if (sized === undefined) throw new Error(`${names.model} does not fit ${names.accelerator}`);
  const prior = isConcurrencyStated(scenario) ? withSteps(sized, STORED_PRIORS, service) : sized;
  const fit = fitRequestCost([], prior);
  const columns = requestCostColumns(fit, null);
  const offline_to_service = scenario.throughput?.offline_to_service;
  const throughput: RequestCostThroughput = {
    method: 'request-cost',
    ...costsOfFit(fit, scenario),
    ...(offline_to_service && { offline_to_service }),
    fit: { ...columns, rows_used: 0, max_tps: exp(-ln(fit.costs.b)) },
  };
  const { model, accelerator, precision } = names;
  const factor = significant(exp(NINETY_PERCENT * columns.ln_sd_b), 2);
  const from = `the size of ${model} in ${precision} and ${gpus} ${accelerator}`;
  const note = `no rows: its throughput follows from ${from}; within a factor of ${factor} in nine of ten cases`;
  return { throughput, note };
}

import { lazyNames } from '../../model/catalogue/names.js';
import type { Dataset } from '../dataset/dataset.js';
import { measurementsOf } from '../dataset/measurements.js';
import type { Complain } from '../kinds/kind.js';
import type { ResolvedDataset, ResolvedScenario } from '../resolved.js';
import type { Scenario } from '../schema.js';
import { NO_LENGTHS, type ReadRecords } from '../trace/load-records.js';
import { resolveBlends } from './blends.js';
import { resolveCorrelation } from './correlation.js';
import { checkEqualRows } from './equal-rows.js';
import { resolveExpectations } from './expectations.js';
import { withFits } from './fit-levels.js';
import { resolveFleet } from './fleet.js';
import { resolveFormulas } from './formulas.js';
import { idleCorrelations } from './idle-correlations.js';
import { resolveImpact } from './impact.js';
import { joinNames } from './join-names.js';
import { checkLengths } from './lengths.js';
import { checkCorrelatedLevels, levelsOf, worldsOf } from './levels.js';
import { resolveLoad } from './load.js';
import { managedLoad } from './managed-load.js';
import { resolveModels } from './models.js';
import { resolveNonProduction } from './non-production.js';
import { resolvePathways } from './pathways.js';
import { resolvePools } from './pools.js';
import { managementWarnings, resolvePowerManagement } from './power-management.js';
import { checkSubjects } from './published.js';
import { checkQuantization, quantizationsOf } from './quantizations.js';
import { resolveRegimes } from './regimes.js';
import { checkRequestCost } from './request-cost.js';
import { resolveSampling } from './sampling.js';
import { checkSessions } from './session.js';
import { resolveSlo } from './slo.js';
import { checkSpeculation } from './speculation.js';

/**
 * A scenario with nothing left open: models fitted to the dataset, regimes with all that the top level says for them, names
 * of models checked. Pure; complains of what does not fit together, and the result then counts for nothing.
 */
export function resolveScenario(
  stated: Scenario,
  written: Dataset | undefined,
  complain: Complain,
  { lengths, notes }: Omit<ReadRecords, 'scenario'> = { lengths: NO_LENGTHS, notes: [] },
): ResolvedScenario {
  const { plain: scenario, shared: sharedByAll } = levelsOf(stated, complain);
  const aliases = lazyNames();
  const joined = written && joinNames(written, scenario, aliases);
  const dataset = joined?.dataset;
  const measured = measurementsOf(dataset);
  checkQuantization(scenario, complain);
  const { models, names, leftOut, warnings } = resolveModels(scenario, measured, aliases, complain);
  const nonProduction = resolveNonProduction(scenario, { names, leftOut }, measured, complain);
  const blends = resolveBlends(scenario, { names, leftOut }, complain);
  checkSubjects(scenario, names, complain);
  const regimes = resolveRegimes(scenario, lengths);
  checkLengths(scenario, complain);
  const sessions = checkSessions(scenario, models, regimes, sharedByAll, complain);
  checkEqualRows(models, regimes, complain);
  const requestCost = checkRequestCost(scenario, models, regimes, complain);
  const own = scenario.correlation && resolveCorrelation(scenario, scenario.correlation, complain);
  if (scenario.correlation && own) checkCorrelatedLevels(own, sharedByAll, scenario.correlation, complain);
  const { shared, correlation } = withFits(scenario, models, { shared: sharedByAll, correlation: own }, complain);
  const idle = own ? idleCorrelations(own.variables, regimes, models) : [];
  const formulas = resolveFormulas(scenario, { models, regimes }, complain);
  const management = resolvePowerManagement(scenario, regimes, complain);
  const unmanaged = scenario.load && resolveLoad(scenario.load, complain);
  const load = unmanaged && management ? managedLoad(unmanaged, management, complain) : unmanaged;
  const drafts = checkSpeculation(scenario, models, complain);
  const pools = resolvePools(scenario, { models, regimes, load, correlation: own }, complain);
  const slo = resolveSlo(scenario, regimes, complain);
  const { impact, notes: impactNotes } = resolveImpact(scenario, load, complain);
  const expect = resolveExpectations(scenario, names, complain);
  return {
    version: scenario.version,
    name: scenario.name,
    description: scenario.description,
    seed: String(scenario.seed),
    samples: scenario.samples,
    ...resolveSampling(scenario, complain),
    ...(dataset && { dataset: resolveDataset(scenario, dataset) }),
    ...(formulas && { formulas }),
    models,
    regimes,
    ...(load && { load }),
    ...(pools && { pools }),
    ...(slo && { slo }),
    ...(management && { power_management: management }),
    ...(impact && { impact }),
    ...(correlation && { correlation }),
    non_production: nonProduction.servings,
    blends,
    pathways: resolvePathways(scenario),
    ...(scenario.fleet && { fleet: resolveFleet(scenario.fleet) }),
    ...worldsOf(scenario, shared),
    ...(scenario.published && { published: scenario.published }),
    ...(scenario.expect && { expect }),
    warnings: [
      ...(dataset?.notes ?? []),
      ...(joined?.notes ?? []),
      ...notes,
      ...warnings,
      ...requestCost,
      ...sessions,
      ...nonProduction.warnings,
      ...managementWarnings(management),
      ...drafts,
      ...idle,
      ...impactNotes,
    ],
  };
}

function resolveDataset(scenario: Scenario, { file, sha256, rows }: Dataset): ResolvedDataset {
  return { file, sha256, rows: rows.length, quantization: quantizationsOf(scenario).join(' or ') };
}

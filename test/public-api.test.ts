// The names that users import: adding one is a decision, losing one breaks them. What it cannot see: the types' details,
// which the type check of the tests that use them covers.
import * as api from 'tokenjoule';
import * as browser from 'tokenjoule/browser';
import { expect, it } from 'vitest';

const BROWSER = [
  'ESTIMATORS',
  'Histogram',
  'InputError',
  'METHODS',
  'RunError',
  'analyze',
  'compareScenarios',
  'compileDistribution',
  'copula',
  'coupledPowerUtilization',
  'distributionText',
  'effectiveTokens',
  'energyProblem',
  'energyWh',
  'fitThroughput',
  'fleetDays',
  'fleetGwhPerDay',
  'loadKernel',
  'morrisEffects',
  'parseDistribution',
  'parseTarget',
  'pawnEffects',
  'quantiles',
  'regressionEffects',
  'scenarioFromText',
  'scenarioJsonSchema',
  'scoreCorrelation',
  'seriesOf',
  'shapleyEffects',
  'shapleyValues',
  'simulateHere',
  'sobolIndices',
  'statisticsOf',
  'subjectsOf',
  'tablesOf',
  'tornado',
  'tpsAt',
];

const NODE = [
  'ATTRIBUTION',
  'COMPARE',
  'FLEET',
  'FORMAT_VERSION',
  'HISTOGRAM',
  'INPUTS',
  'SAMPLES',
  'SENSITIVITY',
  'SUMMARY',
  'TABLES',
  'THROUGHPUT',
  'UNCERTAINTY',
  'VARIANCE',
  'compareResults',
  'engineVersion',
  'estimateOf',
  'judge',
  'loadScenario',
  'loadSweep',
  'openPool',
  'ratioOf',
  'readArrow',
  'readTable',
  'runAnalysis',
  'runScenario',
  'runSweep',
  'simulate',
  'simulateSteps',
];

it('the browser’s part offers these names', () => {
  expect(Object.keys(browser).sort()).toEqual(BROWSER);
});

it('the package offers those and these', () => {
  expect(Object.keys(api).sort()).toEqual([...BROWSER, ...NODE].sort());
});

// The names that users import: adding one is a decision, losing one breaks them. What it cannot see: the types' details,
// which the type check of the tests that use them covers.
import * as api from 'tokenjoule';
import * as browser from 'tokenjoule/browser';
import { expect, it } from 'vitest';

const BROWSER = [
  'Histogram',
  'InputError',
  'RunError',
  'compileDistribution',
  'coupledPowerUtilization',
  'distributionText',
  'effectiveTokens',
  'energyWh',
  'fitThroughput',
  'fleetDays',
  'fleetGwhPerDay',
  'loadKernel',
  'parseDistribution',
  'quantiles',
  'scenarioFromText',
  'scenarioJsonSchema',
  'seriesOf',
  'simulateHere',
  'statisticsOf',
  'tablesOf',
  'tpsAt',
];

const NODE = [
  'FLEET',
  'FORMAT_VERSION',
  'HISTOGRAM',
  'INPUTS',
  'SAMPLES',
  'SUMMARY',
  'TABLES',
  'THROUGHPUT',
  'engineVersion',
  'loadScenario',
  'openPool',
  'readArrow',
  'readTable',
  'runScenario',
  'simulate',
];

it('the browser’s part offers these names', () => {
  expect(Object.keys(browser).sort()).toEqual(BROWSER);
});

it('the package offers those and these', () => {
  expect(Object.keys(api).sort()).toEqual([...BROWSER, ...NODE].sort());
});

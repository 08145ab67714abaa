// The first line of results. Cannot see who prints it.
import { expect, test } from 'vitest';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import { titleOf } from '../../src/terminal/title.js';

const TEXT = `
version: 1
name: plain
node_power_kw: 10
models: { one: { tps: 1000 } }
pue: 1.2
power_utilization: 0.5
input_tokens: 500
output_tokens: 300
regimes: { traditional: }
`;

const titleFor = async (text: string) =>
  titleOf(await scenarioFromText(text, 'plain.yaml', () => Promise.reject(new Error('no dataset'))));

test('results are headed by the name alone where the scenario does not say what it shows', async () => {
  expect(await titleFor(TEXT)).toBe('plain');
  expect(await titleFor(`${TEXT}description: one node\n`)).toBe('plain: one node');
});

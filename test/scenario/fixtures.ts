import { InputError, problemText } from '../../src/errors.js';
import type { ReadDataset } from '../../src/scenario/dataset/dataset.js';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import type { Overrides } from '../../src/scenario/overrides.js';
import type { ResolvedScenario } from '../../src/scenario/resolved.js';

/** Lines of a small scenario without mistakes; tests break it one line at a time. */
export const RIGHT = `version: 1
name: small
throughput: { dataset: data.csv }
node_power_kw: 10.2
pue: 1.2
power_utilization: 0.6
input_tokens: 500
regimes:
  traditional:
    output_tokens: 300
  long:
    output_tokens: 5000
`;

export const HEADER = 'model,quantization,input_tokens,output_tokens,node_tokens_per_second';

/** Two models with three and two rows of FP8, one with one row, one of FP16 alone. */
export const ROWS = `${HEADER}
Alpha 1.5,FP8,128,128,3000
Alpha 1.5,FP8,128,2048,4000
Alpha 1.5,FP8,2048,128,400
Beta,FP8,500,2000,5000
Beta,FP8,5000,500,700
Gamma,FP8,500,500,100
Alpha 1.5,FP16,,400,600
Delta,FP16,Variable,400,700
`;

export function datasetOf(csv: string | Uint8Array): ReadDataset {
  const bytes = typeof csv === 'string' ? new TextEncoder().encode(csv) : csv;
  return async () => ({ name: 'data.csv', bytes });
}

export function resolveText(
  text: string,
  overrides: Overrides = {},
  csv: string | Uint8Array = ROWS,
): Promise<ResolvedScenario> {
  return scenarioFromText(text, 's.yaml', datasetOf(csv), overrides);
}

/** The problems that a promise fails with, one a line as the command line prints them. */
export async function problemsOf(promise: Promise<unknown>): Promise<string[]> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(problemText);
    throw error;
  }
  return [];
}

/** `RIGHT` with one piece of text replaced, which must be there. */
export function edited(from: string, to: string): string {
  if (!RIGHT.includes(from)) throw new Error(`no ${from} in the scenario`);
  return RIGHT.replace(from, () => to);
}

import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A planner's file: own rows, impacts, a fleet, worlds, and inputs of many families. */
const TEXT = `version: 1
name: my-fleet
description: two models on own nodes
seed: 7
samples: 20000
throughput: { dataset: rows.csv }
node_power_kw: { triangular: { min: 9, mode: 10, max: 12 } }
pue: { uniform: { min: 1.1, max: 1.3 } }
power_utilization: { lognormal: { median: 0.6, p95: 0.8 }, vary: shared }
input_tokens: { empirical: { values: [200, 500, 900], weights: [1, 2, 1] } }
regimes:
  chat: { output_tokens: { lognormal: { p10: 100, p90: 900 } } }
  agent: { output_tokens: { gamma: { mean: 2000, sd: 900 } }, pue: { normal: { mean: 1.4, sd: 0.02 }, min: 1 } }
models: { Llama 3.1 405B: , Mixtral 8x22B: { node_power_kw: 8 } }
blends: { both: { models: [Llama 3.1 405B, Mixtral 8x22B] } }
uncertainty: { worlds: 20, samples: 256 }
impact:
  grid: { gco2e_per_kwh: { lognormal: { p5: 200, p95: 400 }, vary: shared } }
  water: { wue_site_l_per_kwh: 0.4 }
  cost: { currency: EUR, price_per_kwh: 0.12, node_hour: { uniform: { min: 20, max: 40 } } }
fleet:
  blend: both
  queries_per_day: 4.0e+7
  beta: 1.2
  mixes: { day: { chat: 0.8, agent: 0.2 } }
`;

/** The file, and how it gets into a folder with its rows. */
export const OWN = {
  text: TEXT,
  /** @returns the path of the file */
  async writeInto(folder: string): Promise<string> {
    await copyFile('scenarios/data/throughput-oviedo.csv', join(folder, 'rows.csv'));
    const file = join(folder, 'my-fleet.yaml');
    await writeFile(file, TEXT);
    return file;
  },
};

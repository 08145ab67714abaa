import { createHash } from 'node:crypto';
import type { ResolvedScenario } from '../../scenario/resolved.js';
import { FORMAT_VERSION } from '../../tables/schema.js';

/**
 * The address of a cell's numbers: SHA-256 of all that they follow from, i.e. the resolved scenario with its seed, samples
 * and the dataset's hash, the versions of engine and tables, and the kernel. What changes no number (name, description, the dataset's
 * path, published figures, expectations) is left out, so that editing it recomputes nothing. Needs Node.
 */
export function cellKey(scenario: ResolvedScenario, engineVersion: string, kernel: string): string {
  const { name, description, published, expect, warnings, dataset, ...numbers } = scenario;
  const sources = { engineVersion, kernel, format: FORMAT_VERSION, dataset: dataset?.sha256, ...numbers };
  return createHash('sha256').update(JSON.stringify(sources)).digest('hex');
}

/** The address of what is known of a cell's numbers: its worlds. */
export function worldsKey(key: string): string {
  return createHash('sha256').update(`${key} worlds`).digest('hex');
}

import { join } from 'node:path';
import {
  ATTRIBUTION,
  analyze,
  COMPARE,
  type Comparison,
  compareResults,
  compareScenarios,
  loadScenario,
  type MethodName,
  openPool,
  parseTarget,
  runScenario,
  SENSITIVITY,
} from '../../dist/index.js';
import { tokenjoule } from '../command-line.js';
import { DRAWS, fileTable, fromContract, inFolder, now, scenarioFile } from './compute.js';
import type { FoundTable } from './found-table.js';

/** How an analysis is asked for; what is not said is as in `ANALYSIS`. */
export interface Asked {
  readonly method: MethodName;
  readonly samples: number;
  readonly estimator?: 'saltelli2010' | 'jansen1999' | 'janon2014';
  readonly secondOrder?: boolean;
  readonly targets?: readonly string[];
}

/** Few resamples, for speed: intervals are pinned as they come out. */
const ANALYSIS = { estimator: 'saltelli2010', secondOrder: false, resamples: 20, confLevel: 0.9, targets: [] } as const;

/** The table of an analysis: with no threads in this process, else by the command line, whose threads no library call opens. */
export async function analysisTables(scenario: string, asked: Asked, workers: number): Promise<FoundTable[]> {
  const file = scenarioFile(scenario);
  if (workers > 0) return byCommand(['analyze', file, ...flagsOf(asked)], workers, scenario, ['sensitivity']);
  const resolved = await loadScenario(file);
  const targets = (asked.targets ?? []).map((text) => parseTarget(text)!);
  const rows = await analyze(resolved, { ...ANALYSIS, ...asked, targets, seed: resolved.seed });
  return [fromContract(SENSITIVITY, rows)];
}

/** @param asked draws of a run are as many as they are, and a tornado has no use for many */
function flagsOf(asked: Omit<Asked, 'samples'> & { readonly samples?: number }): string[] {
  const { method, samples, estimator, secondOrder, targets, resamples, confLevel } = { ...ANALYSIS, ...asked };
  return [
    ...['--method', method, '--estimator', estimator, '--resamples', `${resamples}`, '--conf-level', `${confLevel}`],
    ...(samples === undefined || method === 'tornado' ? [] : ['--samples', `${samples}`]),
    ...(secondOrder ? ['--second-order'] : []),
    ...targets.flatMap((target) => ['--target', target]),
  ];
}

/** The table of an analysis of a run's draws, by the command line. */
export function drawsAnalysisTables(scenario: string, method: MethodName): Promise<FoundTable[]> {
  return inFolder(async (out) => {
    const folder = await runInto(out, scenario, true);
    const args = ['analyze', join(folder, 'samples.arrow'), ...flagsOf({ method })];
    return byCommand(args, 0, scenario, ['sensitivity']);
  });
}

/** The tables of a comparison of scenarios, draw by draw; threads as for an analysis. */
export async function comparisonTables(a: string, b: string, workers: number): Promise<FoundTable[]> {
  const files = [a, b].map(scenarioFile);
  if (workers > 0) {
    const args = ['compare', ...files, '--samples', `${DRAWS.pseudo}`];
    return byCommand(args, workers, `${b}-vs-${a}`, ['compare', 'attribution']);
  }
  const [one, other] = await Promise.all(files.map((file) => loadScenario(file)));
  return ofComparison(await compareScenarios(one, other, { samples: DRAWS.pseudo }));
}

/** The tables of a comparison of two runs' results. */
export function resultsComparisonTables(a: string, b: string): Promise<FoundTable[]> {
  return inFolder(async (out) => {
    const folders = [await runInto(out, a), await runInto(out, b)] as const;
    return ofComparison(await compareResults(...folders));
  });
}

function ofComparison({ compare, attribution }: Comparison): FoundTable[] {
  return [fromContract(COMPARE, compare), fromContract(ATTRIBUTION, attribution)];
}

/** Runs a scenario in this thread; returns the folder of its tables. */
async function runInto(out: string, scenario: string, keepSamples = false): Promise<string> {
  const pool = await openPool(0, undefined, 'wasm');
  const resolved = await loadScenario(scenarioFile(scenario), { samples: DRAWS.pseudo });
  return (await runScenario(pool, resolved, { out, keepSamples, now })).folder;
}

/** @param folder where the command writes these tables, in --out */
function byCommand(
  args: readonly string[],
  workers: number,
  folder: string,
  tables: readonly string[],
): Promise<FoundTable[]> {
  return inFolder(async (out) => {
    const { status, stderr } = await tokenjoule([...args, '--workers', `${workers}`, '--quiet', '--out', out]);
    if (status !== 0) throw new Error(`tokenjoule ${args.join(' ')} ended with ${status}: ${stderr}`);
    return Promise.all(tables.map((table) => fileTable(join(out, folder), table)));
  });
}

import { listText } from '../../words.js';
import type { Measurements } from '../dataset/measurements.js';
import type { Complain } from '../kinds/kind.js';
import type { ResolvedNonProduction } from '../resolved.js';
import type { Scenario } from '../schema.js';
import { hardwareFindings } from './hardware.js';
import type { ModelNames } from './models.js';
import { unknownModel } from './unknown-model.js';

type Serving = NonNullable<Scenario['non_production']>[string];

interface NonProduction {
  readonly servings: readonly ResolvedNonProduction[];
  readonly warnings: readonly string[];
}

/**
 * Ways to serve outside production: of each model the highest throughput of its rows, whatever their lengths, per node.
 * Warns of models without rows; complains of unknown models and where no model has rows.
 */
export function resolveNonProduction(
  scenario: Scenario,
  models: ModelNames,
  measured: Measurements,
  complain: Complain,
): NonProduction {
  const { names } = models;
  const servings = Object.entries(scenario.non_production ?? {}).map(([name, serving]) => {
    const path = ['non_production', name];
    checkNodes(serving, models, (rest, message, at) => complain([...path, ...rest], message, at));
    const resolved = resolveServing(name, serving, names, measured);
    const none = `no model of the scenario has ${serving.quantization} rows in ${measured.file}`;
    if (resolved.models.length === 0) complain([...path, 'quantization'], none);
    const rows = names.map((model) => [model, measured.rowsOf(model, serving.quantization)] as const);
    const hardware = hardwareFindings(rows);
    if (hardware.complaint !== undefined) complain([...path, 'quantization'], hardware.complaint);
    const left = warningOf(resolved, names, measured.file);
    return { resolved, warnings: [...(left ? [left] : []), ...hardware.notes] };
  });
  return {
    servings: servings.map(({ resolved }) => resolved),
    warnings: servings.flatMap(({ warnings }) => warnings),
  };
}

function checkNodes({ nodes = {} }: Serving, models: ModelNames, complain: Complain): void {
  for (const name of Object.keys(nodes)) {
    const complaint = unknownModel(name, models);
    if (complaint !== undefined) complain(['nodes', name], complaint, 'key');
  }
}

function resolveServing(
  name: string,
  { quantization, nodes = {} }: Serving,
  names: readonly string[],
  measured: Measurements,
): ResolvedNonProduction {
  const served = names.flatMap((model) => {
    const tps = highestTps(model, quantization, measured);
    return tps === undefined ? [] : [{ name: model, tps: tps / (nodes[model] ?? 1) }];
  });
  return { name, quantization, models: served };
}

function highestTps(name: string, quantization: string, measured: Measurements): number | undefined {
  const rows = measured.rowsOf(name, quantization);
  return rows.length === 0 ? undefined : Math.max(...rows.map(({ tps }) => tps));
}

function warningOf(
  { name, quantization, models: served }: ResolvedNonProduction,
  names: readonly string[],
  file: string,
): string | undefined {
  const there = new Set(served.map((model) => model.name));
  const left = names.filter((model) => !there.has(model));
  return left.length === 0 ? undefined : `${name} leaves out ${listText(left)}: no ${quantization} rows in ${file}`;
}

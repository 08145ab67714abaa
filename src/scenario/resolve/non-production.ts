import type { Measurements } from '../dataset/measurements.js';
import type { Complain } from '../kinds/kind.js';
import type { ResolvedNonProduction } from '../resolved.js';
import type { Scenario } from '../schema.js';
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
  names: readonly string[],
  measured: Measurements,
  complain: Complain,
): NonProduction {
  const servings = Object.entries(scenario.non_production ?? {}).map(([name, serving]) => {
    const path = ['non_production', name];
    checkNodes(serving, scenario, names, (rest, message, at) => complain([...path, ...rest], message, at));
    const resolved = resolveServing(name, serving, names, measured);
    const none = `no model of the scenario has ${serving.quantization} rows in ${measured.file}`;
    if (resolved.models.length === 0) complain([...path, 'quantization'], none);
    return resolved;
  });
  return { servings, warnings: servings.flatMap((serving) => warningOf(serving, names) ?? []) };
}

function checkNodes({ nodes = {} }: Serving, scenario: Scenario, names: readonly string[], complain: Complain): void {
  for (const name of Object.keys(nodes)) {
    const complaint = unknownModel(name, scenario, names);
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
): string | undefined {
  const there = new Set(served.map((model) => model.name));
  const left = names.filter((model) => !there.has(model));
  return left.length === 0
    ? undefined
    : `${name} leaves out ${left.join(', ')}: no ${quantization} rows in the dataset`;
}

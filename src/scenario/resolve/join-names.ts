import type { Aliases, AliasKind } from '../../model/catalogue/aliases.js';
import { listText } from '../../words.js';
import type { Dataset, DatasetRow } from '../dataset/dataset.js';
import type { Scenario } from '../schema.js';
import { quantizationsOf } from './quantizations.js';

/** A dataset under the scenario's names, and what was joined, in words. */
export interface JoinedNames {
  readonly dataset: Dataset;
  readonly notes: readonly string[];
}

/**
 * Gives rows the names that the scenario uses: a model or a number format that stands in no row takes those that aliases.csv says
 * are the same. What stands there as written is left alone.
 */
export function joinNames(dataset: Dataset, scenario: Scenario, names: () => Aliases): JoinedNames {
  const models = renamed('model', 'model', Object.keys(scenario.models ?? {}), dataset, names);
  const precisions = renamed('quantization', 'precision', quantizationsIn(scenario), dataset, names);
  if (models.size + precisions.size === 0) return { dataset, notes: [] };
  const rows = dataset.rows.map((row) => ({
    ...row,
    model: models.get(row.model) ?? row.model,
    quantization: precisions.get(row.quantization) ?? row.quantization,
  }));
  const notes = [...notesOf(models), ...notesOf(precisions)].map((note) => `${note} in ${dataset.file}`);
  return { dataset: { ...dataset, rows }, notes };
}

function quantizationsIn(scenario: Scenario): string[] {
  const { models = {}, non_production = {} } = scenario;
  const ofModels = Object.keys(models).flatMap((name) => quantizationsOf(scenario, name));
  const ofServings = Object.values(non_production).map(({ quantization }) => quantization);
  return [...new Set([...quantizationsOf(scenario), ...ofModels, ...ofServings])];
}

/** What stands in the rows, by the wanted name that it means the same as. */
function renamed(
  column: 'model' | 'quantization',
  kind: AliasKind,
  wanted: readonly string[],
  { rows }: Dataset,
  names: () => Aliases,
): Map<string, string> {
  const there = new Set(rows.map((row: DatasetRow) => row[column]));
  const absent = wanted.filter((name) => !there.has(name));
  if (absent.length === 0) return new Map();
  const canonical = (name: string) => names().find(kind, name)?.canonical_name;
  const meant = new Map(absent.flatMap((name) => (canonical(name) ? [[canonical(name)!, name] as const] : [])));
  const free = [...there].filter((name) => !wanted.includes(name));
  return new Map(
    free.flatMap((name) => {
      const own = meant.get(canonical(name) ?? '');
      return own === undefined ? [] : [[name, own] as const];
    }),
  );
}

function notesOf(renaming: ReadonlyMap<string, string>): string[] {
  const wanted = new Set(renaming.values());
  return [...wanted].map((name) => {
    const written = [...renaming].filter(([, one]) => one === name).map(([one]) => one);
    return `${name}: stands as ${listText(written)}`;
  });
}

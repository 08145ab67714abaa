import type { Distribution } from '../distributions/index.js';
import { parseDistribution } from '../distributions/parse.js';
import { IMPACT_INPUTS, type ImpactInput } from '../model/impact/inputs.js';
import type { ModelInput, RegimeInput } from '../model/quantities.js';
import { forEachVariable } from '../plan/variables.js';
import type { ResolvedScenario } from '../scenario/resolved.js';

/** Sections of a scenario whose plain numbers can be moved. */
export type NumberSection = 'fleet' | 'load' | 'power_management';

/** Where a scenario states a number or a distribution. */
export type Place =
  | { readonly of: 'regime'; readonly name: string; readonly input: RegimeInput }
  | { readonly of: 'model'; readonly name: string; readonly input: ModelInput }
  | { readonly of: 'impact'; readonly input: ImpactInput }
  | { readonly of: 'number'; readonly section: NumberSection; readonly key: string };

/** Something else in a place, as a scenario file writes it. */
export interface Replacement {
  readonly place: Place;
  readonly written: unknown;
}

/** A resolved scenario with other values in some places: what its file would resolve to with the same replacements. Pure. */
export function altered(scenario: ResolvedScenario, replacements: readonly Replacement[]): ResolvedScenario {
  return withoutCertain(replacements.reduce(withOne, scenario));
}

/** Queries of a world share nothing that is one number wherever it stands. */
function withoutCertain({ shared, ...scenario }: ResolvedScenario): ResolvedScenario {
  if (shared === undefined) return scenario;
  const families = new Map<string, Set<string>>();
  forEachVariable(scenario, (variable, { family }) => {
    families.set(variable, (families.get(variable) ?? new Set()).add(family));
  });
  const isCertain = (variable: string) => [...(families.get(variable) ?? [''])].every((one) => one === 'constant');
  const kept = Object.entries(shared).filter(([variable]) => !isCertain(variable));
  return { ...scenario, ...(kept.length > 0 && { shared: Object.fromEntries(kept) }) };
}

function withOne(scenario: ResolvedScenario, { place, written }: Replacement): ResolvedScenario {
  switch (place.of) {
    case 'regime':
      return {
        ...scenario,
        regimes: scenario.regimes.map((regime) => withInput(regime, place.name, place.input, written)),
      };
    case 'model':
      return {
        ...scenario,
        models: scenario.models.map((model) => withInput(model, place.name, place.input, written)),
      };
    case 'impact':
      return { ...scenario, impact: { ...scenario.impact, [place.input]: distributionOf(written) } };
    case 'number':
      return { ...scenario, [place.section]: { ...scenario[place.section], [place.key]: written } };
  }
}

function withInput<T extends { readonly name: string }>(one: T, name: string, input: string, written: unknown): T {
  return one.name === name ? { ...one, [input]: distributionOf(written) } : one;
}

function distributionOf(written: unknown): Distribution {
  const distribution = parseDistribution(written, (path, message) => {
    throw new RangeError(`${path.join('.')}: ${message}`);
  });
  if (distribution === undefined) throw new RangeError('a moved distribution cannot be read');
  return distribution;
}

/** A change to a scenario file; without a value the key goes. */
export interface Edit {
  readonly path: readonly string[];
  readonly value?: unknown;
}

/** What of a scenario's file is looked at, where it stands. */
type FileData = Readonly<Record<string, unknown>>;

/**
 * The same replacements as changes to the file: each where the file states the value now.
 *
 * @param data the file as plain data
 */
export function editsOf(data: FileData, scenario: ResolvedScenario, replacements: readonly Replacement[]): Edit[] {
  const edits = replacements.flatMap(({ place, written }) => [
    { path: pathOf(place, data), value: withVary(written, scenario.shared?.[variableOf(place)]) },
    ...(place.of === 'impact' && place.input === 'grid_gco2e_per_kwh' ? gridEdits(data, scenario) : []),
  ]);
  return [...new Map(edits.map((edit) => [edit.path.join('.'), edit])).values()];
}

function pathOf(place: Place, data: FileData): string[] {
  switch (place.of) {
    case 'regime':
      return pathOfInput(['regimes', place.name, place.input], data);
    case 'model':
      return pathOfInput(['models', place.name, place.input], data);
    case 'impact':
      return IMPACT_INPUTS[place.input].key.split('.');
    case 'number':
      return [place.section, place.key];
  }
}

/** A value of one regime or model stands there, or else at the top level; where neither says it, the regime does from now on. */
function pathOfInput(path: readonly [section: string, name: string, input: string], data: FileData): string[] {
  const input = path[2];
  return valueAt(data, path) === undefined && data[input] !== undefined ? [input] : [...path];
}

function valueAt(data: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined || typeof data !== 'object' || data === null) return key === undefined ? data : undefined;
  return Object.hasOwn(data, key) ? valueAt(Reflect.get(data, key), rest) : undefined;
}

/** The name of the stream of what stands in a place. */
function variableOf(place: Place): string {
  if (place.of === 'number') return `${place.section}.${place.key}`;
  return place.of === 'impact' ? IMPACT_INPUTS[place.input].key : place.input;
}

/** What is shared by the queries of a world stays so. */
function withVary(written: unknown, share: number | undefined): unknown {
  if (share === undefined || typeof written !== 'object' || written === null) return written;
  return { ...written, vary: share === 1 ? 'shared' : { shared: share } };
}

/** A grid's own number stands in place of a region's or of hours; the water of a region's electricity then needs its own, too. */
function gridEdits(data: FileData, { impact }: ResolvedScenario): Edit[] {
  const gone = ['region', 'year', 'hourly'].map((key) => ['impact', 'grid', key]);
  const water = impact?.wue_grid_l_per_kwh;
  const isOfRegion = valueAt(data, ['impact', 'water', 'wue_grid_l_per_kwh']) === undefined;
  const ofGrid = isOfRegion && water?.family === 'constant' && valueAt(data, ['impact', 'water']) !== undefined;
  return [
    ...gone.filter((path) => valueAt(data, path) !== undefined).map((path) => ({ path })),
    ...(ofGrid ? [{ path: ['impact', 'water', 'wue_grid_l_per_kwh'], value: water.parameters.value }] : []),
  ];
}

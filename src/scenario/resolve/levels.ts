import { isMapping } from '../../distributions/written.js';
import { keyText, type Path } from '../../errors.js';
import { LINE_OF_SIGHT } from '../../model/pathway.js';
import type { Complain } from '../kinds/kind.js';
import type { Varied } from '../kinds/vary.js';
import type { ResolvedCorrelation, ResolvedScenario } from '../resolved.js';
import type { Scenario } from '../schema.js';

/** What all queries of a world share: by variable, the share of it. */
export type Shared = Readonly<Record<string, number>>;

/** A scenario's distributions without their `vary`, and what that says. */
export interface Levels {
  readonly plain: Scenario;
  readonly shared: Shared;
}

/** A distribution and where it is stated. */
interface Place {
  readonly path: Path;
  readonly variable: string;
  readonly share: number;
  readonly isCertain: boolean;
}

/** Tells apart what a scenario says of sharing. Complains of a variable that is shared here and not there. */
export function levelsOf(scenario: Scenario, complain: Complain): Levels {
  const places: Place[] = [];
  // The same keys with the same kinds of values, less one that no kind of value needs.
  const plain = withoutVary(scenario, [], places) as Scenario;
  const uncertain = places.filter(({ isCertain }) => !isCertain);
  for (const place of uncertain) complainOfTwoLevels(place, uncertain, complain);
  const isShared = uncertain.filter(({ share }) => share > 0);
  if (isShared.length > 0 && !scenario.uncertainty) complainOfNoWorlds(isShared[0], complain);
  return { plain, shared: Object.fromEntries(isShared.map(({ variable, share }) => [variable, share])) };
}

function withoutVary(value: unknown, path: Path, places: Place[]): unknown {
  if (!isMapping(value)) return value;
  if (isDistribution(value)) {
    const { vary: share = 0, ...distribution } = value;
    places.push({ path, variable: variableAt(path), share, isCertain: value.family === 'constant' });
    return distribution;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withoutVary(inner, [...path, key], places)]),
  );
}

function isDistribution(value: object): value is Varied {
  return 'family' in value && typeof value.family === 'string' && 'parameters' in value;
}

/** Name of the stream of a variable that is stated at a path. */
function variableAt(path: Path): string {
  const [section, name, ...rest] = path.map(String);
  if (name === undefined) return section;
  if (section === 'regimes') return rest.join('.');
  if (section === 'models') return rest.length === 1 && rest[0] !== 'tps' ? rest[0] : path.join('.');
  if (section === 'fleet' && name === 'line_of_sight') return `pathways.${LINE_OF_SIGHT}`;
  return path.join('.');
}

function complainOfTwoLevels({ path, variable, share }: Place, places: readonly Place[], complain: Complain): void {
  const first = places.find((other) => other.variable === variable);
  if (first === undefined || first.share === share) return;
  const [here, there] = [levelText(share), levelText(first.share)];
  const found = `${variable} is ${here} here and ${there} at ${keyText(first.path)}`;
  complain(path, `${found}; all places draw one variable, so say the same vary in each`);
}

function complainOfNoWorlds({ path, variable }: Place, complain: Complain): void {
  const remedy = 'add uncertainty: { worlds: 500, samples: 4096 }, or leave vary out';
  complain([...path, 'vary'], `shares ${variable} between queries, which only worlds tell apart; ${remedy}`);
}

function levelText(share: number): string {
  if (share === 0) return 'per-query';
  return share === 1 ? 'shared' : `shared to ${share}`;
}

/** Complains of correlations between variables that are not shared alike: a copula holds within a level. */
export function checkCorrelatedLevels(
  { variables, rank }: ResolvedCorrelation,
  shared: Shared,
  written: NonNullable<Scenario['correlation']>,
  complain: Complain,
): void {
  const share = (i: number) => shared[variables[i]] ?? 0;
  rank.forEach((row, i) => {
    row.forEach((value, j) => {
      if (i >= j || value === 0 || share(i) === share(j)) return;
      const [one, other] = [variables[i], variables[j]];
      const path = written[one]?.[other] === undefined ? [other, one] : [one, other];
      const found = `${one} is ${levelText(share(i))} and ${other} is ${levelText(share(j))}`;
      complain(
        ['correlation', ...path],
        `${found}: correlated variables must be shared alike; say the same vary for both`,
      );
    });
  });
}

/** What a resolved scenario says of worlds: nothing where it asks for none. */
export function worldsOf({ uncertainty }: Scenario, shared: Shared): Pick<ResolvedScenario, 'uncertainty' | 'shared'> {
  if (uncertainty === undefined) return {};
  return { uncertainty, ...(Object.keys(shared).length > 0 && { shared }) };
}

import { type Distribution, familyNames } from '../../distributions/index.js';
import { closedMeanOf } from '../../distributions/moments.js';
import { isMapping } from '../../distributions/written.js';
import { PHYSICAL_BOUNDS } from '../../model/physical-bounds.js';
import { either } from '../kinds/either.js';
import { optional, required } from '../kinds/field.js';
import type { Complain, Kind } from '../kinds/kind.js';
import { mapping } from '../kinds/mapping.js';
import { nameOf } from '../kinds/name-of.js';
import { type Named, named } from '../kinds/named.js';
import { number } from '../kinds/number.js';
import { aboveZero, parameter } from '../kinds/parameter.js';
import type { Varied } from '../kinds/vary.js';

const positive = number({ above: 0 });

/** How far from 1 the shares of a mix may sum: what rounding does to decimals such as 0.1. */
const SUM_TOLERANCE = 1e-9;

const mix = named(number({ min: 0, max: 1 }), { thing: 'regime', section: ['regimes'] }, checkSum);

/** A factor of beta: of a distribution a day needs its mean, worlds its draws. */
const factor: Kind<Varied> = {
  ...parameter(aboveZero, PHYSICAL_BOUNDS.multiplier),
  check(written, context) {
    const distribution = parameter(aboveZero, PHYSICAL_BOUNDS.multiplier).check(written, context);
    if (distribution === undefined) return undefined;
    const { vary = 0 } = distribution;
    if (closedMeanOf(distribution) === undefined)
      context.complain([], 'takes a number or a distribution without min and max that is no mixture');
    if (vary > 0 && vary < 1)
      context.complain(['vary'], 'takes per-query or shared: of a day, queries share all or nothing');
    return distribution;
  },
};

/** A distribution by itself, told from factors by the name of its family. */
const single: Kind<Varied> = {
  ...factor,
  fits: (written) => typeof written === 'number' || (isMapping(written) && Object.keys(written).some(isFamily)),
};

function isFamily(key: string): boolean {
  return familyNames.includes(key);
}

/** The daily energy of many queries. */
export const fleet = mapping(
  {
    blend: required(nameOf('blend', ['blends']), 'The blend that answers the queries.'),
    queries_per_day: required(positive, 'Queries per day, of all regimes together.'),
    beta: required(
      either(single, named(factor, { thing: 'factor' })),
      'Utilisation scaling factor, for what one node does not show; a number, or factors by name: their product.',
    ),
    line_of_sight: optional(
      named(parameter(aboveZero, PHYSICAL_BOUNDS.multiplier), { thing: 'regime', section: ['regimes'] }),
      'Improvement within reach at fleet scale, by regime: energy is divided by it.',
    ),
    mixes: required(named(mix, { thing: 'mix' }), 'For each mix, the shares of the queries by regime; they sum to 1.'),
  },
  checkCoverage,
);

function checkSum(shares: Named<number>, complain: Complain): void {
  const sum = Object.values(shares).reduce((total, share) => total + share, 0);
  if (Math.abs(sum - 1) > SUM_TOLERANCE) complain([], `shares must sum to 1; they sum to ${sum}`);
}

interface Coverage {
  readonly line_of_sight?: Named<Distribution>;
  readonly mixes: Named<Named<number>>;
}

function checkCoverage({ line_of_sight, mixes }: Coverage, complain: Complain): void {
  if (!line_of_sight) return;
  const used = new Set(Object.values(mixes).flatMap((shares) => Object.keys(shares)));
  const missing = [...used].filter((regime) => !Object.hasOwn(line_of_sight, regime));
  for (const regime of missing) {
    complain(
      ['line_of_sight'],
      `${regime} is missing: a mix uses it; state its multiplier, or leave line_of_sight out`,
    );
  }
}

import { defaulting } from '../kinds/field.js';
import { mapping } from '../kinds/mapping.js';
import { integer } from '../kinds/number.js';

/** Fewer say next to nothing of the ends of an interval: its P5 and P95 would be the lowest and the highest. */
const FEWEST_WORLDS = 20;

/** How well the results are known: so many draws of what all queries share. */
export const uncertainty = mapping({
  worlds: defaulting(
    integer({ min: FEWEST_WORLDS, max: 100_000 }),
    500,
    'Worlds: draws of everything that all queries share (vary: shared).',
  ),
  samples: defaulting(
    integer({ min: 1, max: 1_000_000 }),
    4096,
    'Queries per model and regime in each world; all worlds draw the same ones.',
  ),
});

export const UNCERTAINTY =
  'How well the results are known: statistics over worlds, each with its own draw of what is shared by all queries.';

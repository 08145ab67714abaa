import type { Distribution } from '../../distributions/index.js';
import { isMapping } from '../../distributions/written.js';
import { either } from './either.js';
import { required } from './field.js';
import { type Context, under, type Value } from './kind.js';
import { mapping } from './mapping.js';
import { number } from './number.js';
import { oneOf } from './one-of.js';

/** A distribution, and what share of it one draw decides for all queries of a world: 0 if absent. */
export type Varied = Distribution & { readonly vary?: number };

const level = oneOf('per-query', 'shared');

/** Who shares a draw of a variable. */
const vary = either(
  level,
  mapping({ shared: required(number({ min: 0, max: 1 }), 'Share of the variance that all queries share.') }),
);

/** The schema of `vary` beside a distribution. */
export const varySchema = {
  description: 'Who shares a draw: per-query (the default), shared by all queries of a world, or { shared: 0.8 }.',
  ...vary.schema,
};

/** A written distribution without its `vary`, and the share that this says; complains of one that cannot be. */
export function splitVary(written: unknown, context: Context): { readonly own: unknown; readonly share?: number } {
  if (!isMapping(written) || !Object.hasOwn(written, 'vary')) return { own: written };
  const { vary: stated, ...own } = written;
  const kind = typeof stated === 'string' ? level : vary;
  const value = kind.check(stated, under('vary', context));
  return { own, ...(value !== undefined && { share: shareOf(value) }) };
}

function shareOf(value: Value<typeof vary>): number {
  if (typeof value === 'object') return value.shared;
  return value === 'shared' ? 1 : 0;
}

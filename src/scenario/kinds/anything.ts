import type { Kind } from './kind.js';

/** Whatever stands there: a value that is checked where it is put to use. */
export const anything: Kind<unknown> = {
  expected: 'a value',
  fits: () => true,
  check: (written) => written,
  schema: {},
};

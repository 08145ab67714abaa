import type { Lever } from './lever.js';

/** A change that the user states, as `--set` would make it: named by its key. */
export function ownLever(key: string, value: string): Lever {
  return {
    name: key,
    about: 'as stated',
    cause: `own: ${key}`,
    basis: 'stated',
    source: '',
    propose: () => ({ settings: [{ key, value }] }),
  };
}

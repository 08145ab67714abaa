import { type Spectrum, Transforms } from './fourier.js';
import { type Lattice, latticeOf } from './lattice.js';
import type { LnLaw } from './ln-law.js';

/**
 * What laws came to on lattices, so that a factor that many products share is put on one and transformed once. Keyed by
 * the law itself: whoever keeps one law for one node of the plan pays once for that node. Held by the caller, and
 * dropped with the laws.
 */
export class Spectra {
  readonly transforms = new Transforms();
  readonly #lattices = new WeakMap<LnLaw, Map<number, Lattice>>();
  readonly #spectra = new WeakMap<Lattice, Map<number, Spectrum>>();

  /** A law on the lattice of a step. */
  latticeOf(law: LnLaw, step: number): Lattice {
    return remembered(this.#lattices, law, step, () => latticeOf(law, step));
  }

  /** The spectrum of a lattice for transforms of a length, not to be written to. */
  spectrumOf(lattice: Lattice, length: number): Spectrum {
    return remembered(this.#spectra, lattice, length, () => this.transforms.spectrumOf(lattice.masses, length));
  }
}

function remembered<K extends object, V>(known: WeakMap<K, Map<number, V>>, of: K, at: number, make: () => V): V {
  const own = known.get(of) ?? new Map<number, V>();
  known.set(of, own);
  const found = own.get(at) ?? make();
  own.set(at, found);
  return found;
}

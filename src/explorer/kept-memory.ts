/** Bins kept: five models' histograms of 130,000 bins each, as they grow (16 MB, of which only what is touched is taken). */
const KEPT_BINS = 4 * 2 ** 20;

/**
 * Memory for counts that is used again, figure after figure. Fresh memory costs a page fault every 4 kB, and a figure's
 * counts are 2 MB: where faults are dear (20 microseconds on a virtual machine) that was two thirds of a redraw.
 */
export class KeptMemory {
  readonly #bins = new Uint32Array(KEPT_BINS);
  #used = 0;

  /** Zeroed memory for so many bins; fresh where the kept is used up. */
  readonly take = (bins: number): Uint32Array => {
    const start = this.#used;
    if (start + bins > KEPT_BINS) return new Uint32Array(bins);
    this.#used += bins;
    return this.#bins.subarray(start, start + bins);
  };

  /** Frees and zeroes all of it: whoever took some must be done with it. */
  clear(): void {
    this.#bins.fill(0, 0, this.#used);
    this.#used = 0;
  }
}

import { Histogram, type HistogramData } from './histogram.js';

/** All that a range of blocks adds to a result, as plain data. */
export interface SketchesData {
  /** One for each output of the plan, in its order. */
  readonly histograms: readonly HistogramData[];
  /** Draws of each cell whose tps was capped, and whose lengths lay outside the rows of the fit. */
  readonly capped: Float64Array;
  readonly extrapolated: Float64Array;
}

/** Mergeable summaries of one plan: merging is exact and may come in any order and grouping. */
export class Sketches implements SketchesData {
  readonly histograms: readonly Histogram[];
  readonly capped: Float64Array;
  readonly extrapolated: Float64Array;

  /** @param counts what its histograms count in, see `Histogram` */
  constructor(outputs: number, cells: number, counts: () => Uint32Array | Float64Array) {
    this.histograms = Array.from({ length: outputs }, () => new Histogram(counts()));
    this.capped = new Float64Array(cells);
    this.extrapolated = new Float64Array(cells);
  }

  merge(other: SketchesData): void {
    this.histograms.forEach((histogram, i) => {
      histogram.merge(other.histograms[i]);
    });
    this.capped.forEach((_, cell) => {
      this.capped[cell] += other.capped[cell];
      this.extrapolated[cell] += other.extrapolated[cell];
    });
  }
}

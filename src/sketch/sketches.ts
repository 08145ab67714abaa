import { Histogram, type HistogramData } from './histogram.js';

/** Counts that belong to one or more outputs of the plan. */
export interface SketchPart {
  /** Positions in the plan's list of outputs. */
  readonly outputs: readonly number[];
  readonly data: HistogramData;
}

/** All that a range of blocks adds to a result, as plain data. */
export interface SketchesData {
  /** Any number for each output. */
  readonly parts: readonly SketchPart[];
  /** Draws of each cell whose tps was capped, and whose lengths lay outside the rows of the fit. */
  readonly capped: Float64Array;
  readonly extrapolated: Float64Array;
  /** Whether it lies in memory that will be used for something else once the receiver returns. */
  readonly lent?: boolean;
}

/** What the draws of one plan came to. */
export interface Counted {
  /** One for each output of the plan, in its order. */
  readonly histograms: readonly Histogram[];
  /** As in `SketchesData`. */
  readonly capped: Float64Array;
  readonly extrapolated: Float64Array;
}

/** Mergeable summaries of one plan: merging is exact and may come in any order and grouping. */
export class Sketches implements Counted {
  readonly histograms: readonly Histogram[];
  readonly capped: Float64Array;
  readonly extrapolated: Float64Array;
  /** One more, empty, of the same kind. */
  readonly another: () => Histogram;

  /** @param counts what its histograms count in; `allocate`: memory for it, if not new; see `Histogram` */
  constructor(
    outputs: number,
    cells: number,
    counts: () => Uint32Array | Float64Array,
    allocate?: (bins: number) => Uint32Array,
  ) {
    this.another = () => new Histogram(counts(), allocate);
    this.histograms = Array.from({ length: outputs }, this.another);
    this.capped = new Float64Array(cells);
    this.extrapolated = new Float64Array(cells);
  }

  merge(other: SketchesData): void {
    for (const { outputs, data } of other.parts) for (const output of outputs) this.histograms[output].merge(data);
    this.addShares(other);
  }

  /**
   * As `merge`, for data that nobody looks at afterwards: the last of a part's outputs may keep its counts, unless they are
   * lent, and add to them.
   */
  adopt(other: SketchesData): void {
    if (other.lent) return void this.merge(other);
    for (const { outputs, data } of other.parts) {
      for (const output of outputs.slice(0, -1)) this.histograms[output].merge(data);
      this.histograms[outputs[outputs.length - 1]].adopt(data);
    }
    this.addShares(other);
  }

  /** Some of the outputs and cells, in the same memory. */
  part(outputs: readonly number[], cells: readonly number[]): Counted {
    return {
      histograms: outputs.map((output) => this.histograms[output]),
      capped: Float64Array.from(cells, (cell) => this.capped[cell]),
      extrapolated: Float64Array.from(cells, (cell) => this.extrapolated[cell]),
    };
  }

  private addShares(other: SketchesData): void {
    this.capped.forEach((_, cell) => {
      this.capped[cell] += other.capped[cell];
      this.extrapolated[cell] += other.extrapolated[cell];
    });
  }

  /** What was counted, as parts; histograms that counted nothing left out. */
  toData(): SketchesData {
    const parts = this.histograms.map((histogram, output) => ({ outputs: [output], data: { ...histogram } }));
    return { parts: parts.filter(({ data }) => isFilled(data)), capped: this.capped, extrapolated: this.extrapolated };
  }
}

function isFilled({ counts, zeros, non_finite }: HistogramData): boolean {
  return counts.length > 0 || zeros > 0 || non_finite > 0;
}

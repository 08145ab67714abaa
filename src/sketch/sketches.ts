import { Histogram, type HistogramData } from './histogram.js';

/** Counts that belong to one or more of the things that a plan counts. */
export interface SketchPart {
  /** Positions in the plan's list of what it counts. */
  readonly of: readonly number[];
  readonly data: HistogramData;
}

/** All that a range of blocks adds to a result, as plain data. */
export interface SketchesData {
  /** Any number for each thing that is counted. */
  readonly parts: readonly SketchPart[];
}

/** What the draws of one plan came to. */
export interface Counts {
  /** One for each thing that the plan counts, in its order. */
  readonly histograms: readonly Histogram[];
}

/** Mergeable summaries of one plan: merging is exact and may come in any order and grouping. */
export class Sketches implements Counts {
  readonly histograms: readonly Histogram[];
  /** One more, empty, of the same kind. */
  readonly another: () => Histogram;

  /** @param counts what its histograms count in; `allocate`: memory for it, if not new; see `Histogram` */
  constructor(length: number, counts: () => Uint32Array | Float64Array, allocate?: (bins: number) => Uint32Array) {
    this.another = () => new Histogram(counts(), allocate);
    this.histograms = Array.from({ length }, this.another);
  }

  /** Adds counts, which stay whose they are. */
  merge(other: SketchesData): void {
    for (const { of, data } of other.parts) for (const place of of) this.histograms[place].merge(data);
  }

  /** As `merge`, for counts that nobody looks at afterwards: the last that a part belongs to may keep them, and add to them. */
  adopt(other: SketchesData): void {
    for (const { of, data } of other.parts) {
      for (const place of of.slice(0, -1)) this.histograms[place].merge(data);
      this.histograms[of[of.length - 1]].adopt(data);
    }
  }

  /** Some of the histograms, in the same memory. */
  part(places: readonly number[]): Counts {
    return { histograms: places.map((place) => this.histograms[place]) };
  }

  /** What was counted, as parts; histograms that counted nothing left out. */
  toData(): SketchesData {
    const parts = this.histograms.map((histogram, place) => ({ of: [place], data: { ...histogram } }));
    return { parts: parts.filter(({ data }) => isFilled(data)) };
  }
}

function isFilled({ counts, zeros, non_finite }: HistogramData): boolean {
  return counts.length > 0 || zeros > 0 || non_finite > 0;
}
